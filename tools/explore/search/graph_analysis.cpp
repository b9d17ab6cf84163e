#include "tools/explore/search/graph_analysis.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>
#include <utility>

namespace synod::explorer {
namespace {

constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();

/// Tarjan, "Depth-first search and linear graph algorithms", 1972, with a stack of its own.
class Tarjan {
 public:
  Tarjan(const Edges& edges, const std::vector<bool>& allowed, Patience& patience)
      : edges_(edges),
        allowed_(allowed),
        patience_(patience),
        index_(edges.node_count(), none),
        low_(edges.node_count(), none),
        component_(edges.node_count(), none) {}

  std::vector<std::uint32_t> run() {
    for (std::uint32_t node = 0; node < edges_.node_count(); ++node) {
      if (allowed_[node] && index_[node] == none) visit(node);
    }
    return std::move(component_);
  }

 private:
  struct Frame {
    std::uint32_t node = 0;
    std::size_t next = 0;  ///< of its edges
  };

  void visit(std::uint32_t root) {
    enter(root);
    while (!frames_.empty()) {
      patience_.turn();
      Frame& frame = frames_.back();
      const auto out = edges_.of(frame.node);
      if (frame.next == out.size()) {
        leave();
        continue;
      }
      const std::uint32_t target = out[frame.next++].target;
      if (!allowed_[target]) continue;
      if (index_[target] == none) {
        enter(target);
      } else if (component_[target] == none) {
        low_[frame.node] = std::min(low_[frame.node], index_[target]);
      }
    }
  }

  void enter(std::uint32_t node) {
    index_[node] = low_[node] = visited_++;
    open_.push_back(node);
    frames_.push_back({node, 0});
  }

  void leave() {
    const std::uint32_t node = frames_.back().node;
    frames_.pop_back();
    if (!frames_.empty()) {
      std::uint32_t& low = low_[frames_.back().node];
      low = std::min(low, low_[node]);
    }
    if (low_[node] != index_[node]) return;
    std::uint32_t member = none;
    do {
      member = open_.back();
      open_.pop_back();
      component_[member] = node;
    } while (member != node);
  }

  const Edges& edges_;
  const std::vector<bool>& allowed_;
  Patience& patience_;
  std::vector<std::uint32_t> index_;
  std::vector<std::uint32_t> low_;
  std::vector<std::uint32_t> component_;
  std::vector<std::uint32_t> open_;
  std::vector<Frame> frames_;
  std::uint32_t visited_ = 0;
};

/// Searches for loops in the components of a graph.
class LoopFinder {
 public:
  LoopFinder(const Edges& edges, const std::vector<bool>& allowed, std::uint8_t marks,
             Patience& patience)
      : edges_(edges),
        component_(components(edges, allowed, patience)),
        marks_(marks),
        patience_(patience) {}

  std::optional<Loop> run() {
    const std::optional<std::uint32_t> start = find_start();
    if (!start) return std::nullopt;
    Loop loop{*start, {}};
    std::uint32_t node = *start;
    for (std::uint32_t mark = 1; mark <= marks_; mark <<= 1U) {
      if ((marks_ & mark & ~marks_of(loop)) == 0) continue;
      node = walk(loop, node,
                  [mark](std::uint32_t, const Edge& edge) { return (edge.marks & mark) != 0; });
    }
    if (node != *start || !has_moved(loop)) {
      // Back, or in a loop without marks, away and then back.
      if (!has_moved(loop)) {
        node = walk(loop, node,
                    [](std::uint32_t from, const Edge& edge) { return edge.target != from; });
      }
      if (node != *start) {
        walk(loop, node, [&](std::uint32_t, const Edge& edge) { return edge.target == *start; });
      }
    }
    return loop;
  }

 private:
  [[nodiscard]] bool is_inside(std::uint32_t from, const Edge& edge) const {
    return component_[edge.target] == component_[from];
  }

  /// In a component that has an edge to another node, and all the marks.
  [[nodiscard]] std::optional<std::uint32_t> find_start() const {
    std::vector<std::uint8_t> marks(edges_.node_count(), 0);
    std::vector<bool> has_move(edges_.node_count(), false);
    for (std::uint32_t node = 0; node < edges_.node_count(); ++node) {
      patience_.turn();
      if (component_[node] == none) continue;
      for (const Edge& edge : edges_.of(node)) {
        if (!is_inside(node, edge)) continue;
        marks[component_[node]] = static_cast<std::uint8_t>(marks[component_[node]] | edge.marks);
        if (edge.target != node) has_move[component_[node]] = true;
      }
    }
    for (std::uint32_t node = 0; node < edges_.node_count(); ++node) {
      const std::uint32_t component = component_[node];
      if (component == none || !has_move[component]) continue;
      if ((marks_ & ~marks[component]) == 0) return node;
    }
    return std::nullopt;
  }

  /// Goes on from a node, within its component, by the shortest way that ends with a wanted edge.
  /// Returns where that leads to.
  std::uint32_t walk(Loop& loop, std::uint32_t from,
                     const std::function<bool(std::uint32_t, const Edge&)>& is_wanted) const {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> came_by(edges_.node_count(), {none, none});
    std::vector<std::uint32_t> queue = {from};
    std::vector<bool> seen(edges_.node_count(), false);
    seen[from] = true;
    for (std::size_t head = 0; head < queue.size(); ++head) {
      patience_.turn();
      const std::uint32_t node = queue[head];
      const auto out = edges_.of(node);
      for (std::uint32_t index = 0; index < out.size(); ++index) {
        if (!is_inside(node, out[index])) continue;
        if (is_wanted(node, out[index])) {
          std::vector<std::uint32_t> steps = {index};
          for (std::uint32_t at = node; at != from; at = came_by[at].first) {
            steps.push_back(came_by[at].second);
          }
          loop.edges.insert(loop.edges.end(), steps.rbegin(), steps.rend());
          return out[index].target;
        }
        if (seen[out[index].target]) continue;
        seen[out[index].target] = true;
        came_by[out[index].target] = {node, index};
        queue.push_back(out[index].target);
      }
    }
    return from;  // never: a component is strongly connected
  }

  [[nodiscard]] std::uint32_t marks_of(const Loop& loop) const {
    std::uint32_t marks = 0;
    std::uint32_t node = loop.start;
    for (const std::uint32_t index : loop.edges) {
      const Edge& edge = edges_.of(node)[index];
      marks |= edge.marks;
      node = edge.target;
    }
    return marks;
  }

  [[nodiscard]] bool has_moved(const Loop& loop) const {
    std::uint32_t node = loop.start;
    for (const std::uint32_t index : loop.edges) {
      node = edges_.of(node)[index].target;
      if (node != loop.start) return true;
    }
    return false;
  }

  const Edges& edges_;
  std::vector<std::uint32_t> component_;
  std::uint8_t marks_;
  Patience& patience_;
};

}  // namespace

std::vector<bool> can_reach(const Edges& edges, const std::vector<bool>& goals,
                            std::uint8_t shunned, Patience& patience) {
  const auto counts = [shunned](const Edge& edge) { return (edge.marks & shunned) == 0; };
  const std::uint32_t count = edges.node_count();
  std::vector<std::uint64_t> begins(count + std::size_t{1},
                                    0);  // of each node's sources
  for (std::uint32_t node = 0; node < count; ++node) {
    patience.turn();
    for (const Edge& edge : edges.of(node)) {
      begins[edge.target + std::size_t{1}] += counts(edge) ? 1 : 0;
    }
  }
  std::partial_sum(begins.begin(), begins.end(), begins.begin());
  std::vector<std::uint32_t> sources(begins.back());
  std::vector<std::uint64_t> filled(begins.begin(), begins.end() - 1);
  for (std::uint32_t node = 0; node < count; ++node) {
    patience.turn();
    for (const Edge& edge : edges.of(node)) {
      if (counts(edge)) sources[filled[edge.target]++] = node;
    }
  }
  std::vector<bool> reaches = goals;
  std::vector<std::uint32_t> queue;
  for (std::uint32_t node = 0; node < count; ++node) {
    if (goals[node]) queue.push_back(node);
  }
  while (!queue.empty()) {
    patience.turn();
    const std::uint32_t node = queue.back();
    queue.pop_back();
    for (std::uint64_t index = begins[node]; index < begins[node + std::size_t{1}]; ++index) {
      if (reaches[sources[index]]) continue;
      reaches[sources[index]] = true;
      queue.push_back(sources[index]);
    }
  }
  return reaches;
}

std::vector<std::uint32_t> components(const Edges& edges, const std::vector<bool>& allowed,
                                      Patience& patience) {
  return Tarjan(edges, allowed, patience).run();
}

std::optional<Loop> find_loop(const Edges& edges, const std::vector<bool>& allowed,
                              std::uint8_t marks, Patience& patience) {
  return LoopFinder(edges, allowed, marks, patience).run();
}

}  // namespace synod::explorer
