// Two small searches of each of our own protocols, and what they count. They must be the same with
// every compiler, number of workers and way to store states, so they stand here as they are.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "scenarios/explore/bounds.h"

namespace synod {

struct CountedSpace {
  std::string_view name;
  std::string_view protocol;
  std::uint32_t nodes;
  std::uint32_t clients;
  ExploreBounds bounds;
  std::uint64_t distinct;
  std::uint64_t generated;  ///< initial states and all successors, each time one was met
  std::uint32_t depth;      ///< states on a shortest path to the farthest
};

inline constexpr ExploreBounds one_ballot{.rounds_max = 1};
inline constexpr ExploreBounds time_outs{.timeouts_max = 1};
inline constexpr ExploreBounds fail_stop{
    .timeouts_max = 3, .crashes_max = 1, .timeouts = Timeouts::truth};

inline constexpr std::array<CountedSpace, 8> counted_spaces = {{
    {"paxos, 3 nodes", "paxos", 3, 1, one_ballot, 2789, 6886, 26},
    {"paxos, 2 nodes, 2 clients", "paxos", 2, 2, one_ballot, 2698, 5967, 37},
    {"2PC, 3 nodes", "two_phase_commit", 3, 1, time_outs, 9980, 31035, 26},
    {"2PC, 3 nodes, a crash",
     "two_phase_commit",
     3,
     1,
     {.crashes_max = 1, .restarts_max = 1},
     7925,
     28300,
     27},
    {"3PC, 2 nodes", "three_phase_commit", 2, 1, fail_stop, 1238, 2669, 24},
    {"3PC, 3 nodes", "three_phase_commit", 3, 1, fail_stop, 23628, 84009, 36},
    {"Paxos Commit, 2 nodes", "paxos_commit", 2, 1, {}, 722, 1339, 24},
    {"Paxos Commit, 2 nodes, a loss", "paxos_commit", 2, 1, {.losses_max = 1}, 1527, 3475, 24},
}};

}  // namespace synod
