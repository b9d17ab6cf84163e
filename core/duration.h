// A span of time in ticks, the simulator's unit: think of a tick as a tenth of a millisecond.
#pragma once

#include <compare>
#include <cstdint>

namespace synod {

struct Duration {
  std::uint64_t ticks = 0;
  static constexpr void fields(auto& self, auto&& visit) { visit("ticks", self.ticks); }
  auto operator<=>(const Duration&) const = default;
};

constexpr Duration operator+(Duration a, Duration b) { return {a.ticks + b.ticks}; }
constexpr Duration operator*(Duration a, std::uint64_t factor) { return {a.ticks * factor}; }

}  // namespace synod
