// All luck comes from here: a draw is a function of (seed, stream, entity, index).
//
// Counter-based (as in Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011), so that
// a draw more in one place moves nothing elsewhere. Integers and exact ratios only, the same on
// every machine and compiler.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/duration.h"

namespace synod {

/// One stream a purpose.
enum class Stream : std::uint8_t {
  configuration,
  delay,
  drop,
  duplicate,
  timer,
  disk,
  crash,
  cut,
  pause,
  skew,
  client,
  ending,
  solo,
  slow_link,
  transaction,
  crash_at_write,
  slow_kind,
  hold,
  shuffle,
  variation,
  options,
  asked_for,
  fail_write,
  by_name,  // whatever has a name of its own for it (see `entity_of`), as faults that are new
  count,    // new streams go before this: the order is part of what a seed means
};

/// For `Stream::by_name`: as many entities as there are names (FNV-1a).
constexpr std::uint32_t entity_of(std::string_view name) {
  std::uint32_t hash = 2166136261;
  for (const char c : name) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  }
  return hash;
}

/// The finaliser of SplitMix64: a bijection in which every input bit moves about half the output.
constexpr std::uint64_t mix(std::uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

/// An exact ratio. 0/1 is never, 1/1 is always.
struct Ratio {
  std::uint32_t numerator = 0;
  std::uint32_t denominator = 1;
  [[nodiscard]] constexpr bool is_zero() const { return numerator == 0; }
  bool operator==(const Ratio&) const = default;
};

/// Both bounds belong to the range.
struct DurationRange {
  Duration min;
  Duration max;
  bool operator==(const DurationRange&) const = default;
};

class Luck {
 public:
  Luck() = default;
  explicit constexpr Luck(std::uint64_t seed) {
    for (std::uint64_t stream = 0; stream < static_cast<std::uint64_t>(Stream::count); ++stream) {
      keys_[stream] = mix(mix(seed + golden) ^ (stream * golden));
    }
  }

  [[nodiscard]] constexpr std::uint64_t draw(Stream stream, std::uint32_t entity,
                                             std::uint32_t index) const {
    const std::uint64_t counter = (static_cast<std::uint64_t>(entity) << 32U) | index;
    return mix(keys_[static_cast<std::size_t>(stream)] + counter * golden);
  }

 private:
  static constexpr std::uint64_t golden = 0x9e3779b97f4a7c15ULL;
  std::uint64_t keys_[static_cast<std::size_t>(Stream::count)] = {};
};

/// The draws of one entity in one stream, one after the other.
class Draws {
 public:
  constexpr Draws(const Luck& luck, Stream stream, std::uint32_t entity, std::uint32_t index = 0)
      : luck_(luck), stream_(stream), entity_(entity), index_(index) {}

  [[gnu::always_inline]] constexpr std::uint64_t next() {
    return luck_.draw(stream_, entity_, index_++);
  }
  /// 0 … count - 1. The bias is below count / 2^32 (Lemire's multiplication without rejection, so
  /// that a draw is always one draw).
  [[gnu::always_inline]] constexpr std::uint32_t below(std::uint32_t count) {
    return static_cast<std::uint32_t>(((next() >> 32U) * count) >> 32U);
  }
  [[gnu::always_inline]] constexpr bool chance(Ratio ratio) {
    return below(ratio.denominator) < ratio.numerator;
  }
  [[gnu::always_inline]] constexpr Duration within(DurationRange range) {
    const std::uint64_t width = range.max.ticks - range.min.ticks + 1;
    if (width > UINT32_MAX) [[unlikely]] {
      return {range.min.ticks + below_wide(width)};
    }
    return {range.min.ticks + below(static_cast<std::uint32_t>(width))};
  }
  [[nodiscard]] constexpr std::uint32_t index() const { return index_; }

 private:
  /// 0 … count - 1 for a count of more than 32 bits, from one draw as well. The bias is below
  /// count / 2^64.
  constexpr std::uint64_t below_wide(std::uint64_t count) {
    const std::uint64_t draw = next();
    const std::uint64_t low = (draw & UINT32_MAX) * (count >> 32U);
    const std::uint64_t high = (draw >> 32U) * (count & UINT32_MAX);
    const std::uint64_t lowest = ((draw & UINT32_MAX) * (count & UINT32_MAX)) >> 32U;
    const std::uint64_t carry = (lowest + (low & UINT32_MAX) + (high & UINT32_MAX)) >> 32U;
    return (draw >> 32U) * (count >> 32U) + (low >> 32U) + (high >> 32U) + carry;
  }

  const Luck& luck_;
  Stream stream_;
  std::uint32_t entity_;
  std::uint32_t index_;
};

}  // namespace synod
