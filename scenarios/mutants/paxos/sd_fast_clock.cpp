#include <cstdint>

#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

/// How far the clock of n1 goes for one tick of the others'.
constexpr std::uint32_t fast = 1000;

/// Unique and rising, over restarts too; but no proposer heeds a higher ballot that it hears of.
Ballot next_by_own_clock(const Durable& node, Ballot /*highest_heard*/, NodeId self) {
  return {node.round_tried + (self.index == 0 ? fast : 1), self};
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-fast-clock",
             .about = "\"derivatives of precise system time\", each proposer's own: one clock is "
                      "fast, and whoever loses tries again by a slow one",
             .source = "H. Brundage, Neat Algorithms: Paxos; CASSANDRA-5667, CASSANDRA-11991",
             .faults = "none",
             .property = "progress",
             .cluster = "3 nodes, 2 proposers"},
    .plant = [](Config& config) { config.rules.next_ballot = &next_by_own_clock; },
});

}  // namespace
}  // namespace synod::paxos
