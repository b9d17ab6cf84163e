#include "core/three_phase_commit/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::three_phase_commit {
namespace {

/// Its decision may be on disk before any PreCommit has left.
Plan commit_unacknowledged(const Transaction& /*transaction*/, NodeId /*self*/, NodeSet /*acked*/,
                           bool /*is_time_up*/) {
  return Plan::commit;
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "c3-commit-without-waiting-for-acks",
             .about = "commits as soon as it has sent PreCommit, and waits for no acknowledgement",
             .source = "classic; BHG 7.5, step 5 left out",
             .faults = "1 crash",
             .property = "atomicity",
             .cluster = "2 nodes"},
    .plant = [](Config& config) { config.rules.after_acks = &commit_unacknowledged; },
});

}  // namespace
}  // namespace synod::three_phase_commit
