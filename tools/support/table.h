// A table, for a terminal and for a page of Markdown.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace synod {

struct Table {
  struct Column {
    std::string title;
    bool is_number = false;  ///< stands to the right
  };
  std::vector<Column> columns;
  std::vector<std::vector<std::string>> rows;  ///< as many cells each as there are columns
};

/// Every column as wide as its widest cell; nothing behind the last.
std::string aligned_text(const Table& table);
/// Cells are taken as they are: what could be taken for Markdown must have gone through
/// `markdown_escaped`.
std::string markdown_text(const Table& table);

/// As a reader sees it, in a cell or outside.
std::string markdown_escaped(std::string_view text);

}  // namespace synod
