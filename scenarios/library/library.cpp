#include "scenarios/library/library.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "scenarios/format/complaint.h"
#include "scenarios/library/hand_written.h"
#include "scenarios/words/input_error.h"
#include "scenarios/words/nearest.h"

namespace synod {
namespace {

/// A function's static, because scenarios register before any other object need exist.
std::vector<LibraryScenario>& registry() {
  static std::vector<LibraryScenario> scenarios;
  return scenarios;
}

}  // namespace

std::span<const LibraryScenario> library_scenarios() { return registry(); }

RegisteredScenarios::RegisteredScenarios(std::span<const LibraryScenario> scenarios) {
  std::vector<LibraryScenario>& all = registry();
  all.insert(all.end(), scenarios.begin(), scenarios.end());
  // Sorted, because files register in an order that the linker chooses.
  std::sort(all.begin(), all.end(),
            [](const LibraryScenario& a, const LibraryScenario& b) { return a.name < b.name; });
}

bool is_scenario_file(const std::string& name_or_file) {
  return name_or_file.find('/') != std::string::npos || name_or_file.ends_with(".json");
}

Trace load_scenario(const std::string& name_or_file) {
  if (is_scenario_file(name_or_file)) {
    return read_trace(name_or_file);
  }
  const auto scenarios = library_scenarios();
  const auto found = std::find_if(scenarios.begin(), scenarios.end(),
                                  [&](const auto& one) { return one.name == name_or_file; });
  if (found != scenarios.end()) {
    return parse_trace(found->text, name_or_file + ".json", &expect_sense);
  }
  if (scenarios.empty()) {
    refuse(fmt::format("no scenario {}: there are none by name: give a file, which ends in .json",
                       in_quotes(name_or_file)));
  }
  const std::string right = right_name(
      name_or_file, names_among(scenarios, [](const LibraryScenario& one) { return one.name; }),
      "synod list scenarios");
  refuse(fmt::format("no scenario \"{}\": {}{} file ends in .json", name_or_file, right,
                     right.ends_with('?') ? " A" : "; a"));
}

}  // namespace synod
