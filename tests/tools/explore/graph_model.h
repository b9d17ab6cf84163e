// A graph as a model, for tests of the search engine: nodes are states, an action is the place of
// the edge that it takes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/luck.h"

namespace synod::explorer {

struct GraphModel {
  using State = std::uint32_t;
  using Action = std::uint32_t;

  std::vector<std::vector<State>> edges;  ///< by node, in order
  std::vector<State> initial = {0};
  std::vector<State> bad;      ///< break the invariant
  std::vector<State> special;  ///< are what some state must show
  std::vector<State> decided;
  std::uint64_t fingerprint_mask = ~std::uint64_t{0};  ///< fewer bits: distinct states collide

  template <class Visit>
  void initial_states(const Visit& visit) const {
    for (const State state : initial) {
      visit(state);
    }
  }
  template <class Visit>
  void successors(const State& state, const Visit& visit) const {
    for (Action edge = 0; edge < edges[state].size(); ++edge) {
      visit(edge, edges[state][edge]);
    }
  }
  [[nodiscard]] std::uint64_t fingerprint(const State& state) const {
    return mix(state + 1) & fingerprint_mask;
  }
  static void encode(const State& state, std::string& bytes) { bytes += std::to_string(state); }

  static std::vector<std::string_view> invariants() { return {"good"}; }
  [[nodiscard]] std::optional<std::uint32_t> violation(const State& state) const {
    return contains(bad, state) ? std::optional<std::uint32_t>(0) : std::nullopt;
  }
  static std::vector<std::string_view> sometimes() { return {"special"}; }
  [[nodiscard]] std::uint64_t reached(const State& state) const {
    return contains(special, state) ? 1 : 0;
  }
  [[nodiscard]] bool is_decided(const State& state) const { return contains(decided, state); }

  static bool contains(const std::vector<State>& states, State state) {
    for (const State one : states) {
      if (one == state) return true;
    }
    return false;
  }

  /// Where the actions lead to.
  [[nodiscard]] State follow(State state, const std::vector<Action>& actions) const {
    for (const Action action : actions) {
      state = edges.at(state).at(action);
    }
    return state;
  }
};

}  // namespace synod::explorer
