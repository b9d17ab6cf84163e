// How a run ends.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace synod {

enum class Ending : std::uint8_t {
  healed,     ///< everything is repaired, no new faults: a decision must come in time
  broken,     ///< what is broken stays broken: only safety is judged
  survivors,  ///< who is down stays down, all else is repaired: those who are up must decide in
              ///< time
};

inline constexpr std::array<std::string_view, 3> ending_names = {"healed", "broken", "survivors"};

}  // namespace synod
