#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "tests/rules/code_text.h"
#include "tests/rules/rules.h"

namespace synod::rules {
namespace {

/// From the bottom up: each may include itself and those before it.
constexpr std::array<std::string_view, 6> folders = {"core",      "sim",   "properties",
                                                     "scenarios", "tools", "tests"};

std::optional<std::size_t> height(std::string_view folder) {
  const auto* const found = std::ranges::find(folders, folder);
  if (found == folders.end()) return std::nullopt;
  return static_cast<std::size_t>(found - folders.begin());
}

std::string_view first_part(std::string_view path) { return path.substr(0, path.find('/')); }

struct Include {
  std::string target;
  bool quoted = false;
  int line = 0;
};

std::string_view without_leading_blanks(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  return first == std::string_view::npos ? std::string_view() : text.substr(first);
}

/// The target of an include directive.
std::optional<Include> include_on(std::string_view line, int number) {
  std::string_view rest = without_leading_blanks(line);
  if (!rest.starts_with('#')) return std::nullopt;
  rest = without_leading_blanks(rest.substr(1));
  if (!rest.starts_with("include")) return std::nullopt;
  rest = without_leading_blanks(rest.substr(std::string_view("include").size()));
  if (!rest.starts_with('"') && !rest.starts_with('<')) return std::nullopt;
  const bool quoted = rest.front() == '"';
  const std::size_t end = rest.find(quoted ? '"' : '>', 1);
  if (end == std::string_view::npos) return std::nullopt;
  return Include{std::string(rest.substr(1, end - 1)), quoted, number};
}

std::vector<Include> includes_of(const File& file) {
  const std::string code = without_comments(file.text);
  std::vector<Include> includes;
  int number = 1;
  for (std::size_t begin = 0; begin < code.size(); ++number) {
    const std::size_t end = std::min(code.find('\n', begin), code.size());
    const auto include = include_on(std::string_view(code).substr(begin, end - begin), number);
    if (include) includes.push_back(*include);
    begin = end + 1;
  }
  return includes;
}

/// The one header that holds JSON, which no other includes.
constexpr std::string_view json_document = "scenarios/json_document.h";

/// Headers that guests compile, with a compiler of their own.
bool may_reach_guests(const File& file) {
  return file.is_header() && !file.is_in("tests") && file.path != json_document;
}

std::string allowed_to(std::size_t own) {
  std::string list;
  for (std::size_t i = 0; i <= own; ++i) {
    if (i > 0) list += i == own ? " and " : ", ";
    list += folders.at(i);
  }
  return list;
}

}  // namespace

Findings includes_point_one_way(const Files& files) {
  Findings findings;
  for (const File& file : files) {
    const auto own = height(file.folder());
    // Projects of their own include what is installed.
    if (!file.is_code() || !own || file.is_in("tests/consumers")) continue;
    for (const Include& include : includes_of(file)) {
      const std::string_view folder = first_part(include.target);
      const auto other = height(folder);
      if (other && !include.quoted) {
        findings.push_back({file.path, include.line, "write \"" + include.target + "\" in quotes"});
      } else if (!other && include.quoted) {
        findings.push_back({file.path, include.line,
                            "\"" + include.target +
                                "\": write our own headers from the top, as in \"core/value.h\", "
                                "and those of others in <>"});
      } else if (other && *other > *own) {
        findings.push_back({file.path, include.line,
                            std::string(file.folder()) + " may not include \"" + include.target +
                                "\": it may include only " + allowed_to(*own)});
      }
    }
  }
  return findings;
}

Findings libraries_keep_their_place(const Files& files) {
  Findings findings;
  std::string user_of_cli11;
  for (const File& file : files) {
    if (!file.is_code()) continue;
    for (const Include& include : includes_of(file)) {
      const std::string_view library = first_part(include.target);
      const auto find = [&](const std::string& message) {
        findings.push_back({file.path, include.line, message});
      };
      if (library == "CLI") {
        if (!file.is_in("tools")) find("CLI11 is for the command line: use it in tools only");
        if (!user_of_cli11.empty() && user_of_cli11 != file.path) {
          find("CLI11 compiles slowly: keep it in one file, " + user_of_cli11);
        }
        user_of_cli11 = file.path;
      } else if (library == "rapidcheck" || library == "rapidcheck.h") {
        if (!file.is_in("tests/rapidcheck")) {
          find("RapidCheck compiles slowly: keep it in tests/rapidcheck");
        }
      } else if (library == "gtest" || library == "gmock") {
        if (!file.is_in("tests") && file.path != "tools/gtest.h") {
          find("GoogleTest is for tests, and for tools/gtest.h, which serves those of others");
        }
      } else if (library == "nlohmann") {
        if (file.is_in("core") || file.is_in("sim") || file.is_in("properties")) {
          find("JSON is for scenarios and tools: the engine holds plain structs");
        }
      }
      if (may_reach_guests(file) &&
          (include.target == "nlohmann/json.hpp" || include.target == json_document)) {
        find(
            "compilers lay JSON out in different ways: a header holds none, and includes "
            "<nlohmann/json_fwd.hpp>");
      }
    }
  }
  return findings;
}

}  // namespace synod::rules
