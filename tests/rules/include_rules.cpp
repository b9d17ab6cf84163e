#include <algorithm>
#include <array>
#include <map>
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
constexpr std::string_view json_document = "scenarios/format/json_document.h";

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

namespace {

constexpr std::string_view house = ".github/CONTRIBUTING.md";
/// More are no longer seen at a glance. Of planted bugs there is one a file.
constexpr std::size_t files_in_a_room_max = 32;
constexpr std::string_view planted_bugs = "scenarios/mutants/";

/// The rooms of the table there, from the bottom up: "| `core/paxos` | … |".
std::vector<std::string> rooms_of(const Files& files) {
  const auto table = std::ranges::find(files, house, &File::path);
  std::vector<std::string> rooms;
  if (table == files.end()) return rooms;
  const std::string_view text = table->text;
  constexpr std::string_view begins = "\n| `";
  for (std::size_t at = text.find(begins); at != std::string_view::npos;
       at = text.find(begins, at + 1)) {
    const std::size_t begin = at + begins.size();
    rooms.emplace_back(text.substr(begin, text.find('`', begin) - begin));
  }
  return rooms;
}

std::string_view room_of(std::string_view path) { return path.substr(0, path.rfind('/')); }

void find_crowded(std::string_view room, std::size_t count, Findings& findings) {
  if (count <= files_in_a_room_max) return;
  findings.push_back({std::string(room), 0,
                      std::to_string(count) + " files: no more than " +
                          std::to_string(files_in_a_room_max) + " are seen at a glance"});
}

}  // namespace

Findings includes_between_rooms_point_one_way(const Files& files) {
  Findings findings;
  const std::vector<std::string> rooms = rooms_of(files);
  const auto place_of = [&](std::string_view room) { return std::ranges::find(rooms, room); };
  std::map<std::string_view, std::size_t> counts;
  for (const File& file : files) {
    if (!file.is_code() || !height(file.folder()) || file.is_in("tests")) continue;
    const auto own = place_of(room_of(file.path));
    if (own == rooms.end()) {
      findings.push_back({file.path, 0,
                          "no room has this file: name its folder, and what one looks for there, "
                          "in the table of " +
                              std::string(house)});
      continue;
    }
    ++counts[*own];
    for (const Include& include : includes_of(file)) {
      const auto other = place_of(room_of(include.target));
      if (include.quoted && other != rooms.end() && other > own) {
        findings.push_back({file.path, include.line,
                            *own + " may not include \"" + include.target + "\": in the table of " +
                                std::string(house) + " " + *other + " is below it"});
      }
    }
  }
  for (const std::string& room : rooms) {
    if (counts[room] == 0) {
      findings.push_back({std::string(house), 0, "there is no room " + room});
    } else if (!room.starts_with(planted_bugs)) {
      find_crowded(room, counts[room], findings);
    }
  }
  return findings;
}

Findings folders_of_tests_are_seen_at_a_glance(const Files& files) {
  std::map<std::string_view, std::size_t> counts;
  for (const File& file : files) {
    // What was recorded for a test to compare with is no file that anybody looks for.
    if (file.is_in("tests") && file.is_written()) ++counts[room_of(file.path)];
  }
  Findings findings;
  for (const auto& [folder, count] : counts) {
    find_crowded(folder, count, findings);
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
        if (!file.is_in("tests") && file.path != "tools/guest/gtest.h") {
          find(
              "GoogleTest is for tests, and for tools/guest/gtest.h, which serves those of others");
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
