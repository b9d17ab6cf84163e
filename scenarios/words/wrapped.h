// Text in lines, for a terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace synod {

/// Of lines for people, in columns: 100, or fewer where a narrower terminal shows them.
std::size_t line_width();
void set_line_width(std::size_t columns);

/// So many does it take: a character one, of which only the first byte counts.
std::size_t columns_of(std::string_view text);

/// Broken between words, so that no line is longer than `width` but for a word that is; the first
/// begins with `begin`, the others under it. Ends with a new line.
std::string wrapped(std::string_view begin, std::string_view text,
                    std::size_t width = line_width());

/// Without their ends.
std::vector<std::string> lines_of(std::string_view text);

}  // namespace synod
