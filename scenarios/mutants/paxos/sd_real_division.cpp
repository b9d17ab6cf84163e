#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-real-division",
             .about = "\"Enough\" is \"a majority (N/2 + 1)\", divided without rounding down: 3 of "
                      "3, 4 of 5",
             .source = "H. Brundage, Neat Algorithms: Paxos",
             .faults = "1 crash",
             .property = "progress",
             .cluster = "3 nodes"},
    .plant =
        [](Config& config) {
          const std::uint8_t node_count = config.quorums.node_count;
          if (config.quorums == QuorumSystem::majority(node_count) && node_count % 2 == 1) {
            ++config.quorums.phase1_size;
            ++config.quorums.phase2_size;
          }
        },
});

}  // namespace
}  // namespace synod::paxos
