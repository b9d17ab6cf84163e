#include "core/three_phase_commit/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::three_phase_commit {
namespace {

/// If it dies before it can tell, those who are still waiting abort.
Plan commit_at_once(const Transaction& transaction, const Reports& reports, bool is_time_up) {
  const Plan plan = rules::after_reports(transaction, reports, is_time_up);
  return plan == Plan::pre_commit ? Plan::commit : plan;
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "c3-skip-pre-commit-in-takeover",
             .about = "takes over, finds somebody pre-committed, and commits without bringing the "
                      "others there first",
             .source = "classic; BHG 7.5, the first half of TR4 left out",
             .faults = "2 crashes",
             .property = "atomicity",
             .cluster = "3 nodes"},
    .plant = [](Config& config) { config.rules.after_reports = &commit_at_once; },
});

}  // namespace
}  // namespace synod::three_phase_commit
