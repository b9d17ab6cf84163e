#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

Value propose_lowest(NodeSet promised_by, const Votes& reported, Value own) {
  Vote lowest;
  for (const NodeId acceptor : promised_by) {
    const Vote vote = reported[acceptor.index];
    if (!vote.is_none() && (lowest.is_none() || vote.ballot < lowest.ballot)) {
      lowest = vote;
    }
  }
  return lowest.is_none() ? own : lowest.value;
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-pick-lowest",
             .about = "takes over the lowest-numbered vote that is reported: the comparison is the "
                      "wrong way round",
             .source = "classic; Lamport, Paxos Made Simple, 2.2, P2c turned about",
             .faults = "none",
             .property = "agreement",
             .cluster = "3 nodes, 3 ballots"},
    .plant = [](Config& config) { config.rules.value_to_propose = &propose_lowest; },
});

}  // namespace
}  // namespace synod::paxos
