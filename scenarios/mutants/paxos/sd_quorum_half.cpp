#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-quorum-half",
             .about = "\"Paxos does not block even if half the nodes fail to reply\": of an even "
                      "number, half is taken for a quorum",
             .source = "Paxos in Plain English; apache/geode#7126, alphaonedev/ai-memory-mcp#1888",
             .faults = "none",
             .property = "decided_implies_chosen",
             .cluster = "4 nodes, 2 ballots"},
    .plant =
        [](Config& config) {
          QuorumSystem& quorums = config.quorums;
          if (quorums == QuorumSystem::majority(quorums.node_count) &&
              quorums.node_count % 2 == 0) {
            --quorums.phase1_size;
            --quorums.phase2_size;
          }
        },
});

}  // namespace
}  // namespace synod::paxos
