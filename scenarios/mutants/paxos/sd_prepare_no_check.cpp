#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

bool promise_any_ballot(const Durable& /*acceptor*/, Ballot /*ballot*/) { return true; }

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-prepare-no-check",
             .about = "promises any ballot, also one below its promise",
             .source = "classic; Lamport, Paxos Made Simple, 2.2, phase 1(b) left out",
             .faults = "none",
             .property = "agreement",
             .cluster = "3 nodes, 2 ballots"},
    .plant = [](Config& config) { config.rules.may_promise = &promise_any_ballot; },
});

}  // namespace
}  // namespace synod::paxos
