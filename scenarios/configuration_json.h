// Configurations as JSON; apply_fields and to_json stand in scenarios/trace.h.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <variant>
#include <vector>

#include "scenarios/located_json.h"
#include "sim/configuration.h"

namespace synod {

/// Sets the fields of `configuration` that `fields` names, and does not validate the whole.
void read_configuration(const Located& fields, Configuration& configuration);

/// What a scenario fixes of every configuration drawn for it, read once and not before each run.
class FixedFields {
 public:
  FixedFields() = default;
  /// As apply_fields: with `node_count` go quorums that are majorities, unless they are given too.
  explicit FixedFields(const nlohmann::ordered_json& fields);
  void apply(Configuration& configuration) const;

 private:
  using Field =
      std::variant<std::uint32_t, Duration, DurationRange, Ratio, NodeSet, CutShapes, Ending>;
  std::vector<std::optional<Field>> fields_;  ///< in the order of Configuration::fields
};

/// Throws InputError at the field that validate complains about.
void expect_valid(const Located& fields, const Configuration& configuration);

}  // namespace synod
