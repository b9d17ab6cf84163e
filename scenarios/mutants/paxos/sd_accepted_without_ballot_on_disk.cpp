#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

Durable recover_without_ballot(const Durable& stored) {
  Durable state = stored;
  if (!state.vote.is_none()) {
    state.vote.ballot = {1, {}};
  }
  return state;
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-accepted-without-ballot-on-disk",
             .about = "writes the value that it accepted without the ballot: after a restart the "
                      "vote is the oldest there can be",
             .source = "imdea-software/swiftpaxos#3: one ballot overwrites the other on disk",
             .faults = "1 crash",
             .property = "agreement",
             .cluster = "3 nodes, 3 ballots"},
    .plant = [](Config& config) { config.rules.recovered = &recover_without_ballot; },
});

}  // namespace
}  // namespace synod::paxos
