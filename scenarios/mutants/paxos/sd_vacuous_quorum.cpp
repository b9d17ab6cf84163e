#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

bool is_exact_majority(const QuorumSystem& quorums, NodeSet promised_by) {
  return 2 * promised_by.size() == quorums.node_count + 1U;
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-vacuous-quorum",
             .about =
                 "a quorum is a set Q with 2 |Q| = N + 1: of an even number there is none, and "
                 "nothing is ever wrong because nothing is ever chosen",
             .source = "Starydark/PaxosStore-tla#5",
             .faults = "none",
             .property = "progress",
             .cluster = "2 nodes"},
    .plant =
        [](Config& config) {
          if (config.quorums == QuorumSystem::majority(config.quorums.node_count)) {
            config.rules.is_phase1_quorum = &is_exact_majority;
          }
        },
});

}  // namespace
}  // namespace synod::paxos
