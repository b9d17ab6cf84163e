// How a run ends.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace synod {

enum class Ending : std::uint8_t {
  healed,       ///< everything is repaired, no new faults: a decision must come in time
  broken,       ///< what is broken stays broken: only safety is judged
  survivors,    ///< who is down stays down, all else is repaired: those who are up must decide in
                ///< time
  partitioned,  ///< some cuts of links stay, all else is repaired: who reaches enough others both
                ///< ways must decide in time (sim/world/reach.h)
};

inline constexpr std::array<std::string_view, 4> ending_names = {"healed", "broken", "survivors",
                                                                 "partitioned"};

}  // namespace synod
