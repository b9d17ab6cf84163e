// Virtual time: what an all-seeing observer's clock shows. Nodes see their own clock only.
#pragma once

#include <compare>
#include <cstdint>

#include "core/duration.h"

namespace synod {

struct Time {
  std::uint64_t ticks = 0;  ///< since the start of the run; below 2^46
  static constexpr void fields(auto& self, auto&& visit) { visit("ticks", self.ticks); }
  auto operator<=>(const Time&) const = default;
};

/// What the longest durations add up to, and what clocks can still multiply by their rates.
inline constexpr std::uint64_t time_ticks_max = (1ULL << 46) - 1;

constexpr Time operator+(Time time, Duration duration) { return {time.ticks + duration.ticks}; }

/// The longest that any of a configuration's durations may be.
inline constexpr Duration duration_max{1'000'000'000};

}  // namespace synod
