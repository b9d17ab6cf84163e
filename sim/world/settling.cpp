#include "sim/world/settling.h"

#include <algorithm>

#include "sim/clock.h"

namespace synod {
namespace {

Duration scaled(Duration duration, std::uint64_t numerator, std::uint64_t denominator) {
  return {(duration.ticks * numerator + denominator - 1) / denominator};
}

/// Two phases there and back, their writes, and a back-off, by true clocks.
Duration ballot(const Configuration& c) { return c.delay.max * 4 + c.disk.max * 2 + Duration{20}; }

/// The same by the clocks that there may be: a slow one makes its node wait longer, and for a fast
/// one all wait longer.
Duration longest_ballot(const Configuration& c) {
  const Duration longest = on_fastest_clock(c, ballot(c));
  constexpr std::uint64_t slow = Clock::rate_one / 2;
  const std::uint32_t slowest = clock_rates(c).slowest;
  return slowest < slow ? scaled(longest, slow, slowest) : longest;
}

}  // namespace

Duration on_fastest_clock(const Configuration& c, Duration true_ticks) {
  constexpr std::uint64_t fast = std::uint64_t{Clock::rate_one} * 2;
  const std::uint32_t fastest = clock_rates(c).fastest;
  return fastest > fast ? scaled(true_ticks, fastest, fast) : true_ticks;
}

Duration usual_phase(const Configuration& c) {
  const Duration usual = c.delay.min + c.delay.max + c.disk.min + c.disk.max;
  return scaled(usual, clock_rates(c).fastest, Clock::rate_one);
}

DurationRange patience_when_settling(const Configuration& c) {
  const Duration hop = c.delay.max + c.disk.max;
  const Duration longest = std::max(Duration{5000}, longest_ballot(c) * 100);
  DurationRange patience = c.client_timeout;
  if (patience.max * 2 < hop * 5) {  // there and back, and then some
    patience = {hop * 2 + Duration{1}, hop * 4};
  } else if (patience.max > longest) {
    patience = {std::min(patience.min, longest), longest};
  }
  return patience;
}

Duration progress_needed(const Configuration& c) {
  constexpr std::uint64_t ballots = 200;
  constexpr std::uint32_t attempts = 4;  // of a client whose request was lost before
  return longest_ballot(c) * ballots +
         patience_when_settling(c).max * std::min(c.attempts_max, attempts);
}

Duration progress_given(const Configuration& c) {
  return c.progress.ticks > 0 ? c.progress : progress_needed(c);
}

bool has_too_little_time(const Configuration& c) {
  return c.progress.ticks > 0 && c.progress < progress_needed(c);
}

}  // namespace synod
