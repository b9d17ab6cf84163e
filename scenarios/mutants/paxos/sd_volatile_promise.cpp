#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

Durable recover_vote_only(const Durable& stored) {
  Durable state = stored;
  state.promised = stored.vote.ballot;
  return state;
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-volatile-promise",
             .about = "\"failed and recovered with an out of date state\": a restarted acceptor "
                      "has lost its promise, and only the vote comes back from disk",
             .source = "H. Brundage, Neat Algorithms: Paxos; Paxos Made Simple, 2.5; "
                       "seaweedfs/raft#9, octo-im#42 (the Raft vote)",
             .faults = "1 crash",
             .property = "agreement",
             .cluster = "3 nodes, 2 ballots"},
    .plant = [](Config& config) { config.rules.recovered = &recover_vote_only; },
});

}  // namespace
}  // namespace synod::paxos
