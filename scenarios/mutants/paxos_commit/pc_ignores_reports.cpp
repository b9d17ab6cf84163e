#include "core/paxos_commit/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos_commit {
namespace {

Value propose_own(NodeSet /*promised_by*/, const paxos::Votes& /*reported*/, Value own) {
  return own;
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "pc-ignores-reports",
             .about = "a leader proposes abort in every instance that it takes over, whatever was "
                      "reported to it",
             .source = "sd-pick-own, of Paxos; Lamport, Paxos Made Simple, 2.2, phase 2(a)",
             .faults = "a late or lost message",
             .property = "atomicity",
             .cluster = "2 nodes"},
    .plant = [](Config& config) { config.paxos_rules.value_to_propose = &propose_own; },
});

}  // namespace
}  // namespace synod::paxos_commit
