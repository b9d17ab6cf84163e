#include "core/two_phase_commit/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::two_phase_commit {
namespace {

Decision presume_commit(const Durable& coordinator) {
  return coordinator.is_begun ? Decision::commit : Decision::none;
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "c2-presumed-commit-wrong",
             .about = "a coordinator that restarts without a record of its decision commits",
             .source =
                 "presumed commit (Mohan and Lindsay) misused: there too, who has begun and not "
                 "decided aborts",
             .faults = "1 crash of the coordinator",
             .property = "commit_validity",
             .cluster = "1 coordinator, 1 participant"},
    .plant = [](Config& config) { config.rules.decision_after_restart = &presume_commit; },
});

}  // namespace
}  // namespace synod::two_phase_commit
