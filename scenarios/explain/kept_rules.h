// The rules that a correct protocol keeps, in one sentence each, with where they stand.
#pragma once

#include <string_view>

#include "scenarios/explain/explanation.h"

namespace synod {

/// The rule whose breach a violation of this property shows most directly. Every property has one,
/// with the function that keeps it, but assertions, which are the protocol's own.
Explanation::Rule rule_behind(std::string_view protocol, std::string_view property);

namespace kept {
// For violations whose evidence says more than their property does.
Explanation::Rule report_votes();
Explanation::Rule propose_what_was_reported();
Explanation::Rule vote_above_promises();
Explanation::Rule keep_through_crashes();
Explanation::Rule promise_quorum_first();
Explanation::Rule quorums_meet();
}  // namespace kept

}  // namespace synod
