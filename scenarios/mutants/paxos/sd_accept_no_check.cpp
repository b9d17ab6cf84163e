#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

bool accept_any_ballot(const Durable& /*acceptor*/, Ballot /*ballot*/, Value /*value*/) {
  return true;
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-accept-no-check",
             .about = "votes below its promise: an acceptor accepts any ballot",
             .source = "classic; Lamport, Paxos Made Simple, 2.2, phase 2(b) left out",
             .faults = "none",
             .property = "agreement",
             .cluster = "3 nodes, 2 ballots"},
    .plant = [](Config& config) { config.rules.may_accept = &accept_any_ballot; },
});

}  // namespace
}  // namespace synod::paxos
