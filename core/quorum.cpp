#include "core/quorum.h"

#include <fmt/format.h>

#include "core/text.h"

namespace synod {

std::variant<QuorumSystem, QuorumError> make_quorums(std::size_t node_count,
                                                     std::size_t phase1_size,
                                                     std::size_t phase2_size) {
  if (node_count < 1 || node_count > node_count_max) {
    return QuorumError{
        fmt::format("a cluster has 1 to {} nodes, not {}", node_count_max, node_count)};
  }
  for (const std::size_t size : {phase1_size, phase2_size}) {
    if (size < 1 || size > node_count) {
      return QuorumError{fmt::format("a quorum of {} nodes has 1 to {} of them, not {}", node_count,
                                     node_count, size)};
    }
  }
  if (phase1_size + phase2_size <= node_count) {
    const NodeSet phase1 = NodeSet::first(phase1_size);
    const NodeSet phase2 = NodeSet::first(phase1_size + phase2_size) - phase1;
    return QuorumError{fmt::format(
        "phase-1 quorum {} and phase-2 quorum {} share no node: their sizes must add up to more "
        "than {}",
        phase1, phase2, node_count)};
  }
  return QuorumSystem{static_cast<std::uint8_t>(node_count), static_cast<std::uint8_t>(phase1_size),
                      static_cast<std::uint8_t>(phase2_size)};
}

}  // namespace synod
