// Questions about a directed graph that is given as plain numbers: which nodes can reach a goal,
// and where one can go round for ever. Nodes are numbered from 0.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "tools/explore/search/patience.h"

namespace synod::explorer {

struct Edge {
  std::uint32_t target = 0;
  std::uint8_t marks = 0;  ///< what is special about it, a bit each
};

/// Built node by node, in their order.
class Edges {
 public:
  void add(Edge edge) { edges_.push_back(edge); }
  void end_node() { begins_.push_back(edges_.size()); }

  [[nodiscard]] std::span<const Edge> of(std::uint32_t node) const {
    return std::span(edges_).subspan(begins_[node], begins_[node + 1] - begins_[node]);
  }
  [[nodiscard]] std::uint32_t node_count() const {
    return static_cast<std::uint32_t>(begins_.size() - 1);
  }
  [[nodiscard]] std::uint64_t edge_count() const { return edges_.size(); }
  /// What it takes while it grows to the next size, or to be asked by what follows (`can_reach`).
  [[nodiscard]] std::uint64_t bytes_max() const {
    const std::uint64_t edges = edges_.capacity() * sizeof(Edge);
    const std::uint64_t begins = begins_.capacity() * sizeof(std::uint64_t);
    return 3 * edges + 3 * begins;
  }

 private:
  std::vector<Edge> edges_;
  std::vector<std::uint64_t> begins_ = {0};
};

// All of them throw CutShort where `patience` is at its end.

/// Which nodes have a way, of no edge or more, to one of the goals. Edges with one of the marks
/// `shunned` do not count.
std::vector<bool> can_reach(const Edges& edges, const std::vector<bool>& goals,
                            std::uint8_t shunned, Patience& patience);

/// The strongly connected component of each node, by a number below the count of nodes, when only
/// nodes that are `allowed` and edges between two of them count.
std::vector<std::uint32_t> components(const Edges& edges, const std::vector<bool>& allowed,
                                      Patience& patience);

/// A way round: from `start`, over each of `nodes` in turn, the last of which is `start`. `edges`
/// says for each step which of its node's edges it takes.
struct Loop {
  std::uint32_t start = 0;
  std::vector<std::uint32_t> edges;
};

/// A loop within allowed nodes that takes, for each mark in `marks`, an edge that has it, and at
/// least one edge to another node. It starts at the node with the lowest number that has one, and
/// every piece between two marks is a shortest one.
std::optional<Loop> find_loop(const Edges& edges, const std::vector<bool>& allowed,
                              std::uint8_t marks, Patience& patience);

}  // namespace synod::explorer
