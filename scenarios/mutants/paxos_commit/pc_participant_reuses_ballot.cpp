#include "core/paxos_commit/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos_commit {
namespace {

/// The lowest of one's own above all that one has seen is well enough for Paxos.
Ballot lowest_of_own(const paxos::Rules& paxos, Ballot highest_seen, NodeId self) {
  return highest_seen < rules::first_ballot(self)
             ? rules::first_ballot(self)
             : rules::take_over_ballot(paxos, highest_seen, self);
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "pc-participant-reuses-ballot",
             .about = "a participant that comes to lead begins with the ballot in which it votes",
             .source = "Gray and Lamport, A.3: ballot 0 is the participant's, \"ballot numbers "
                       "partitioned among potential leaders\"",
             .faults = "a late or lost message",
             .property = "atomicity",
             .cluster = "3 nodes"},
    .plant = [](Config& config) { config.rules.take_over_ballot = &lowest_of_own; },
});

}  // namespace
}  // namespace synod::paxos_commit
