#include "tools/support/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "scenarios/words/safe_text.h"
#include "scenarios/words/wrapped.h"

namespace synod {
namespace {

std::vector<std::size_t> widths_of(const Table& table) {
  std::vector<std::size_t> widths;
  widths.reserve(table.columns.size());
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    std::size_t width = columns_of(table.columns[i].title);
    for (const std::vector<std::string>& row : table.rows) {
      width = std::max(width, columns_of(row[i]));
    }
    widths.push_back(width);
  }
  return widths;
}

std::string titles_line(const Table& table) {
  std::string line = "|";
  for (const Table::Column& column : table.columns) {
    line += fmt::format(" {} |", column.title);
  }
  return line + "\n";
}

}  // namespace

std::string aligned_text(const Table& table) {
  const std::vector<std::size_t> widths = widths_of(table);
  std::string text;
  const auto add_line = [&](const auto& cell_at) {
    std::string line;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const std::string& cell = cell_at(i);
      const std::string blanks(widths[i] - columns_of(cell), ' ');
      line += i == 0 ? "" : "  ";
      line += table.columns[i].is_number ? blanks + cell : cell + blanks;
    }
    text += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  };
  add_line([&](std::size_t i) -> const std::string& { return table.columns[i].title; });
  for (const std::vector<std::string>& row : table.rows) {
    add_line([&](std::size_t i) -> const std::string& { return row[i]; });
  }
  return text;
}

std::string markdown_text(const Table& table) {
  std::string text = titles_line(table) + "|";
  for (const Table::Column& column : table.columns) {
    text += column.is_number ? " ---: |" : " --- |";
  }
  text += "\n";
  for (const std::vector<std::string>& row : table.rows) {
    text += fmt::format("| {} |\n", fmt::join(row, " | "));
  }
  return text;
}

std::string markdown_escaped(std::string_view text) {
  return escaped_for_markdown(text, "\\`*_<>|[]");
}

}  // namespace synod
