#include "core/three_phase_commit/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::three_phase_commit {
namespace {

Plan abort_pre_committed(const Transaction& transaction, const Reports& reports, bool is_time_up) {
  const Plan plan = rules::after_reports(transaction, reports, is_time_up);
  return plan == Plan::pre_commit ? Plan::abort : plan;
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "c3-takeover-aborts-pre-committed",
             .about = "takes over and aborts though somebody is pre-committed: the coordinator may "
                      "have committed",
             .source = "classic; BHG 7.5, TR4 left out",
             .faults = "1 crash",
             .property = "atomicity",
             .cluster = "2 nodes"},
    .plant = [](Config& config) { config.rules.after_reports = &abort_pre_committed; },
});

}  // namespace
}  // namespace synod::three_phase_commit
