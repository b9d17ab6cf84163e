// The rules that a correct protocol keeps, in one sentence each, with where they stand.
#pragma once

#include <string_view>

#include "scenarios/explain/explanation.h"

namespace synod {

/// The rule whose breach a violation of this property shows most directly. Every property has one,
/// with the functions that keep it, but assertions, which are the protocol's own.
Explanation::Rule rule_behind(std::string_view protocol, std::string_view property);

/// What one function of the protocol's rules.h keeps.
Explanation::Rule kept_rule(std::string_view protocol, std::string_view name);

/// What no function keeps, but the choice of quorums.
Explanation::Rule quorums_meet();

}  // namespace synod
