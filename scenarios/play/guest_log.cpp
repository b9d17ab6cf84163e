#include "scenarios/play/guest_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "core/text.h"
#include "scenarios/words/safe_text.h"

namespace synod {
namespace {

constexpr std::size_t line_size_max = 500;
constexpr std::size_t line_count_max = 200;

/// Not in the middle of a character.
std::string shortened(std::string_view line) {
  if (line.size() <= line_size_max) {
    return on_one_line(line);
  }
  std::size_t size = line_size_max;
  const auto is_continued = [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U; };
  while (size > 0 && is_continued(line[size])) {
    --size;
  }
  return fmt::format("{} … ({} bytes)", on_one_line(line.substr(0, size)), line.size());
}

}  // namespace

void add_guest_lines(std::vector<std::string>& lines, std::string_view prefix,
                     std::string_view text) {
  if (text.ends_with('\n')) {
    text.remove_suffix(1);
  } else if (text.empty()) {
    return;
  }
  const auto count = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + 1;
  for (std::size_t i = 0; i < std::min(count, line_count_max); ++i) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) {
      line.remove_suffix(1);
    }
    lines.push_back(fmt::format("{}{}", prefix, shortened(line)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  if (count > line_count_max) {
    lines.push_back(fmt::format("{}… ({} lines)", prefix, count));
  }
}

std::string logged_by(NodeId node) { return to_text(node) + " logs: "; }

}  // namespace synod
