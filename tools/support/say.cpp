#include "tools/support/say.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "scenarios/words/wrapped.h"
#include "tools/support/program_name.h"

namespace synod {
namespace {

constexpr std::size_t width_min = 40;

struct Terminal {
  bool is_one = false;
  bool has_color = false;
  std::size_t width = 0;
};
Terminal& terminal() {
  static Terminal terminal;
  return terminal;
}

/// Of the terminal that standard output is; 0 where nobody knows.
std::size_t columns_of_terminal() {
  winsize size{};
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

/// Where what goes on begins: under the last of the columns that are in the left part of the line.
std::size_t hanging(std::string_view line, std::size_t width) {
  const std::size_t text = std::min(line.find_first_not_of(' '), line.size());
  std::size_t column = text;
  for (std::size_t gap = line.find("  ", text); gap != std::string_view::npos;) {
    const std::size_t next = std::min(line.find_first_not_of(' ', gap), line.size());
    const std::size_t at = columns_of(line.substr(0, next));
    if (at > width * 7 / 10 || next == line.size()) {
      break;
    }
    column = next;
    gap = line.find("  ", next);
  }
  return column;
}

constexpr std::string_view red = "\x1b[1;31m";
constexpr std::string_view green = "\x1b[32m";
constexpr std::string_view yellow = "\x1b[33m";
constexpr std::string_view bold = "\x1b[1m";
constexpr std::string_view plain = "\x1b[0m";

struct Marked {
  std::string_view word;
  std::string_view color;
};
constexpr auto verdicts = std::to_array<Marked>({{"violated", red},
                                                 {"holds", green},
                                                 {"inconclusive", yellow},
                                                 {"warning", yellow},
                                                 {"error", red},
                                                 {"interrupted", yellow},
                                                 {"skipped", yellow}});
constexpr auto titles = std::to_array<std::string_view>(
    {"The wrong step", "The first difference", "The rule", "What happened", "What contradicts what",
     "The steps that led to it", "The smallest part"});

}  // namespace

void prepare_to_say(std::string_view color) {
  Terminal& ours = terminal();
  ours.is_one = isatty(STDOUT_FILENO) != 0;
  const char* const no_color = std::getenv("NO_COLOR");
  const bool may_color = no_color == nullptr || *no_color == '\0';
  ours.has_color = color == "always" || (color == "auto" && ours.is_one && may_color);
  const std::size_t columns = ours.is_one ? columns_of_terminal() : 0;
  ours.width = columns == 0 ? 0 : std::max(columns, width_min);
  if (ours.width != 0) {
    set_line_width(std::min(ours.width, line_width()));
  }
}

void say_lines(std::string_view text) {
  const Terminal& ours = terminal();
  if (!ours.has_color && ours.width == 0) {
    fmt::print("{}", text);
    return;
  }
  std::string shown;
  for (const std::string& line : lines_of(text)) {
    const std::string folded =
        ours.width == 0 ? line : folded_line(line, ours.width, program_as_typed());
    shown += (ours.has_color ? colored_line(folded) : folded) + "\n";
  }
  fmt::print("{}", shown);
}

std::string folded_line(std::string_view line, std::size_t width, std::string_view program) {
  if (columns_of(line) <= width) {
    return std::string(line);
  }
  const std::size_t column = hanging(line, width);
  const std::string_view text = line.substr(column);
  const bool is_command = !program.empty() && text.starts_with(program);
  if (is_command || text.find(' ') == std::string_view::npos) {
    return std::string(line);
  }
  // In front of it there may be characters of several bytes.
  const std::size_t indent = columns_of(line.substr(0, column));
  std::string folded = wrapped(std::string(indent, ' '), text, width);
  folded.replace(0, indent, line.substr(0, column));
  folded.pop_back();
  return folded;
}

std::string colored_line(std::string_view line) {
  constexpr std::string_view verdict = "verdict       ";
  const std::size_t begin = line.starts_with(verdict) ? verdict.size() : 0;
  for (const auto& [word, color] : verdicts) {
    const std::string_view rest = line.substr(begin);
    if (rest.starts_with(word) &&
        (rest.size() == word.size() || rest[word.size()] == ' ' || rest[word.size()] == ':')) {
      return fmt::format("{}{}{}{}{}", line.substr(0, begin), color, word, plain,
                         rest.substr(word.size()));
    }
  }
  if (std::any_of(titles.begin(), titles.end(),
                  [&](std::string_view title) { return line.starts_with(title); })) {
    return fmt::format("{}{}{}", bold, line, plain);
  }
  const std::size_t text = line.find_first_not_of(' ');
  const bool went_wrong = text != std::string_view::npos && line.substr(text).starts_with("* ") &&
                          line.ends_with(" is violated");
  return went_wrong ? fmt::format("{}{}{}{}", line.substr(0, text), red, line.substr(text), plain)
                    : std::string(line);
}

}  // namespace synod
