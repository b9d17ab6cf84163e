#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-q1-too-small",
             .about = "phase 1 goes on with a promise too few",
             .source = "Howard, Malkhi and Spiegelman, Flexible Paxos, 3: the boundary",
             .faults = "none",
             .property = "agreement",
             .cluster = "3 nodes, 2 ballots"},
    .plant =
        [](Config& config) {
          if (config.quorums.phase1_size > 1) {
            --config.quorums.phase1_size;
          }
        },
});

}  // namespace
}  // namespace synod::paxos
