// What can be said of a run or a campaign. Three, never two: that nothing happened is not that all
// is well.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace synod {

enum class Verdict : std::uint8_t { holds, violated, inconclusive };

inline constexpr std::array<std::string_view, 3> verdict_names = {"holds", "violated",
                                                                  "inconclusive"};
constexpr std::string_view to_text(Verdict verdict) {
  return verdict_names[static_cast<std::size_t>(verdict)];
}

/// The exit status of every verb; 2 is bad usage or input.
constexpr int exit_status(Verdict verdict) {
  constexpr std::array<int, 3> statuses = {0, 1, 3};
  return statuses[static_cast<std::size_t>(verdict)];
}

}  // namespace synod
