// The whole graph of a model's states, kept, for what no state shows by itself: that nothing
// decides any more, or that it can go on for ever without. For small models: every edge costs
// memory.
//
// What a symmetric model's graph says of going round holds but for names: the loop ends in a state
// that differs from the one it began in by a renaming.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <limits>
#include <optional>
#include <stdexcept>
#include <unordered_map>
#include <utility>
#include <vector>

#include "tools/explore/search/graph_analysis.h"
#include "tools/explore/search/model.h"
#include "tools/explore/search/patience.h"
#include "tools/explore/search/rebuild_trace.h"
#include "tools/explore/search/search_result.h"

namespace synod::explorer {

/// Where to give up. What was kept until then allows no conclusion.
struct GraphOptions {
  std::uint64_t memory_bytes_max = std::uint64_t{1} << 30U;
  Patience* patience = nullptr;  ///< null: as much as it takes
};

/// What may come of a state without accidents.
enum class Prospect : std::uint8_t {
  can_decide,     ///< some continuation does
  unknown,        ///< none does within the bounds, and some ends at one
  cannot_decide,  ///< none does, and no bound is the reason
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

  /// `mark(action)` gives up to eight bits that `lasso` and `prospects` can ask for.
  StateGraph(
      const M& model, const GraphOptions& options,
      std::function<std::uint8_t(const Action&)> mark = [](const Action&) { return 0; })
      : model_(model), options_(options), mark_(std::move(mark)) {
    try {
      build();
    } catch (const CutShort& cut) {
      end_ = cut.end;
      queue_.clear();
    }
  }

  /// Whether every state is in it. Only then may anything below be asked.
  [[nodiscard]] bool is_complete() const { return end_ == End::exhausted; }
  /// Why not, where it is not.
  [[nodiscard]] End end() const { return end_; }

  [[nodiscard]] std::uint64_t state_count() const { return nodes_.size(); }
  [[nodiscard]] std::uint64_t edge_count() const { return edges_.edge_count(); }

  // What follows throws CutShort where patience is at its end.

  /// Of every state, by its number: in the order in which a breadth-first search finds them.
  /// Actions with one of the marks `accidents` are none that a continuation takes.
  [[nodiscard]] std::vector<Prospect> prospects(std::uint8_t accidents = 0) {
    require_complete();
    patience().begin("which states can decide", 6 * nodes_.size());
    std::vector<Prospect> prospects(nodes_.size(), Prospect::cannot_decide);
    note(prospects, can_reach(edges_, is_cut_off_, accidents, patience()), Prospect::unknown);
    note(prospects, can_reach(edges_, is_decided_, accidents, patience()), Prospect::can_decide);
    return prospects;
  }

  /// A shortest way to the state with this number.
  Trace<M> way_to(std::uint32_t node) {
    require_complete();
    return stem_to(node).first;
  }

  /// Shows the states again, found anew, by their numbers: those for which `is_wanted(number)`,
  /// until `visit(number, state)` returns false.
  template <class IsWanted, class Visit>
  void visit_again(const IsWanted& is_wanted, const Visit& visit) {
    require_complete();
    std::uint32_t met = 0;  // states, and as many are in the queue or were
    const auto meet = [&](const State& state) {
      const std::uint32_t number = numbers_.at(nonzero(model_.fingerprint(state)));
      if (number < met) return;
      ++met;
      queue_.push_back(state);
    };
    model_.initial_states(meet);
    bool goes_on = true;
    for (std::uint32_t node = 0; goes_on && !queue_.empty(); ++node) {
      patience().turn();
      const State state = std::move(queue_.front());
      queue_.pop_front();
      model_.successors(state, [&](const Action&, const State& next) { meet(next); });
      goes_on = !is_wanted(node) || visit(node, state);
    }
    queue_.clear();
  }

  /// A way to go on for ever without deciding, if there is one, whose loop has an action with each
  /// of the marks. Doing nothing, again and again, is none.
  std::optional<Lasso<M>> lasso(std::uint8_t marks = 0) {
    require_complete();
    std::vector<bool> undecided = is_decided_;
    undecided.flip();
    patience().begin("ways round");
    const std::optional<Loop> loop = find_loop(edges_, undecided, marks, patience());
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
  /// With its place in the map, while both grow, or what the analyses take of it.
  static constexpr std::uint64_t node_bytes = 100;

  struct Node {
    std::uint64_t fingerprint = 0;
    std::uint32_t parent = none;
  };

  void build() {
    patience().begin("states of the graph");
    model_.initial_states([&](const State& state) { find(state, none); });
    for (std::uint32_t node = 0; !queue_.empty(); ++node) {
      patience().turn();
      if (node % 256 == 0) expect_memory();
      const State state = std::move(queue_.front());
      queue_.pop_front();
      queued_bytes_ -= owned_bytes(model_, state);
      model_.successors(state, [&](const Action& action, const State& next) {
        edges_.add({find(next, node), mark_(action)});
      });
      if constexpr (BoundedModel<M>) is_cut_off_[node] = model_.is_cut_off();
      edges_.end_node();
    }
    end_ = End::exhausted;
  }

  std::uint32_t find(const State& state, std::uint32_t parent) {
    const std::uint64_t fingerprint = nonzero(model_.fingerprint(state));
    if (nodes_.size() == none) throw CutShort{End::memory};  // its numbers are used up
    const auto index = static_cast<std::uint32_t>(nodes_.size());
    const auto [place, is_new] = numbers_.try_emplace(fingerprint, index);
    if (is_new) {
      nodes_.push_back({fingerprint, parent});
      is_decided_.push_back(model_.is_decided(state));
      is_cut_off_.push_back(false);
      queue_.push_back(state);
      queued_bytes_ += owned_bytes(model_, queue_.back());
    }
    return place->second;
  }

  void expect_memory() const {
    const std::uint64_t bytes = nodes_.size() * node_bytes + edges_.bytes_max() +
                                queue_.size() * sizeof(State) + queued_bytes_;
    if (bytes > options_.memory_bytes_max) throw CutShort{End::memory};
  }

  void require_complete() const {
    if (!is_complete()) throw std::logic_error("only a complete graph answers");
  }

  Patience& patience() { return options_.patience != nullptr ? *options_.patience : endless_; }

  static void note(std::vector<Prospect>& prospects, const std::vector<bool>& whose,
                   Prospect prospect) {
    for (std::size_t node = 0; node < prospects.size(); ++node) {
      if (whose[node]) prospects[node] = prospect;
    }
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
  Patience endless_{std::nullopt, nullptr};
  std::vector<Node> nodes_;  ///< in the order in which a breadth-first search finds them
  std::vector<bool> is_decided_;
  std::vector<bool> is_cut_off_;
  std::unordered_map<std::uint64_t, std::uint32_t> numbers_;  ///< by fingerprint
  Edges edges_;
  std::deque<State> queue_;
  std::uint64_t queued_bytes_ = 0;  ///< owned by the states in it
  End end_ = End::memory;
};

}  // namespace synod::explorer
