#include <algorithm>
#include <array>
#include <filesystem>
#include <functional>
#include <set>
#include <string_view>

#include "tests/rules/code_text.h"
#include "tests/rules/rules.h"

namespace synod::rules {
namespace {

/// The lines of a text, without their newlines.
std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

bool is_snake_case(std::string_view name) {
  return !name.empty() &&
         name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.") == std::string_view::npos;
}

bool is_word_part(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

bool has_word(std::string_view line, std::string_view word) {
  for (std::size_t at = line.find(word); at != std::string_view::npos;
       at = line.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    const bool begins = at == 0 || !is_word_part(line[at - 1]);
    if (begins && (end == line.size() || !is_word_part(line[end]))) return true;
  }
  return false;
}

}  // namespace

Findings the_top_level_is_as_designed(const Files& files) {
  static constexpr std::array<std::string_view, 10> allowed = {
      "CMakeLists.txt", "CMakePresets.json", "LICENSE", "README.md", "core",
      "properties",     "scenarios",         "sim",     "tests",     "tools"};
  Findings findings;
  std::set<std::string_view> seen;
  for (const File& file : files) {
    const std::string_view top = file.folder();
    if (top.starts_with('.') || !seen.insert(top).second) continue;
    if (std::ranges::find(allowed, top) == allowed.end()) {
      findings.push_back({std::string(top), 0,
                          "the top level holds only the folders of the design, README.md, LICENSE, "
                          "CMake's two files and dot-files: move it into one of the folders"});
    }
  }
  return findings;
}

namespace {

/// Of a text, whatever looks like the path of one of our files: "sim/world/world.h". Not patterns
/// such as "scenarios/NAME.h".
template <class Visit>
void each_path(std::string_view text, const Visit& visit) {
  static constexpr std::array<std::string_view, 6> floors = {"core/",      "sim/",   "properties/",
                                                             "scenarios/", "tools/", "tests/"};
  static constexpr std::array<std::string_view, 4> endings = {".h", ".cpp", ".md", ".py"};
  constexpr std::string_view of_paths = "abcdefghijklmnopqrstuvwxyz0123456789_./";
  for (std::size_t begin = 0; begin < text.size();) {
    begin = std::min(text.find_first_of(of_paths, begin), text.size());
    const std::size_t end = std::min(text.find_first_not_of(of_paths, begin), text.size());
    std::string_view path = text.substr(begin, end - begin);
    while (path.ends_with('.'))
      path.remove_suffix(1);
    while (path.starts_with("../"))
      path.remove_prefix(3);
    const auto is_end = [&](std::string_view ending) { return path.ends_with(ending); };
    const bool is_part = (begin > 0 && is_word_part(text[begin - 1])) ||
                         (end < text.size() && is_word_part(text[end]));
    if (!is_part && std::ranges::any_of(endings, is_end) &&
        std::ranges::any_of(floors, [&](auto floor) { return path.starts_with(floor); })) {
      visit(path, begin);
    }
    begin = end + 1;
  }
}

}  // namespace

namespace {

/// Calls visit(target, place) with each relative link of a page: "[world](../sim/world/world.h)".
template <class Visit>
void each_link(std::string_view text, const Visit& visit) {
  constexpr std::string_view begins = "](";
  for (std::size_t at = text.find(begins); at != std::string_view::npos;
       at = text.find(begins, at + 1)) {
    const std::size_t begin = at + begins.size();
    const std::string_view link = text.substr(begin, text.find(')', begin) - begin);
    const std::string_view target = link.substr(0, link.find('#'));
    if (!target.empty() && target.find_first_of(": ") == std::string_view::npos) {
      visit(target, begin);
    }
  }
}

/// From the top of the project, of a link on this page.
std::string path_of_link(std::string_view page, std::string_view target) {
  const auto folder = std::filesystem::path(page).parent_path();
  std::string path = (folder / target).lexically_normal().generic_string();
  while (path.ends_with('/'))
    path.pop_back();
  return path;
}

}  // namespace

Findings what_is_named_is_there(const Files& files) {
  std::set<std::string, std::less<>> there;  // files and folders
  for (const File& file : files) {
    for (std::filesystem::path path = file.path; !path.empty(); path = path.parent_path()) {
      there.insert(path.generic_string());
    }
  }
  Findings findings;
  for (const File& file : files) {
    const bool is_page = file.path.ends_with(".md") && !file.is_in("tests/consumers");
    if ((!file.is_code() && !is_page) || file.is_in("tests")) continue;
    const auto expect = [&](std::string_view path, std::size_t at) {
      if (!there.contains(path)) {
        const auto line = std::ranges::count(std::string_view(file.text).substr(0, at), '\n') + 1;
        findings.push_back({file.path, static_cast<int>(line),
                            "there is no " + std::string(path) + ": name what is meant"});
      }
    };
    each_path(file.text, expect);
    if (is_page) {
      each_link(file.text, [&](std::string_view target, std::size_t at) {
        expect(path_of_link(file.path, target), at);
      });
    }
  }
  return findings;
}

Findings names_are_snake_case(const Files& files) {
  static constexpr std::array<std::string_view, 6> given = {
      "CMakeLists.txt", "CMakePresets.json", "LICENSE",
      "README.md",      "package-lock.json", "CONTRIBUTING.md"};
  Findings findings;
  for (const File& file : files) {
    // The fuzzer names what it found by its hash.
    if (file.is_in("tests/fuzz/corpus")) continue;
    for (std::string_view rest = file.path; !rest.empty();) {
      const std::string_view name = rest.substr(0, rest.find('/'));
      rest.remove_prefix(std::min(name.size() + 1, rest.size()));
      if (name.starts_with('.') || std::ranges::find(given, name) != given.end()) continue;
      if (!is_snake_case(name)) {
        findings.push_back({file.path, 0, "write \"" + std::string(name) + "\" in snake_case"});
      }
    }
  }
  return findings;
}

Findings headers_begin_well(const Files& files) {
  Findings findings;
  for (const File& file : files) {
    if (!file.is_header()) continue;
    const std::string code = without_comments(file.text);
    const std::size_t first = code.find_first_not_of(" \n");
    if (first == std::string::npos ||
        !std::string_view(code).substr(first).starts_with("#pragma once\n")) {
      findings.push_back({file.path, 1, "a header's first line of code is #pragma once"});
    }
    const bool engine = file.is_in("core") || file.is_in("sim") || file.is_in("properties");
    if (engine && !file.text.starts_with("//") && !file.text.starts_with("/*")) {
      findings.push_back(
          {file.path, 1, "begin the header with a comment that says what it is for"});
    }
  }
  return findings;
}

Findings no_leftovers(const Files& files) {
  // In two parts each, so that this file keeps its own rule.
  static constexpr std::array<std::string_view, 4> words = {
      "TO"
      "DO",
      "FIX"
      "ME",
      "XX"
      "X",
      "_GLIBCXX"
      "_DEBUG"};
  static constexpr std::array<std::string_view, 4> markers = {
      "<<<<<"
      "<< ",
      ">>>>>"
      ">> ",
      "|||||"
      "|| ",
      "====="
      "=="};
  Findings findings;
  for (const File& file : files) {
    if (!file.is_written()) continue;
    int number = 0;
    for (const std::string_view line : lines_of(file.text)) {
      ++number;
      for (const std::string_view word : words) {
        if (has_word(line, word)) {
          findings.push_back(
              {file.path, number, std::string(word) + ": do it, or open an issue for it"});
        }
      }
      for (const std::string_view marker : markers) {
        if (marker.ends_with(' ') ? line.starts_with(marker) : line == marker) {
          findings.push_back({file.path, number, "a merge left this marker: finish the merge"});
        }
      }
    }
  }
  return findings;
}

Findings whitespace_is_clean(const Files& files) {
  Findings findings;
  for (const File& file : files) {
    if (!file.is_written()) continue;
    int number = 0;
    for (const std::string_view line : lines_of(file.text)) {
      ++number;
      const auto find = [&](const char* message) {
        findings.push_back({file.path, number, message});
      };
      if (line.find('\t') != std::string_view::npos) find("a tab: indent with blanks");
      if (line.ends_with('\r')) find("a carriage return: lines end with a newline alone");
      if (line.ends_with(' ')) find("blanks at the end of the line: remove them");
    }
    if (!file.text.empty() && (!file.text.ends_with('\n') || file.text.ends_with("\n\n"))) {
      findings.push_back({file.path, number, "a file ends with one newline"});
    }
  }
  return findings;
}

}  // namespace synod::rules
