#include "core/paxos_commit/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos_commit {
namespace {

Decision abort_at_time_out() { return Decision::abort; }

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "pc-abort-without-asking",
             .about = "a leader whose time is over decides abort without running the instances",
             .source = "two-phase commit's coordinator, who may; Gray and Lamport, 4.2",
             .faults = "a late or lost message",
             .property = "atomicity",
             .cluster = "2 nodes"},
    .plant = [](Config& config) { config.rules.decision_at_time_out = &abort_at_time_out; },
});

}  // namespace
}  // namespace synod::paxos_commit
