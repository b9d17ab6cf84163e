// The whole graph of a model's states, kept, for what no state shows by itself: that nothing
// decides any more, or that it can go on for ever without. For small models: every edge costs
// memory.
//
// What a symmetric model's graph says of going round holds but for names: the loop ends in a state
// that differs from the one it began in by a renaming.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <deque>
#include <functional>
#include <limits>
#include <optional>
#include <stdexcept>
#include <unordered_map>
#include <utility>
#include <vector>

#include "tools/explore/graph_analysis.h"
#include "tools/explore/model.h"
#include "tools/explore/rebuild_trace.h"
#include "tools/explore/search_result.h"

namespace synod::explorer {

/// Where to give up. What was kept until then allows no conclusion.
struct GraphOptions {
  std::uint64_t memory_bytes_max = std::uint64_t{1} << 30U;
  std::optional<double> seconds_max = std::nullopt;
  const std::atomic<bool>* is_interrupted = nullptr;
};

/// For ever: the stem once, then the loop again and again.
template <class M>
struct Lasso {
  Trace<M> stem;
  std::vector<typename M::Action> loop;
};

template <DecidingModel M>
class StateGraph {
 public:
  using State = typename M::State;
  using Action = typename M::Action;

  /// `mark(action)` gives up to eight bits that `lasso` can ask for.
  StateGraph(
      const M& model, const GraphOptions& options,
      std::function<std::uint8_t(const Action&)> mark = [](const Action&) { return 0; })
      : model_(model), options_(options), mark_(std::move(mark)) {
    model_.initial_states([&](const State& state) { find(state, none); });
    for (std::uint32_t node = 0; !queue_.empty(); ++node) {
      if ((node % 256 == 0 && must_stop()) || nodes_.size() == none) {
        queue_.clear();
        return;
      }
      const State state = std::move(queue_.front());
      queue_.pop_front();
      queued_bytes_ -= owned_bytes(model_, state);
      model_.successors(state, [&](const Action& action, const State& next) {
        edges_.add({find(next, node), mark_(action)});
      });
      edges_.end_node();
    }
    is_complete_ = true;
  }

  /// Whether every state is in it. Only then may anything below be asked.
  [[nodiscard]] bool is_complete() const { return is_complete_; }

  [[nodiscard]] std::uint64_t state_count() const { return nodes_.size(); }
  [[nodiscard]] std::uint64_t edge_count() const { return edges_.edge_count(); }

  /// States from which no continuation decides.
  [[nodiscard]] std::uint64_t blocked_count() const {
    const std::vector<bool> reaches = reaches_decision();
    return static_cast<std::uint64_t>(std::count(reaches.begin(), reaches.end(), false));
  }

  /// A shortest way to one of them.
  std::optional<Trace<M>> blocked() {
    const std::vector<bool> reaches = reaches_decision();
    const auto first = std::ranges::find(reaches, false);
    if (first == reaches.end()) return std::nullopt;
    return stem_to(static_cast<std::uint32_t>(first - reaches.begin())).first;
  }

  /// A way to go on for ever without deciding, if there is one, whose loop has an action with each
  /// of the marks. Doing nothing, again and again, is none.
  std::optional<Lasso<M>> lasso(std::uint8_t marks = 0) {
    require_complete();
    std::vector<bool> undecided = is_decided_;
    undecided.flip();
    const std::optional<Loop> loop = find_loop(edges_, undecided, marks);
    if (!loop) return std::nullopt;
    auto [stem, state] = stem_to(loop->start);
    Lasso<M> lasso{std::move(stem), {}};
    std::uint32_t node = loop->start;
    for (const std::uint32_t index : loop->edges) {
      const Edge& edge = edges_.of(node)[index];
      lasso.loop.push_back(step(state, nodes_[edge.target].fingerprint, edge.marks));
      node = edge.target;
    }
    return lasso;
  }

 private:
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
  static constexpr std::uint64_t node_bytes = 64;  ///< with its place in the map

  struct Node {
    std::uint64_t fingerprint = 0;
    std::uint32_t parent = none;
  };

  std::uint32_t find(const State& state, std::uint32_t parent) {
    const std::uint64_t fingerprint = nonzero(model_.fingerprint(state));
    const auto index = static_cast<std::uint32_t>(nodes_.size());
    const auto [place, is_new] = numbers_.try_emplace(fingerprint, index);
    if (is_new) {
      nodes_.push_back({fingerprint, parent});
      is_decided_.push_back(model_.is_decided(state));
      queue_.push_back(state);
      queued_bytes_ += owned_bytes(model_, queue_.back());
    }
    return place->second;
  }

  [[nodiscard]] bool must_stop() const {
    if (options_.is_interrupted != nullptr && *options_.is_interrupted) return true;
    const std::chrono::duration<double> used = std::chrono::steady_clock::now() - started_;
    if (options_.seconds_max && used.count() > *options_.seconds_max) return true;
    const std::uint64_t bytes = nodes_.size() * node_bytes + edges_.bytes() * 3 / 2 +
                                queue_.size() * sizeof(State) + queued_bytes_;
    return bytes > options_.memory_bytes_max;
  }

  void require_complete() const {
    if (!is_complete_) throw std::logic_error("only a complete graph answers");
  }

  [[nodiscard]] std::vector<bool> reaches_decision() const {
    require_complete();
    return can_reach(edges_, is_decided_);
  }

  /// Over the first parents, which makes it a shortest way; and the state that it ends in.
  std::pair<Trace<M>, State> stem_to(std::uint32_t node) {
    std::vector<std::uint64_t> way;
    for (; node != none; node = nodes_[node].parent) {
      way.push_back(nodes_[node].fingerprint);
    }
    std::optional<State> initial;
    model_.initial_states([&](const State& state) {
      if (!initial && nonzero(model_.fingerprint(state)) == way.back()) initial = state;
    });
    Trace<M> trace{initial.value(), {}};
    State state = trace.initial;
    for (std::size_t left = way.size() - 1; left > 0; --left) {
      trace.actions.push_back(step(state, way[left - 1], std::nullopt));
    }
    return {std::move(trace), std::move(state)};
  }

  /// Goes on to the first successor with that fingerprint, by an action with these marks if they
  /// matter.
  Action step(State& state, std::uint64_t fingerprint, std::optional<std::uint8_t> marks) {
    std::optional<std::pair<Action, State>> found;
    model_.successors(state, [&](const Action& action, const State& next) {
      if (found || (marks && mark_(action) != *marks)) return;
      if (nonzero(model_.fingerprint(next)) == fingerprint) found.emplace(action, next);
    });
    if (!found) throw std::logic_error("a state's successors are not what they were");
    state = std::move(found->second);
    return std::move(found->first);
  }

  M model_;
  GraphOptions options_;
  std::function<std::uint8_t(const Action&)> mark_;
  std::chrono::steady_clock::time_point started_ = std::chrono::steady_clock::now();
  std::vector<Node> nodes_;  ///< in the order in which a breadth-first search finds them
  std::vector<bool> is_decided_;
  std::unordered_map<std::uint64_t, std::uint32_t> numbers_;  ///< by fingerprint
  Edges edges_;
  std::deque<State> queue_;
  std::uint64_t queued_bytes_ = 0;  ///< owned by the states in it
  bool is_complete_ = false;
};

}  // namespace synod::explorer
