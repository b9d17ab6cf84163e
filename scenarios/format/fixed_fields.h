// What a scenario fixes of every configuration drawn for it, read once and not before each run.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "scenarios/format/json_fields.h"
#include "sim/world/configuration.h"

namespace synod {

class FixedFields {
 public:
  FixedFields() = default;
  /// Of configurations that hold these options. As apply_fields: with `node_count` go the options
  /// that depend on it, unless they are given too.
  explicit FixedFields(const nlohmann::ordered_json& fields,
                       const DeclaredOptions* options = nullptr);
  void apply(Configuration& configuration) const;

 private:
  using Field =
      std::variant<std::uint32_t, Duration, DurationRange, Ratio, NodeSet, CutShapes, Ending>;
  const DeclaredOptions* options_ = nullptr;
  std::vector<std::optional<Field>> fields_;  ///< in the order of Configuration::fields
};

}  // namespace synod
