// Gray and Lamport's `TwoPhase.tla` as a model (tlaplus/Examples,
// specifications/transaction_commit; the same in stateright/stateright, examples/2pc.rs), to hold
// the search engine against the counts published there.
//
// Resource managers prepare or abort by themselves; the transaction manager collects who prepared,
// and commits or aborts. Messages are a set that only grows.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/luck.h"

namespace synod::explorer {

class TwoPhaseCommitSpecification {
 public:
  /// How states that differ only in the names of resource managers are told apart.
  enum class Symmetry : std::uint8_t {
    none,
    full,             ///< one state for each orbit
    by_manager_state  ///< as examples/2pc.rs does: some orbits keep several states
  };

  enum ManagerState : std::uint8_t { working, prepared, committed, aborted };
  /// Of the transaction manager, whose commit or abort message is there once it has decided.
  enum class Decision : std::uint8_t { none, commit, abort };

  static constexpr std::uint32_t managers_max = 8;

  struct State {
    std::uint64_t bits = 0;  ///< for each manager 4: state 2, has said so, was heard; then 2
    bool operator==(const State&) const = default;
  };

  enum class Kind : std::uint8_t {
    commit,
    abort,
    hear_prepared,
    prepare,
    choose_abort,
    receive_commit,
    receive_abort
  };
  struct Action {
    Kind kind = Kind::commit;
    std::uint8_t manager = 0;  ///< of those that are a manager's
    bool operator==(const Action&) const = default;
  };

  explicit TwoPhaseCommitSpecification(std::uint32_t managers, Symmetry symmetry = Symmetry::none)
      : managers_(managers), symmetry_(symmetry) {}

  template <class Visit>
  void initial_states(const Visit& visit) const {
    visit(State{});
  }

  template <class Visit>
  void successors(const State& state, const Visit& visit) const {
    const Decision decision = decided(state);
    if (decision == Decision::none) {
      if (all(state, heard_bit, heard_bit)) visit(Action{Kind::commit}, decide(state, 1));
      visit(Action{Kind::abort}, decide(state, 2));
    }
    for (std::uint32_t manager = 0; manager < managers_; ++manager) {
      const std::uint32_t fields = of(state, manager);
      const auto go = [&](Kind kind, std::uint32_t next) {
        visit(Action{kind, static_cast<std::uint8_t>(manager)}, with(state, manager, next));
      };
      const std::uint32_t messages = fields & ~state_mask;
      if (decision == Decision::none && (fields & said_bit) != 0) {
        go(Kind::hear_prepared, fields | heard_bit);
      }
      if ((fields & state_mask) == working) {
        go(Kind::prepare, messages | said_bit | prepared);
        go(Kind::choose_abort, messages | aborted);
      }
      if (decision == Decision::commit) go(Kind::receive_commit, messages | committed);
      if (decision == Decision::abort) go(Kind::receive_abort, messages | aborted);
    }
  }

  [[nodiscard]] std::uint64_t fingerprint(const State& state) const {
    return mix(canonical(state).bits);
  }
  void encode(const State& state, std::string& bytes) const {
    const std::uint64_t bits = canonical(state).bits;
    for (std::uint32_t shift = 0; shift < 64; shift += 8) {
      bytes.push_back(static_cast<char>(bits >> shift));
    }
  }

  static std::array<std::string_view, 1> invariants() { return {"consistent"}; }
  [[nodiscard]] std::optional<std::uint32_t> violation(const State& state) const {
    const bool is_split = any(state, committed) && any(state, aborted);
    return is_split ? std::optional<std::uint32_t>(0) : std::nullopt;
  }
  static std::array<std::string_view, 2> sometimes() { return {"all_abort", "all_commit"}; }
  [[nodiscard]] std::uint64_t reached(const State& state) const {
    return (all(state, state_mask, aborted) ? 1U : 0U) |
           (all(state, state_mask, committed) ? 2U : 0U);
  }
  [[nodiscard]] bool is_decided(const State& state) const { return reached(state) != 0; }

  /// The state that stands for those of its kind.
  [[nodiscard]] State canonical(const State& state) const {
    if (symmetry_ == Symmetry::none) return state;
    std::array<std::uint32_t, managers_max> fields{};  // what counts first, then who, then all
    for (std::uint32_t manager = 0; manager < managers_; ++manager) {
      const std::uint32_t all_of = of(state, manager);
      const std::uint32_t key = symmetry_ == Symmetry::full ? all_of : all_of & state_mask;
      fields[manager] = key << 8U | manager << 4U | all_of;
    }
    std::sort(fields.begin(), fields.begin() + managers_);
    State sorted = state;
    for (std::uint32_t manager = 0; manager < managers_; ++manager) {
      sorted = with(sorted, manager, fields[manager] & 15U);
    }
    return sorted;
  }

 private:
  static constexpr std::uint32_t state_mask = 3;
  static constexpr std::uint32_t said_bit = 4;
  static constexpr std::uint32_t heard_bit = 8;
  static constexpr std::uint32_t decision_at = 4 * managers_max;

  static std::uint32_t of(const State& state, std::uint32_t manager) {
    return static_cast<std::uint32_t>(state.bits >> 4 * manager) & 15U;
  }
  static State with(const State& state, std::uint32_t manager, std::uint32_t fields) {
    const std::uint64_t mask = std::uint64_t{15} << 4 * manager;
    return {(state.bits & ~mask) | std::uint64_t{fields} << 4 * manager};
  }
  static Decision decided(const State& state) {
    return static_cast<Decision>(state.bits >> decision_at & 3U);
  }
  static State decide(const State& state, std::uint64_t decision) {
    return {state.bits | decision << decision_at};
  }
  [[nodiscard]] bool all(const State& state, std::uint32_t mask, std::uint32_t wanted) const {
    for (std::uint32_t manager = 0; manager < managers_; ++manager) {
      if ((of(state, manager) & mask) != wanted) return false;
    }
    return true;
  }
  [[nodiscard]] bool any(const State& state, std::uint32_t manager_state) const {
    for (std::uint32_t manager = 0; manager < managers_; ++manager) {
      if ((of(state, manager) & state_mask) == manager_state) return true;
    }
    return false;
  }

  std::uint32_t managers_;
  Symmetry symmetry_;
};

}  // namespace synod::explorer
