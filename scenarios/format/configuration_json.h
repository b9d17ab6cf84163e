// Configurations as JSON: an object with a member for each field.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "scenarios/format/json_fields.h"
#include "sim/world/configuration.h"

namespace synod {

class Located;

/// Fields that are options of another protocol than the one whose options a configuration holds.
enum class ForeignFields : std::uint8_t {
  refused,
  ignored,     ///< a trace of a time when every protocol had them; a scenario for another one
  unknowable,  ///< nobody knows the protocol: any field may be one
};

/// Sets the fields of `configuration` that `fields` names; with `node_count` go the options that
/// depend on it (majorities), unless they are given too. Those of other protocols are ignored. The
/// result is not validated. Throws InputError.
void apply_fields(const nlohmann::ordered_json& fields, Configuration& configuration);
/// The same with fields from a file, which the complaint then names; and with the protocol that
/// they are for.
void read_configuration(const Located& fields, Configuration& configuration,
                        ForeignFields foreign = ForeignFields::ignored,
                        std::string_view protocol = {});

/// Of an object that may have other members, too, those that are options of the protocol.
void read_options(const Located& object, Configuration& configuration);

/// Like "1..10".
DurationRange read_range(const Located& json);

/// With the options that depend on it.
void set_node_count(Configuration& configuration, std::uint32_t node_count);

/// All that is not chosen: the defaults of that many nodes and of that protocol.
Configuration defaults_for(const Configuration& configuration);

/// All fields.
nlohmann::ordered_json to_json(const Configuration& configuration);
JsonFields all_fields(const Configuration& configuration);
/// The sizes of the cluster, and the fields that apply_fields needs besides to come to it from the
/// defaults.
JsonFields fields_to_give(const Configuration& configuration);

/// Throws InputError at the field that validate complains about.
void expect_valid(const Located& fields, const Configuration& configuration);

}  // namespace synod
