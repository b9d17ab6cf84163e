#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-q2-too-small",
             .about = "a learner takes a value for chosen with a vote too few",
             .source = "TLA+ Examples, MultiPaxos-SMR: the suggested demonstration",
             .faults = "none",
             .property = "decided_implies_chosen",
             .cluster = "3 nodes, 1 ballot"},
    .plant =
        [](Config& config) {
          if (config.quorums.phase2_size > 1) {
            --config.quorums.phase2_size;
          }
        },
});

}  // namespace
}  // namespace synod::paxos
