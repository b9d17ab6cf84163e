// Virtual time: what an all-seeing observer's clock shows. Nodes see their own clock only.
#pragma once

#include <compare>
#include <cstdint>

#include "core/duration.h"

namespace synod {

struct Time {
  std::uint64_t ticks = 0;  ///< since the start of the run; below 2^40
  auto operator<=>(const Time&) const = default;
};

inline constexpr std::uint64_t time_ticks_max = (1ULL << 40) - 1;

constexpr Time operator+(Time time, Duration duration) { return {time.ticks + duration.ticks}; }

}  // namespace synod
