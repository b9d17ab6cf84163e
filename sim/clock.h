// A node's own clock: it may run fast or slow, and it may jump.
#pragma once

#include <algorithm>
#include <cstdint>

#include "sim/time.h"

namespace synod {

/// Local time as a node reads it. Signed, because a clock may be behind the start of the run.
struct LocalTime {
  std::int64_t ticks = 0;
  static constexpr void fields(auto& self, auto&& visit) { visit("ticks", self.ticks); }
  auto operator<=>(const LocalTime&) const = default;
};

/// local = local_at_base + (now - base) * rate / rate_one. Integers only.
struct Clock {
  static constexpr std::uint32_t rate_one = 1024;  ///< a true clock
  static constexpr std::uint32_t rate_min = rate_one / 4;
  static constexpr std::uint32_t rate_max = rate_one * 4;

  Time base;
  LocalTime local_at_base;
  std::uint32_t rate = rate_one;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("base", self.base);
    visit("local_at_base", self.local_at_base);
    visit("rate", self.rate);
  }

  [[nodiscard]] constexpr LocalTime read(Time now) const {
    return {local_at_base.ticks +
            static_cast<std::int64_t>((now.ticks - base.ticks) * rate / rate_one)};
  }
  /// The first moment, not before `now`, at which this clock shows `local` or later.
  [[nodiscard]] constexpr Time when(LocalTime local, Time now) const {
    if (local.ticks <= local_at_base.ticks) {
      return std::max(base, now);
    }
    const auto local_ticks = static_cast<std::uint64_t>(local.ticks - local_at_base.ticks);
    return std::max(Time{base.ticks + (local_ticks * rate_one + rate - 1) / rate}, now);
  }
  constexpr void skew(Time now, std::uint32_t new_rate, std::int64_t jump_ticks) {
    local_at_base = {read(now).ticks + jump_ticks};
    base = now;
    rate = new_rate;
  }
  bool operator==(const Clock&) const = default;
};

}  // namespace synod
