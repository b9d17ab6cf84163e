#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

bool one_vote_is_enough(const QuorumSystem& /*quorums*/, const Votes& /*heard*/, Vote /*vote*/) {
  return true;
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-learn-from-one-vote",
             .about = "takes the first vote that it hears of for the decision",
             .source = "classic: accepted taken for chosen; Lamport, Paxos Made Simple, 2.3",
             .faults = "none",
             .property = "decided_implies_chosen",
             .cluster = "3 nodes, 1 ballot"},
    .plant = [](Config& config) { config.rules.is_chosen = &one_vote_is_enough; },
});

}  // namespace
}  // namespace synod::paxos
