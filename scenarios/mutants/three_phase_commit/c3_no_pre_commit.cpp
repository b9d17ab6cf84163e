#include "core/three_phase_commit/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::three_phase_commit {
namespace {

/// Two-phase commit, with participants that trust to a third phase.
Plan commit_on_votes(const Transaction& transaction, NodeSet yes, NodeSet no, bool is_time_up) {
  const Plan plan = rules::after_votes(transaction, yes, no, is_time_up);
  return plan == Plan::pre_commit ? Plan::commit : plan;
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "c3-no-pre-commit",
             .about =
                 "the coordinator commits as soon as all have voted yes, and leaves the middle "
                 "phase out",
             .source = "Skeen, Nonblocking Commit Protocols: a state in which one waits may not "
                       "concur with one in which another has committed",
             .faults = "1 crash",
             .property = "atomicity",
             .cluster = "2 nodes"},
    .plant = [](Config& config) { config.rules.after_votes = &commit_on_votes; },
});

}  // namespace
}  // namespace synod::three_phase_commit
