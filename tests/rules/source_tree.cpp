#include "tests/rules/source_tree.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace synod::rules {
namespace {

namespace fs = std::filesystem;

/// What `command` prints, cut at zero bytes; nothing where it fails.
std::vector<std::string> printed_by(const std::string& command) {
  std::FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) return {};
  std::vector<std::string> lines(1);
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) {
    if (c == 0) {
      lines.emplace_back();
    } else {
      lines.back() += static_cast<char>(c);
    }
  }
  lines.pop_back();
  return ::pclose(pipe) == 0 ? lines : std::vector<std::string>();
}

std::vector<std::string> paths_that_git_knows() {
  return printed_by("git -C '" SYNOD_SOURCE_DIR
                    "' ls-files -z --cached --others --exclude-standard 2>/dev/null");
}

std::vector<std::string> paths_on_disk() {
  std::vector<std::string> paths;
  const fs::path root = SYNOD_SOURCE_DIR;
  for (auto entry = fs::recursive_directory_iterator(root); entry != fs::end(entry); ++entry) {
    const std::string path = fs::relative(entry->path(), root).generic_string();
    if (entry->is_directory() && (path == "build" || entry->path().filename() == ".git")) {
      entry.disable_recursion_pending();
    } else if (entry->is_regular_file()) {
      paths.push_back(path);
    }
  }
  return paths;
}

std::vector<File> read_tree() {
  std::vector<std::string> paths = paths_that_git_knows();
  if (paths.empty()) paths = paths_on_disk();
  std::ranges::sort(paths);
  std::vector<File> files;
  for (const std::string& path : paths) {
    // A file may be deleted and the deletion not yet committed.
    std::ifstream stream(fs::path(SYNOD_SOURCE_DIR) / path, std::ios::binary);
    if (!stream) continue;
    files.push_back({path, std::string(std::istreambuf_iterator<char>(stream), {})});
  }
  return files;
}

}  // namespace

std::string_view File::folder() const { return std::string_view(path).substr(0, path.find('/')); }

bool File::is_in(std::string_view folder_path) const {
  return path.starts_with(std::string(folder_path) + "/");
}

bool File::is_header() const { return path.ends_with(".h"); }

bool File::is_code() const { return path.ends_with(".h") || path.ends_with(".cpp"); }

bool File::is_written() const {
  const std::string name = fs::path(path).filename().string();
  const std::string extension = fs::path(path).extension().string();
  return is_code() || name == "CMakeLists.txt" || extension == ".cmake" || extension == ".py" ||
         extension == ".sh" || extension == ".md" || extension == ".ts" || extension == ".tsx" ||
         extension == ".mjs" || extension == ".css" ||
         (extension.empty() && !is_in("tests/fuzz")) || name == "CMakePresets.json";
}

const std::vector<File>& source_tree() {
  static const std::vector<File> files = read_tree();
  return files;
}

}  // namespace synod::rules
