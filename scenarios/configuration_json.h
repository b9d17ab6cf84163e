// Configurations as JSON: an object with a member for each field.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>

#include "scenarios/json_fields.h"
#include "sim/configuration.h"

namespace synod {

class Located;

/// Sets the fields of `configuration` that `fields` names; with `node_count` go quorums that are
/// majorities, unless they are given too. The result is not validated. Throws InputError.
void apply_fields(const nlohmann::ordered_json& fields, Configuration& configuration);
/// The same with fields from a file, which the complaint then names.
void read_configuration(const Located& fields, Configuration& configuration);

/// A list of nodes like ["n2"], each once.
void read_nodes(const Located& json, NodeSet& nodes);

/// With quorums that are majorities.
void set_node_count(Configuration& configuration, std::uint32_t node_count);

/// All fields.
nlohmann::ordered_json to_json(const Configuration& configuration);
JsonFields all_fields(const Configuration& configuration);
/// The sizes of the cluster, and the fields that apply_fields needs besides to come to it from the
/// defaults.
JsonFields fields_to_give(const Configuration& configuration);

/// Throws InputError at the field that validate complains about.
void expect_valid(const Located& fields, const Configuration& configuration);

}  // namespace synod
