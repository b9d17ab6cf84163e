#include "core/three_phase_commit/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::three_phase_commit {
namespace {

/// Who has died may have voted no, or not at all.
Plan commit_waiting(const Transaction& transaction, const Reports& reports, bool is_time_up) {
  const Plan plan = rules::after_reports(transaction, reports, is_time_up);
  return plan == Plan::abort && !reports.has(State::aborted) ? Plan::commit : plan;
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "c3-takeover-commits-waiting",
             .about = "takes over and commits though nobody is pre-committed: all whom it reached "
                      "voted yes",
             .source = "classic; BHG 7.5, TR3 turned round",
             .faults = "2 crashes",
             .property = "commit_validity",
             .cluster = "3 nodes"},
    .plant = [](Config& config) { config.rules.after_reports = &commit_waiting; },
});

}  // namespace
}  // namespace synod::three_phase_commit
