// Within what an exhaustive search looks. Every bound is part of what its verdict says.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace synod {

/// What becomes of the messages in flight.
enum class Network : std::uint8_t {
  ordered,    ///< those from one node to another arrive in the order in which they were sent
  unordered,  ///< each arrives once, in any order
  set,        ///< a message that equals one in flight adds nothing
};
inline constexpr std::array<std::string_view, 3> network_names = {"ordered", "unordered", "set"};

/// When a timer may fire.
enum class Timeouts : std::uint8_t {
  any,    ///< whenever it is armed: nodes may take each other for dead that are only slow
  truth,  ///< when nothing is under way, the earliest first: whoever is silent then is dead
};
inline constexpr std::array<std::string_view, 2> timeouts_names = {"any", "true"};

/// What clients ask.
enum class Requests : std::uint8_t {
  own,     ///< client i writes value i, at node i (counted round and round)
  writes,  ///< one after the other in the order of their numbers, each writes its value at any node
  any,     ///< as `writes`, and they may also read
};
inline constexpr std::array<std::string_view, 3> requests_names = {"own", "writes", "any"};

struct ExploreBounds {
  static constexpr std::uint32_t unlimited = UINT32_MAX;

  std::uint32_t rounds_max = 2;    ///< the highest that a node may begin (rounds.h)
  std::uint32_t timeouts_max = 0;  ///< timers that fire and begin no round, in all
  std::uint32_t crashes_max = 0;   ///< in all, as the next ones
  std::uint32_t restarts_max = 0;
  std::uint32_t losses_max = 0;  ///< of messages between nodes
  std::uint32_t duplicates_max = 0;
  std::uint32_t requests_max = 1;  ///< of each client, the next when the one before is answered
  std::uint32_t abandons_max = 0;  ///< requests given up by their clients, who then make another
  std::uint32_t retries_max = 0;   ///< of clients that wait and ask the same again, at any node
  std::uint32_t failed_writes_max = 0;  ///< times that what a node has in line fails
  std::uint32_t cuts_max = 0;           ///< one way each, from one group of nodes to the rest
  std::uint32_t crash_effects_max =
      0;  ///< effects of a node's next handlers after which it crashes
  Network network = Network::unordered;
  Timeouts timeouts = Timeouts::any;
  Requests requests = Requests::own;
  bool has_slow_writes = false;  ///< a write may take its time though no crash could lose it
  bool has_symmetry = false;     ///< what is interchangeable is taken for one another (renamings.h)

  /// Nothing can tell when a write finishes but the witness. Then it finishes at once.
  [[nodiscard]] bool are_writes_instant() const {
    return crashes_max == 0 && failed_writes_max == 0 && !has_slow_writes;
  }
};

/// Most of each, but for `unlimited`. What of them is spent is counted in eight bits (situation.h).
inline constexpr std::uint32_t explore_budget_max = 100;
inline constexpr std::uint32_t explore_crash_effects_max = 32;

/// As much of everything as can be counted, for who follows a run and searches nothing.
ExploreBounds widest_bounds();

/// Empty when a search can keep to these bounds; otherwise which of them is too large.
std::string validate(const ExploreBounds& bounds);

}  // namespace synod
