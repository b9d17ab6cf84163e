// Fingerprints of states that are written as bytes.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "sim/luck.h"

namespace synod {

/// At most eight bytes as a number, the same whatever the processor's byte order.
inline std::uint64_t word_at(std::string_view bytes) {
  std::uint64_t word = 0;
  if constexpr (std::endian::native == std::endian::little) {
    std::memcpy(&word, bytes.data(), bytes.size());
  } else {
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      word |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
    }
  }
  return word;
}

/// Every word is mixed well: what differs in few bits of several must not cancel out. Four lanes,
/// because the processor can work on as many at once.
inline std::uint64_t hash_of_bytes(std::string_view bytes, std::uint64_t seed) {
  constexpr std::size_t lane_count = 4;
  constexpr std::size_t row = 8 * lane_count;
  std::array<std::uint64_t, lane_count> lanes = {mix(seed ^ (bytes.size() << 8U)), 1, 2, 3};
  std::size_t at = 0;
  for (; at + row <= bytes.size(); at += row) {
    for (std::size_t lane = 0; lane < lane_count; ++lane) {
      lanes[lane] = mix(lanes[lane] ^ word_at({bytes.data() + at + 8 * lane, 8}));
    }
  }
  std::uint64_t hash = 0;
  for (const std::uint64_t lane : lanes) {
    hash = mix(hash ^ lane);
  }
  for (; at < bytes.size(); at += 8) {
    hash = mix(hash ^ word_at(bytes.substr(at, 8)));
  }
  return hash;
}

}  // namespace synod
