// Lines that fit a terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace synod {

inline constexpr std::size_t text_width = 100;  ///< columns

/// Broken between words, so that no line is longer than `width` but for a word that is; the first
/// begins with `begin`, the others under it. Ends with a new line.
std::string wrapped(std::string_view begin, std::string_view text, std::size_t width = text_width);

}  // namespace synod
