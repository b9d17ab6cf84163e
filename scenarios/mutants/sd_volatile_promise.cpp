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
             .about = "forgets its promise on restart: only the vote comes back from disk",
             .source = "seaweedfs/raft#9, octo-im#42 (the Raft vote); Paxos Made Simple, 2.5",
             .faults = "1 crash",
             .property = "agreement",
             .cluster = "3 nodes, 2 ballots"},
    .plant = [](Config& config) { config.rules.recovered = &recover_vote_only; },
});

}  // namespace
}  // namespace synod::paxos
