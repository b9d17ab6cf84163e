#include "core/two_phase_commit/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::two_phase_commit {
namespace {

Decision abort_alone(NodeSet /*prepared_peers*/) { return Decision::abort; }

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "c2-heuristic-abort",
             .about = "a prepared participant that waits too long aborts by itself",
             .source = "XA's heuristic decisions; Bitronix, scalar-labs/btm#59",
             .faults = "a decision lost or late",
             .property = "atomicity",
             .cluster = "1 coordinator, 1 participant"},
    .plant = [](Config& config) { config.rules.decision_when_wait_is_over = &abort_alone; },
});

}  // namespace
}  // namespace synod::two_phase_commit
