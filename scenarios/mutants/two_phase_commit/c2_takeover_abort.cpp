#include "core/two_phase_commit/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::two_phase_commit {
namespace {

Decision abort_with_reachable(NodeSet prepared_peers) {
  return prepared_peers.is_empty() ? Decision::none : Decision::abort;
}

const RegisteredMutant<Protocol> mutant({
    .text =
        {.slug = "c2-takeover-abort",
         .about =
             "\"get in touch with all the other nodes to discover their votes\", as far as they "
             "can be reached: where all of them are prepared, a prepared participant aborts",
         .source = "Paxos in Plain English, two-phase commit; BHG 7.4",
         .faults = "a decision lost or late, for two participants",
         .property = "atomicity",
         .cluster = "1 coordinator, 2 participants"},
    .plant =
        [](Config& config) { config.rules.decision_when_wait_is_over = &abort_with_reachable; },
});

}  // namespace
}  // namespace synod::two_phase_commit
