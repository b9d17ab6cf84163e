#include "core/paxos_commit/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos_commit {
namespace {

Durable recover_without_vote(const Durable& stored) {
  Durable state = stored;
  if (!state.vote.is_none()) {
    state.vote = abort_value;  // nothing is known of the work that the vote was for
  }
  return state;
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "pc-vote-not-durable",
             .about = "a participant loses its vote in a restart, and with it the work: asked "
                      "again, it votes no in the ballot in which it voted yes",
             .source = "Gray and Lamport, 4.2; c2-vote-not-durable, of two-phase commit",
             .faults = "1 crash",
             .property = "atomicity",
             .cluster = "2 nodes"},
    .plant = [](Config& config) { config.rules.recovered = &recover_without_vote; },
});

}  // namespace
}  // namespace synod::paxos_commit
