#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-all-must-vote",
             .about = "\"2PC is a specific case of Paxos\": \"instead of majority, all nodes must "
                      "vote\", so that one crash blocks it, and still no node can say no",
             .source = "Paxos in Plain English, failure handling",
             .faults = "1 crash",
             .property = "progress",
             .cluster = "3 nodes"},
    .plant =
        [](Config& config) {
          config.quorums.phase1_size = config.quorums.node_count;
          config.quorums.phase2_size = config.quorums.node_count;
        },
});

}  // namespace
}  // namespace synod::paxos
