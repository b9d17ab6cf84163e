// Worlds that differ only in how high their ballots have risen, for finding what goes on for ever.
//
// Two proposers that outbid each other come to higher and higher rounds, and never to a state in
// which they were. But to one that is the same *up to a shift*: write s+k for the world s with k
// added to the round of every ballot in it (a node's, a disk's, a message's; none stays none).
//
// Why a way from s to s+k, k > 0, can be gone for ever. A protocol only compares ballots, copies
// them, and makes its next one by adding 1 to the highest round that it knows; none is below all
// others, and stays so when k is added to these. So each handler f has f(s+k, m+k) = f(s, m)+k, and
// whatever step leads from s to t, the step with k added to its message's ballots leads from s+k to
// t+k. By induction over its steps, the way from s to s+k leads, k added, from s+k to s+2k, and so
// on. What was not in the way when it was found (a bound on the search) is not in the way later.
//
// One number breaks this, and is left away too: how many ballots a proposer has tried. It makes no
// choice but when to tell its client "I do not know", who then asks again. So the loop is one for
// proposers of enough patience, or for clients who do not give up.
//
// No witness is part of it: what it remembers only grows, and no step depends on it.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "core/ballot.h"
#include "core/fields.h"
#include "sim/world/world.h"

namespace synod {

/// Says so the protocol of itself, with `static constexpr bool compares_rounds_only = true`? It is
/// what the above rests on; and that it compares values only for being the same, and that what one
/// node does depends on its own state and input alone, so that neither symmetry (renamings.h) nor
/// sleep sets (sleep_sets.h) lose anything. Nobody can check it for a protocol that does not say
/// it.
template <class P>
concept ComparesRoundsOnly = requires { requires P::compares_rounds_only; };

/// Has the protocol attempts that are numbered, and calls one by this name? It says so with
/// `static constexpr std::string_view round_name = "ballot"`, and then a search has a bound on
/// them. Their numbers are those of ballots, and fields that say so (`visit_round`).
template <class P>
inline constexpr std::string_view round_name_of = [] {
  if constexpr (requires { P::round_name; }) {
    return std::string_view(P::round_name);
  } else {
    return std::string_view();
  }
}();

/// The highest round within what it was given.
struct HighestRound {
  std::uint32_t highest = 0;
  void operator()(std::string_view /*name*/, const auto& field) { add(field); }
  void round(std::unsigned_integral auto number) {
    highest = std::max(highest, static_cast<std::uint32_t>(number));
  }
  template <class T>
  void add(const T& value) {
    if constexpr (std::same_as<T, Ballot>) {
      round(value.round);
    } else if constexpr (std::same_as<T, Vote>) {
      round(value.ballot.round);
    } else if constexpr (HasFields<T>) {
      T::fields(value, *this);
    } else {
      for_each_part(value, [this](const auto& part) { this->add(part); });
    }
  }
};
/// 0 where there is none.
template <class Node>
std::uint32_t highest_round(const Node& node) {
  HighestRound rounds;
  rounds.add(node);
  return rounds.highest;
}

/// Calls `on_round(round)` for the round of every ballot within a value and whatever else it says
/// to be one (`visit_round` in core/fields.h), and `on_tries(tries)` for every number of tries.
template <class OnRound, class OnTries>
struct RoundVisitor {
  const OnRound& on_round;
  const OnTries& on_tries;

  void operator()(std::string_view /*name*/, auto& field) const { visit(field); }
  template <std::unsigned_integral Number>
  void round(Number& number) const {
    if (number > 0) {
      auto round = static_cast<std::uint32_t>(number);
      on_round(round);
      number = static_cast<Number>(round);
    }
  }
  template <std::unsigned_integral Number>
  void tries(Number& number) const {
    auto tries = static_cast<std::uint32_t>(number);
    on_tries(tries);
    number = static_cast<Number>(tries);
  }

  template <class T>
  void visit(T& value) const {
    if constexpr (std::same_as<T, Ballot>) {
      round(value.round);
    } else if constexpr (std::same_as<T, Vote>) {
      visit(value.ballot);
    } else if constexpr (HasFields<T>) {
      T::fields(value, *this);
    } else if constexpr (Sorted<T>) {
      visit_sorted(value);
    } else {
      for_each_part(value, [this](auto& part) { this->visit(part); });
    }
  }

 private:
  /// What is in order is put there anew.
  template <class T>
  void visit_sorted(T& sorted) const {
    const T before = std::move(sorted);
    sorted.clear();
    for (const auto& element : before) {
      if constexpr (Mapping<T>) {
        std::pair<typename T::key_type, typename T::mapped_type> changed = element;
        visit(changed);
        sorted.insert(std::move(changed));
      } else {
        typename T::value_type changed = element;
        visit(changed);
        sorted.insert(std::move(changed));
      }
    }
  }
};

/// Visits the rounds of a world. Packets in flight cannot be changed in place, so they are put
/// there anew, in the order of `order`.
template <Protocol P, class OnRound, class OnTries>
void visit_rounds(World<P>& world, std::vector<typename InFlight<P>::Slot>& order,
                  const OnRound& on_round, const OnTries& on_tries) {
  const RoundVisitor<OnRound, OnTries> rounds{on_round, on_tries};
  const auto visit = [&](auto& part) { rounds.visit(part); };
  for (const NodeId node : world.node_ids()) {
    visit(world[node].node);
    visit(world[node].disk);
  }
  for (PendingWrite<P>& write : world.writes) {
    visit(write.state);
  }
  for (HeldPacket<P>& held : world.held) {
    visit(held.packet.payload);
  }
  std::vector<Packet<P>> packets;
  packets.reserve(order.size());
  for (const auto slot : order) {
    visit(packets.emplace_back(world.in_flight[slot]).payload);
  }
  world.in_flight.clear();
  for (std::size_t i = 0; i < order.size(); ++i) {
    order[i] = world.in_flight.insert(packets[i]);
  }
}

/// Takes away as much from every round as leaves the lowest at 1. Returns how many rounds there are
/// from the lowest to the highest; 0 where there are none.
template <Protocol P>
std::uint32_t forget_height(World<P>& world, std::vector<typename InFlight<P>::Slot>& order) {
  std::uint32_t lowest = UINT32_MAX;
  std::uint32_t highest = 0;
  const auto look = [&](std::uint32_t round) {
    lowest = std::min(lowest, round);
    highest = std::max(highest, round);
  };
  visit_rounds(world, order, look, [](std::uint32_t& tries) { tries = 0; });
  if (highest == 0) {
    return 0;
  }
  visit_rounds(
      world, order, [&](std::uint32_t& round) { round -= lowest - 1; }, [](std::uint32_t&) {});
  return highest - lowest + 1;
}

}  // namespace synod
