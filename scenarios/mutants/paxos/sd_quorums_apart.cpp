#include <algorithm>
#include <cstdint>

#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-quorums-apart",
             .about = "quorums of half the nodes, insisted on: two of them can miss each other",
             .source = "Howard, Malkhi and Spiegelman, Flexible Paxos, 3; apache/geode#7126",
             .faults = "none",
             .property = "agreement",
             .cluster = "2 nodes, 2 ballots",
             .kind = MutantKind::outside_fault_model},
    .plant =
        [](Config& config) {
          QuorumSystem& quorums = config.quorums;
          quorums.phase1_size = quorums.phase2_size =
              static_cast<std::uint8_t>(std::max(quorums.node_count / 2, 1));
        },
});

}  // namespace
}  // namespace synod::paxos
