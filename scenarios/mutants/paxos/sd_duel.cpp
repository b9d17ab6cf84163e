#include <cstdint>

#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-duel",
             .about = "\"two Leaders … may try to out-bid one another\": a refused proposer tries "
                      "again at once, and never gives up",
             .source = "Paxos in Plain English; Lamport, Paxos Made Simple, 2.4",
             .faults = "none, but unlucky timing",
             .property = "progress",
             .cluster = "3 nodes, 2 proposers"},
    .plant =
        [](Config& config) {
          config.timing.back_off_min = {0};
          config.timing.back_off_max = {0};
          config.timing.tries_max = UINT32_MAX;
          config.timing.deadline = {UINT32_MAX};
        },
});

}  // namespace
}  // namespace synod::paxos
