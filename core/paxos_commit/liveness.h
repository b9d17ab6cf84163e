// How long to wait and when to try again. Nothing here decides what is safe: with any other numbers
// Paxos Commit is as safe, and only slower, stuck, or quicker to abort.
//
// Any node that knows of the transaction may come to lead, and none gives up before it knows the
// decision. (Gray and Lamport A.3: "Since leader selection is not assumed to be reliable, multiple
// processes could simultaneously consider themselves to be the leader." As in Paxos, progress needs
// one that is left alone, and randomised back-off leaves one alone sooner or later.)
#pragma once

#include <algorithm>
#include <cstdint>

#include "core/duration.h"

namespace synod::paxos_commit {

/// Durations are on the node's own clock. The defaults fit a round trip of some 20 ticks; what fits
/// others, `timing_for` says.
struct Timing {
  Duration votes{120};        ///< time for the coordinator to hear of every vote
  Duration take_over{200};    ///< time for any other node to hear of a decision; up to twice that
  Duration attempt{80};       ///< time for one phase of a ballot
  Duration back_off_min{10};  ///< shortest wait after a refusal
  Duration back_off_max{80};  ///< longest wait after the first refusal; doubles with each further
  Duration catch_up{400};     ///< how often a node that knows no decision asks the others
  static constexpr void fields(auto& self, auto&& visit) {
    visit("votes", self.votes);
    visit("take_over", self.take_over);
    visit("attempt", self.attempt);
    visit("back_off_min", self.back_off_min);
    visit("back_off_max", self.back_off_max);
    visit("catch_up", self.catch_up);
  }
  bool operator==(const Timing&) const = default;
};

/// With messages and writes that take no longer than this, and true clocks, no time runs out before
/// what it is meant for. Twice over, for clocks that are not quite true.
constexpr Timing timing_for(Duration delay_max, Duration write_max) {
  constexpr Duration slack{20};
  Timing timing;
  // Request, Accept and Accepted; the vote and the acceptor's state.
  timing.votes = (delay_max * 3 + write_max * 2) * 2 + slack;
  // Begin before them, and Decide after them.
  timing.take_over = (delay_max * 5 + write_max * 2) * 2 + slack;
  // There and back; one's own earlier writes and the acceptor's.
  timing.attempt = (delay_max * 2 + write_max * 2) * 2 + slack;
  timing.back_off_max = std::max(timing.back_off_max, timing.attempt);
  timing.catch_up = std::max(timing.catch_up, timing.take_over * 2);
  return timing;
}

/// Longest wait before the next ballot, when `refused_before` were refused before this one.
/// Doubling makes room for any number of leaders. The ceiling makes room for every node of the
/// largest cluster, each with a ballot of two phases.
constexpr Duration back_off_latest(const Timing& timing, std::uint32_t refused_before) {
  constexpr std::uint32_t doublings_max = 5;
  return timing.back_off_max * (1ULL << std::min(refused_before, doublings_max));
}

}  // namespace synod::paxos_commit
