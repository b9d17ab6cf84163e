#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "tests/rules/code_text.h"
#include "tests/rules/rules.h"

namespace synod::rules {
namespace {

constexpr std::array<std::string_view, 4> protocol_names = {"paxos", "two_phase_commit",
                                                            "three_phase_commit", "paxos_commit"};
/// What only these have in common.
constexpr std::string_view family = "atomic_commit";

/// Whose subject they are. A path, or how paths begin.
constexpr auto allowed = std::to_array<std::string_view>({
    "scenarios/mutants/",                     // each file is part of one of them
    "scenarios/texts/",                       // the sentences of one text, and its protocol
    "tools/texts/",                           // … and the verb that plays them
    "tools/compare/",                         // the verb that puts them side by side
    "tools/bench/bench_measure.cpp",          // the queue of events as it is in runs of one of them
    "tools/bench/bench_explore_measure.cpp",  // the searches that the literature has figures of
});

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// In a folder that is named after it, or a file whose name begins so.
bool is_of(std::string_view path, std::string_view name) {
  for (std::size_t begin = 0; begin < path.size();) {
    const std::string_view part = path.substr(begin, path.find('/', begin) - begin);
    if (part.starts_with(name) &&
        (part.size() == name.size() || part[name.size()] == '_' || part[name.size()] == '.')) {
      return true;
    }
    begin += part.size() + 1;
  }
  return false;
}

bool is_own(const File& file) {
  return is_of(file.path, family) ||
         std::ranges::any_of(protocol_names,
                             [&](std::string_view name) { return is_of(file.path, name); }) ||
         std::ranges::any_of(allowed,
                             [&](std::string_view begin) { return file.path.starts_with(begin); });
}

bool has_namespace(std::string_view code, std::string_view name) {
  for (std::size_t at = code.find(name); at != std::string_view::npos;
       at = code.find(name, at + 1)) {
    const std::string_view rest = code.substr(at + name.size());
    const bool begins = at == 0 || !is_name_character(code[at - 1]);
    const bool is_opened = at > 0 &&
                           code.substr(0, at).find("namespace ") != std::string_view::npos &&
                           rest.starts_with(" {");
    if (begins && (rest.starts_with("::") || is_opened)) return true;
  }
  return false;
}

bool has_header(std::string_view line, std::string_view name) {
  const std::size_t begin = line.find("#include \"");
  return begin != std::string_view::npos &&
         is_of(line.substr(begin + std::string_view("#include \"").size()), name);
}

void look_at(const File& file, std::string_view with_literals, std::string_view code, int line,
             Findings& findings) {
  for (const std::string_view name : protocol_names) {
    const std::string literal = "\"" + std::string(name) + "\"";
    if (with_literals.find(literal) != std::string_view::npos || has_namespace(code, name) ||
        has_header(with_literals, name)) {
      findings.push_back({file.path, line,
                          "names " + std::string(name) +
                              ": ask its entry (scenarios/run/runner.h) or its words "
                              "(scenarios/chronicle/rule_texts.h), or move this to its own files"});
    }
  }
}

}  // namespace

Findings only_its_own_files_name_a_protocol(const Files& files) {
  constexpr std::array<std::string_view, 5> folders = {"core", "sim", "properties", "scenarios",
                                                       "tools"};
  Findings findings;
  for (const File& file : files) {
    if (!file.is_code() || std::ranges::find(folders, file.folder()) == folders.end() ||
        is_own(file)) {
      continue;
    }
    const std::string with_literals = without_comments(file.text);
    const std::string code = code_only(file.text);  // of the same length, line by line
    int line = 1;
    for (std::size_t begin = 0; begin < code.size(); ++line) {
      const std::size_t end = std::min(code.find('\n', begin), code.size());
      look_at(file, std::string_view(with_literals).substr(begin, end - begin),
              std::string_view(code).substr(begin, end - begin), line, findings);
      begin = end + 1;
    }
  }
  return findings;
}

}  // namespace synod::rules
