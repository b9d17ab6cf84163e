#include "scenarios/library.h"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/hand_written.h"
#include "scenarios/nearest.h"

namespace synod {

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
  throw InputError(fmt::format(
      "no scenario \"{}\": did you mean \"{}\"? A file ends in .json", name_or_file,
      nearest_of(name_or_file, scenarios, [](const LibraryScenario& one) { return one.name; })));
}

}  // namespace synod
