// The files of the project, as the rules read them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace synod::rules {

struct File {
  std::string path;  // from the top of the project, with slashes: "core/value.h"
  std::string text;

  /// The first part of the path: "core" of "core/value.h", "README.md" of "README.md".
  [[nodiscard]] std::string_view folder() const;
  [[nodiscard]] bool is_in(std::string_view folder_path) const;
  [[nodiscard]] bool is_header() const;
  /// A source or a header of C++.
  [[nodiscard]] bool is_code() const;
  /// Text that people write: code, scripts, documents, settings. Not recorded or generated data.
  [[nodiscard]] bool is_written() const;
};

/// Every file that a commit of the tree would hold: git's answer, or where there is no git, every
/// file but those in build/ and in hidden folders. Read once.
const std::vector<File>& source_tree();

}  // namespace synod::rules
