#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

Durable write_vote_only(const Durable& state) {
  return {state.vote.ballot, state.vote, state.round_tried};
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-promise-unwritten",
             .about = "answers a Prepare with only its vote on disk, not the promise",
             .source = "NodeDB#161; Lamport, Paxos Made Simple, 2.5, stable storage",
             .faults = "1 crash",
             .property = "durable_before_visible",
             .cluster = "3 nodes, 2 ballots"},
    .plant = [](Config& config) { config.rules.to_store = &write_vote_only; },
});

}  // namespace
}  // namespace synod::paxos
