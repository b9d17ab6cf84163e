#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

std::size_t count(NodeSet promised_by, const Votes& reported, Value value) {
  std::size_t count = 0;
  for (const NodeId acceptor : promised_by) {
    count += reported[acceptor.index].value == value ? 1U : 0U;
  }
  return count;
}

Value propose_most_frequent(NodeSet promised_by, const Votes& reported, Value own) {
  Vote best;
  for (const NodeId acceptor : promised_by) {
    const Vote vote = reported[acceptor.index];
    if (!vote.is_none() && (best.is_none() || count(promised_by, reported, vote.value) >
                                                  count(promised_by, reported, best.value))) {
      best = vote;
    }
  }
  return best.is_none() ? own : best.value;
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-pick-most-frequent",
             .about = "takes over the value that most of its promises report, whatever their "
                      "ballots",
             .source = "classic; Lamport, Paxos Made Simple, 2.2, P2c by number of votes",
             .faults = "none",
             .property = "agreement",
             .cluster = "5 nodes, 3 ballots"},
    .plant = [](Config& config) { config.rules.value_to_propose = &propose_most_frequent; },
});

}  // namespace
}  // namespace synod::paxos
