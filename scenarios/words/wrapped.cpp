#include "scenarios/words/wrapped.h"

#include <algorithm>

namespace synod {

static std::size_t width_of_lines = 100;

std::size_t line_width() { return width_of_lines; }
void set_line_width(std::size_t columns) { width_of_lines = columns; }

std::size_t columns_of(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
  }));
}

std::string wrapped(std::string_view begin, std::string_view text, std::size_t width) {
  std::string lines(begin);
  const std::string indent(begin.size(), ' ');
  std::size_t column = begin.size();
  while (!text.empty()) {
    const std::size_t end = text.find(' ');
    const std::string_view word = text.substr(0, end);
    const bool is_first = column == begin.size();
    if (!is_first && column + 1 + columns_of(word) > width) {
      lines += "\n" + indent;
      column = indent.size();
    } else if (!is_first) {
      lines += ' ';
      ++column;
    }
    lines += word;
    column += columns_of(word);
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  }
  return lines + "\n";
}

std::vector<std::string> lines_of(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.emplace_back(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  }
  return lines;
}

}  // namespace synod
