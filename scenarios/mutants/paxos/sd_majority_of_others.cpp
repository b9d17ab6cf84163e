#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-majority-of-others",
             .about = "asks for answers \"from a majority of other processes\" and does not count "
                      "its own",
             .source = "H. Brundage, Neat Algorithms: Paxos",
             .faults = "1 crash",
             .property = "progress",
             .cluster = "3 nodes"},
    .plant =
        [](Config& config) {
          const std::uint8_t node_count = config.quorums.node_count;
          if (config.quorums == QuorumSystem::majority(node_count)) {
            ++config.quorums.phase1_size;  // its own answer is always among them
            ++config.quorums.phase2_size;
          }
        },
});

}  // namespace
}  // namespace synod::paxos
