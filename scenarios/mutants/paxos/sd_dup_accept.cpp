#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

/// What comes again from the same acceptor is booked on one that has not been heard.
void count_copies(Votes& heard, NodeId from, Vote vote) {
  NodeId counted = from;
  for (std::uint8_t i = 0; i < node_count_max && heard[counted.index] == vote; ++i) {
    counted = {i};
  }
  rules::count_vote(heard, counted, vote);
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-dup-accept",
             .about = "counts votes, not acceptors: one that is heard twice counts twice",
             .source = "jjzhang/booth#47: \"number of vote exceeds the total of acceptor\"",
             .faults = "1 duplicate, or a repeated Accept",
             .property = "decided_implies_chosen",
             .cluster = "3 nodes, 1 ballot"},
    .plant = [](Config& config) { config.rules.count_vote = &count_copies; },
});

}  // namespace
}  // namespace synod::paxos
