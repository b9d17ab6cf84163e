#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

bool chosen_by_value(const QuorumSystem& quorums, const Votes& heard, Vote vote) {
  NodeSet voters;
  for (const NodeId acceptor : quorums.nodes()) {
    if (heard[acceptor.index].value == vote.value) {
      voters.insert(acceptor);
    }
  }
  return quorums.is_phase2_quorum(voters);
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-learn-by-value",
             .about = "a learner adds up votes for the same value in different ballots",
             .source = "luohaha/MyPaxos, Learner.onResponse",
             .faults = "none",
             .property = "decided_implies_chosen",
             .cluster = "3 nodes, 3 ballots"},
    .plant = [](Config& config) { config.rules.is_chosen = &chosen_by_value; },
});

}  // namespace
}  // namespace synod::paxos
