// Quorums: the sets of acceptors whose word is enough.
//
// Safety needs one thing of them: every phase-1 quorum meets every phase-2 quorum (Howard, Malkhi
// and Spiegelman, "Flexible Paxos", section 3). Majorities are the special case in which both
// phases use the same sets.
#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "core/ids.h"

namespace synod {

/// Quorums by size: any `phase1_size` nodes promise, any `phase2_size` nodes choose.
/// Built with `make_quorums`, it intersects; as a plain aggregate it is what you wrote.
struct QuorumSystem {
  std::uint8_t node_count = 0;
  std::uint8_t phase1_size = 0;
  std::uint8_t phase2_size = 0;

  static constexpr QuorumSystem majority(std::size_t node_count) {
    const auto size = static_cast<std::uint8_t>(node_count / 2 + 1);
    return {static_cast<std::uint8_t>(node_count), size, size};
  }
  static constexpr QuorumSystem all(std::size_t node_count) {
    const auto size = static_cast<std::uint8_t>(node_count);
    return {size, size, size};
  }

  [[nodiscard]] constexpr bool is_phase1_quorum(NodeSet nodes) const {
    return nodes.size() >= phase1_size;
  }
  [[nodiscard]] constexpr bool is_phase2_quorum(NodeSet nodes) const {
    return nodes.size() >= phase2_size;
  }
  [[nodiscard]] constexpr NodeSet nodes() const { return NodeSet::first(node_count); }

  bool operator==(const QuorumSystem&) const = default;
};

struct QuorumError {
  std::string message;  ///< one line that names the two quorums that miss each other
};

/// Checks sizes and intersection.
std::variant<QuorumSystem, QuorumError> make_quorums(std::size_t node_count,
                                                     std::size_t phase1_size,
                                                     std::size_t phase2_size);

}  // namespace synod
