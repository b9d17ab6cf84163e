// What the swarm (sim/world/swarm.h) draws the fields of every fault with.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "core/duration.h"
#include "sim/luck.h"
#include "sim/time.h"

namespace synod::faults {

template <class T, std::size_t N>
const T& pick(Draws& draws, const std::array<T, N>& choices) {
  return choices[draws.below(N)];
}

constexpr DurationRange range(std::uint64_t min, std::uint64_t max) { return {{min}, {max}}; }

constexpr DurationRange at_most_the_longest(DurationRange range) {
  return {std::min(range.min, duration_max), std::min(range.max, duration_max)};
}

/// How one run is mixed: which kinds of fault there are at all, and how long everything takes.
class Mix {
 public:
  explicit Mix(Draws draws) : is_storm_(draws.chance({5, 8})) {}

  [[nodiscard]] bool is_storm() const { return is_storm_; }
  /// Is a kind of fault among the few of this run? Each by itself; a storm has nearly all.
  [[nodiscard]] bool has(Draws& draws, Ratio share) const {
    const std::uint32_t place = draws.below(share.denominator * 8);
    return is_storm_ ? place < share.denominator * 7 : place < share.numerator * 8;
  }
  /// Of rates that rise: in a storm one of the lower ones, so that something still gets done.
  template <std::size_t N>
  [[nodiscard]] Ratio rate(Draws& draws, const std::array<Ratio, N>& rates) const {
    return rates[draws.below(is_storm_ ? N - 1 : N)];
  }

  /// What a message and a write may take: everything else takes its time in proportion, so that in
  /// a slow world, too, clients meet, and faults come before all is over.
  void set_hop(Duration hop) { pace_ = hop.ticks + back_off; }
  /// As many ticks as it says, and one, where a hop takes 30 of them.
  [[nodiscard]] DurationRange paced(std::uint64_t min, std::uint64_t max) const {
    const auto paced = [&](std::uint64_t ticks) { return 1 + ticks * pace_ / pace_one; };
    return at_most_the_longest({{paced(min)}, {paced(max)}});
  }

 private:
  static constexpr std::uint64_t back_off =
      15;  ///< a part of a ballot that is as long in any world
  static constexpr std::uint64_t pace_one = 30 + back_off;

  bool is_storm_;
  std::uint64_t pace_ = pace_one;
};

/// In a storm what goes wrong is soon over.
inline void draw_short_spells(const Mix& mix, Draws& draws, DurationRange& interval,
                              DurationRange& duration) {
  interval = mix.paced(0, 100 + draws.below(200));
  duration = mix.paced(0, 60 + draws.below(120));
}

}  // namespace synod::faults
