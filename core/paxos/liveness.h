// How long to wait and when to try again. Nothing here decides what is safe: with any other numbers
// Paxos is as safe, and only slower or stuck. (PMS 2.4: progress needs a proposer that is left
// alone; randomised back-off leaves one alone sooner or later.)
#pragma once

#include <algorithm>
#include <cstdint>

#include "core/duration.h"

namespace synod::paxos {

/// Durations are on the node's own clock. The defaults fit a round trip of some 20 ticks.
struct Timing {
  Duration attempt{80};        ///< a ballot that got no quorum by then is given up for a higher one
  Duration back_off_min{10};   ///< shortest wait after a refusal
  Duration back_off_max{40};   ///< longest wait after the first refusal; doubles with each further
  std::uint32_t tries_max{8};  ///< ballots for one batch of requests before giving up
  std::uint32_t repeats_max{1};  ///< of a ballot's Accept, before the ballot is given up
  Duration deadline{2000};       ///< time for one batch of requests before giving up
  Duration read{80};             ///< time for a quorum read
  Duration catch_up{400};        ///< how often a node that knows no decision asks the others
  static constexpr void fields(auto& self, auto&& visit) {
    visit("attempt", self.attempt);
    visit("back_off_min", self.back_off_min);
    visit("back_off_max", self.back_off_max);
    visit("tries_max", self.tries_max);
    visit("repeats_max", self.repeats_max);
    visit("deadline", self.deadline);
    visit("read", self.read);
    visit("catch_up", self.catch_up);
  }
  bool operator==(const Timing&) const = default;
};

/// With messages and writes that take no longer than this, no attempt ends before what it waits for
/// can have come. Twice over, for clocks that are not quite true; `usual_phase` is what a phase
/// usually takes by the fastest of them.
constexpr Timing timing_for(Duration delay_max, Duration write_max, Duration usual_phase) {
  constexpr Duration slack{20};
  Timing timing;
  // There and back, and a write.
  timing.attempt = std::max((delay_max * 2 + write_max) * 2, usual_phase) + slack;
  timing.read = timing.attempt;
  // A ballot's two attempts, with what rivals and waits between them cost.
  timing.deadline = std::max(timing.deadline, timing.attempt * 5);
  timing.back_off_max = std::max(timing.back_off_max, Duration{timing.attempt.ticks / 9});
  timing.catch_up = std::max(timing.catch_up, timing.attempt);
  return timing;
}

/// Longest wait before the next try, when `refused_before` ballots were refused before this one.
/// Doubling makes room for any number of proposers; the ceiling keeps a try within a deadline's
/// reach.
constexpr Duration back_off_latest(const Timing& timing, std::uint32_t refused_before) {
  constexpr std::uint32_t doublings_max = 4;
  return timing.back_off_max * (1ULL << std::min(refused_before, doublings_max));
}

}  // namespace synod::paxos
