#include "tools/explore/search/search_result.h"

#include <array>

namespace synod::explorer {

std::string_view to_text(End end) {
  constexpr std::array<std::string_view, 6> names = {"exhausted", "violation", "depth",
                                                     "memory",    "time",      "interrupt"};
  return names[static_cast<std::size_t>(end)];
}

}  // namespace synod::explorer
