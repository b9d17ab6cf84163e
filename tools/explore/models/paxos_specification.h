// Lamport's `Paxos.tla` as a model, to hold the search engine against counts that TLC publishes
// (tlaplus/Examples, specifications/Paxos and specifications/PaxosHowToWinATuringAward).
//
// Acceptors and a leader for each ballot share a set of messages that only grows. It is counted as
// TLC counts: every way to make an action true is a successor, also where it changes nothing, as
// sending a phase 1a message again does, and where two quorums lead to the same one.
//
// A state fits 64 bits: an acceptor answers a ballot's phase 1a and phase 2a message at most once
// each, and a ballot has at most one 2a message, so for each of these there is one field.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/luck.h"

namespace synod::explorer {

class PaxosSpecification {
 public:
  /// At most 3 acceptors, 3 ballots and 2 values. Quorums are the majorities.
  struct Sizes {
    std::uint32_t acceptors = 3;
    std::uint32_t ballots = 3;
    std::uint32_t values = 2;
  };

  struct State {
    std::uint64_t bits = 0;
    bool operator==(const State&) const = default;
  };

  enum class Kind : std::uint8_t { phase_1a, phase_1b, phase_2a, phase_2b };
  struct Action {
    Kind kind = Kind::phase_1a;
    std::uint8_t ballot = 0;
    std::uint8_t acceptor = 0;  ///< of phases 1b and 2b
    std::uint8_t value = 0;     ///< of phase 2a
    bool operator==(const Action&) const = default;
  };

  explicit PaxosSpecification(const Sizes& sizes) : sizes_(sizes) {}

  template <class Visit>
  void initial_states(const Visit& visit) const {
    visit(State{});
  }

  template <class Visit>
  void successors(const State& state, const Visit& visit) const {
    for (std::uint32_t ballot = 0; ballot < sizes_.ballots; ++ballot) {
      phase_1a(state, ballot, visit);
      phase_2a(state, ballot, visit);
    }
    for (std::uint32_t acceptor = 0; acceptor < sizes_.acceptors; ++acceptor) {
      phase_1b(state, acceptor, visit);
      phase_2b(state, acceptor, visit);
    }
  }

  /// A bijection: no two states have the same.
  static std::uint64_t fingerprint(const State& state) { return mix(state.bits); }
  static void encode(const State& state, std::string& bytes) {
    for (std::uint32_t shift = 0; shift < 64; shift += 8) {
      bytes.push_back(static_cast<char>(state.bits >> shift));
    }
  }

  static std::array<std::string_view, 1> invariants() { return {"one_value_is_chosen"}; }
  [[nodiscard]] std::optional<std::uint32_t> violation(const State& state) const {
    const std::uint32_t chosen = chosen_values(state);
    return std::has_single_bit(chosen) || chosen == 0 ? std::nullopt
                                                      : std::optional<std::uint32_t>(0);
  }
  static std::array<std::string_view, 1> sometimes() { return {"a_value_is_chosen"}; }
  [[nodiscard]] std::uint64_t reached(const State& state) const {
    return chosen_values(state) != 0 ? 1 : 0;
  }
  [[nodiscard]] bool is_decided(const State& state) const { return chosen_values(state) != 0; }

 private:
  // Where things are. Ballots and values are stored plus one: 0 is none.
  //   bit 0..2   phase 1a messages, by ballot
  //   bit 3..8   phase 2a messages: for each ballot two bits, its value
  //   bit 9..62  for each acceptor 18 bits:
  //              maxBal 2, maxVBal 2, maxVal 2,
  //              phase 1b messages: for each ballot 3 bits, what it reports, plus one
  //              phase 2b messages, by ballot: their value is that of the ballot's 2a message
  static constexpr std::uint32_t two_a_at(std::uint32_t ballot) { return 3 + 2 * ballot; }
  static constexpr std::uint32_t acceptor_at(std::uint32_t acceptor) { return 9 + 18 * acceptor; }
  static constexpr std::uint32_t one_b_at(std::uint32_t acceptor, std::uint32_t ballot) {
    return acceptor_at(acceptor) + 6 + 3 * ballot;
  }
  static constexpr std::uint32_t two_b_at(std::uint32_t acceptor, std::uint32_t ballot) {
    return acceptor_at(acceptor) + 15 + ballot;
  }
  /// What a phase 1b message reports: 0 is no message; beyond `no_vote`, the ballot plus one in the
  /// upper bits and the value in the lowest.
  static constexpr std::uint32_t no_vote = 1;

  static constexpr std::uint32_t get(std::uint64_t bits, std::uint32_t at, std::uint32_t mask) {
    return static_cast<std::uint32_t>(bits >> at) & mask;
  }
  static constexpr std::uint64_t put(std::uint64_t value, std::uint32_t at) { return value << at; }

  template <class Visit>
  void phase_1a(const State& state, std::uint32_t ballot, const Visit& visit) const {
    visit(action(Kind::phase_1a, ballot), State{state.bits | put(1, ballot)});
  }

  template <class Visit>
  void phase_1b(const State& state, std::uint32_t acceptor, const Visit& visit) const {
    const std::uint32_t at = acceptor_at(acceptor);
    const std::uint32_t promised = get(state.bits, at, 3);  // plus one
    for (std::uint32_t ballot = promised; ballot < sizes_.ballots; ++ballot) {
      if (get(state.bits, ballot, 1) == 0) continue;
      const std::uint32_t accepted_ballot = get(state.bits, at + 2, 3);
      const std::uint32_t accepted_value = get(state.bits, at + 4, 3);
      const std::uint32_t report =
          accepted_ballot == 0 ? no_vote : 2 * accepted_ballot + accepted_value - 1;
      const std::uint64_t without = state.bits & ~put(3, at);
      visit(action(Kind::phase_1b, ballot, acceptor),
            State{without | put(ballot + 1, at) | put(report, one_b_at(acceptor, ballot))});
    }
  }

  template <class Visit>
  void phase_2a(const State& state, std::uint32_t ballot, const Visit& visit) const {
    if (get(state.bits, two_a_at(ballot), 3) != 0) return;
    std::array<std::uint32_t, 3> reports{};
    for (std::uint32_t acceptor = 0; acceptor < sizes_.acceptors; ++acceptor) {
      reports[acceptor] = get(state.bits, one_b_at(acceptor, ballot), 7);
    }
    if (sizes_.acceptors == 1) {
      phase_2a(state, ballot, reports[0], std::nullopt, visit);
      return;
    }
    for (std::uint32_t one = 0; one < sizes_.acceptors; ++one) {
      for (std::uint32_t two = one + 1; two < sizes_.acceptors; ++two) {
        phase_2a(state, ballot, reports[one], reports[two], visit);
      }
    }
  }

  /// Of one quorum, given what its acceptors report: any value if none has voted, else that of a
  /// vote of the highest ballot, once for each report of such a vote.
  template <class Visit>
  void phase_2a(const State& state, std::uint32_t ballot, std::uint32_t one,
                std::optional<std::uint32_t> two, const Visit& visit) const {
    const std::uint32_t other = two.value_or(no_vote);
    if (one == 0 || other == 0) return;
    const auto send = [&](std::uint32_t value) {
      visit(action(Kind::phase_2a, ballot, 0, value),
            State{state.bits | put(value + 1, two_a_at(ballot))});
    };
    if (one == no_vote && other == no_vote) {
      for (std::uint32_t value = 0; value < sizes_.values; ++value) {
        send(value);
      }
      return;
    }
    const std::uint32_t highest = std::max(one / 2, other / 2);
    for (const std::uint32_t report : {one, other}) {
      if (report / 2 == highest) send(report % 2);
    }
  }

  template <class Visit>
  void phase_2b(const State& state, std::uint32_t acceptor, const Visit& visit) const {
    const std::uint32_t at = acceptor_at(acceptor);
    const std::uint32_t promised = get(state.bits, at, 3);  // plus one
    const std::uint32_t lowest = promised == 0 ? 0 : promised - 1;
    for (std::uint32_t ballot = lowest; ballot < sizes_.ballots; ++ballot) {
      const std::uint32_t value = get(state.bits, two_a_at(ballot), 3);  // plus one
      if (value == 0) continue;
      const std::uint64_t without = state.bits & ~put(0b111111, at);
      const std::uint64_t vote = put(ballot + 1, at) | put(ballot + 1, at + 2) | put(value, at + 4);
      visit(action(Kind::phase_2b, ballot, acceptor),
            State{without | vote | put(1, two_b_at(acceptor, ballot))});
    }
  }

  /// A bit for each value that a majority has voted for in one ballot.
  [[nodiscard]] std::uint32_t chosen_values(const State& state) const {
    std::uint32_t chosen = 0;
    for (std::uint32_t ballot = 0; ballot < sizes_.ballots; ++ballot) {
      std::uint32_t votes = 0;
      for (std::uint32_t acceptor = 0; acceptor < sizes_.acceptors; ++acceptor) {
        votes += get(state.bits, two_b_at(acceptor, ballot), 1);
      }
      if (2 * votes > sizes_.acceptors) chosen |= get(state.bits, two_a_at(ballot), 3);
    }
    return chosen;
  }

  static Action action(Kind kind, std::uint32_t ballot, std::uint32_t acceptor = 0,
                       std::uint32_t value = 0) {
    return {kind, static_cast<std::uint8_t>(ballot), static_cast<std::uint8_t>(acceptor),
            static_cast<std::uint8_t>(value)};
  }

  Sizes sizes_;
};

}  // namespace synod::explorer
