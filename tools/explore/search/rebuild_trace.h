// From the links of the visited set back to a trace: the way from an initial state to one that was
// found. The links say which fingerprints the states on the way have; the model's successors, tried
// again, say which states and actions these are.
#pragma once

#include <algorithm>
#include <cstdint>
#include <set>
#include <stdexcept>
#include <utility>
#include <vector>

#include "tools/explore/search/model.h"
#include "tools/explore/search/search_result.h"

namespace synod::explorer {

/// The engine knows no state with fingerprint 0.
constexpr std::uint64_t nonzero(std::uint64_t fingerprint) {
  return fingerprint == 0 ? 1 : fingerprint;
}

template <Model M, class Visited>
class TraceRebuilder {
 public:
  using State = typename M::State;
  using Action = typename M::Action;

  TraceRebuilder(M& model, const Visited& visited) : model_(model), visited_(visited) {}

  /// The way to the state of that level with that fingerprint for which `shows` holds.
  template <class Shows>
  Trace<M> rebuild(std::uint64_t fingerprint, std::uint32_t level, const Shows& shows) {
    const auto possible = fingerprints_on_the_way(fingerprint, level);
    std::vector<std::vector<Node>> levels(level + std::size_t{1});
    seen_.clear();
    model_.initial_states([&](const State& state) {
      add(levels.front(), possible.front(), state, nonzero(model_.fingerprint(state)), {});
    });
    for (std::size_t index = 0; index < level; ++index) {
      follow(levels[index], levels[index + 1], possible[index + 1]);
    }
    for (const Node& last : levels.back()) {
      if (last.fingerprint == fingerprint && shows(last.state)) return trace_to(levels, last);
    }
    throw std::logic_error(
        "the way to a state cannot be found again: the model's answers depend on more than the "
        "state, or its symmetry is not one");
  }

 private:
  struct Node {
    State state;
    std::uint64_t fingerprint;
    std::size_t parent;
    std::vector<Action> action;  ///< one, or none for an initial state
  };

  /// For each level the fingerprints that may be on the way, in order: rarely more than one.
  std::vector<std::vector<std::uint64_t>> fingerprints_on_the_way(std::uint64_t fingerprint,
                                                                  std::uint32_t level) const {
    std::vector<std::vector<std::uint64_t>> possible(level + std::size_t{1});
    possible.back() = {fingerprint};
    for (std::size_t index = level; index > 0; --index) {
      std::set<std::uint64_t> parents;
      for (const std::uint64_t child : possible[index]) {
        const auto found = visited_.links().parents(child);
        parents.insert(found.begin(), found.end());
      }
      possible[index - 1].assign(parents.begin(), parents.end());
    }
    return possible;
  }

  void follow(const std::vector<Node>& from, std::vector<Node>& to,
              const std::vector<std::uint64_t>& possible) {
    seen_.clear();
    for (std::size_t index = 0; index < from.size(); ++index) {
      const Node& node = from[index];
      model_.successors(node.state, [&](const Action& action, const State& next) {
        const std::uint64_t fingerprint = nonzero(model_.fingerprint(next));
        if (!std::ranges::binary_search(possible, fingerprint)) return;
        if (!visited_.links().is_parent(node.fingerprint, fingerprint)) return;
        add(to, possible, next, fingerprint, {action}, index);
      });
    }
  }

  void add(std::vector<Node>& nodes, const std::vector<std::uint64_t>& possible, const State& state,
           std::uint64_t fingerprint, std::vector<Action> action, std::size_t parent = 0) {
    if (!std::ranges::binary_search(possible, fingerprint)) return;
    if (!seen_.insert(Visited::key(model_, state, fingerprint)).second) return;
    nodes.push_back({state, fingerprint, parent, std::move(action)});
  }

  static Trace<M> trace_to(const std::vector<std::vector<Node>>& levels, const Node& last) {
    const Node* node = &last;
    std::vector<Action> actions;
    for (std::size_t index = levels.size() - 1; index > 0; --index) {
      actions.push_back(node->action.front());
      node = &levels[index - 1][node->parent];
    }
    std::ranges::reverse(actions);
    return {node->state, std::move(actions)};
  }

  M& model_;
  const Visited& visited_;
  std::set<typename Visited::Key> seen_;
};

}  // namespace synod::explorer
