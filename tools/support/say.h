// What is printed for people. On a terminal its lines are no longer than that is wide, and what
// matters most in them has a colour; elsewhere it comes out as it is. What is meant for other
// programs (JSON, Markdown, a format that is exported) is not said but printed.
#pragma once

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace synod {

/// What --color can be.
inline constexpr std::array<std::string_view, 3> color_names = {"auto", "always", "never"};

/// To be called once, before anything is said. `color` is one of those: "auto" is a terminal's,
/// unless the environment has a NO_COLOR that is not empty.
void prepare_to_say(std::string_view color);

/// Whole lines.
void say_lines(std::string_view text);
template <class... T>
void say(fmt::format_string<T...> format, T&&... values) {
  say_lines(fmt::format(format, std::forward<T>(values)...));
}

/// A line (without its end) as a terminal of that width has it: what goes on stands under the text
/// that it belongs to. A command or a path, which somebody may want to copy, stays in one piece.
std::string folded_line(std::string_view line, std::size_t width, std::string_view program);

/// Verdicts, titles, and the line in which it went wrong, marked for a terminal.
std::string colored_line(std::string_view line);

}  // namespace synod
