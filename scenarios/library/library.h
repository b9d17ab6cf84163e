// The scenarios that come with the protocols, by name. They are part of the program, so that a name
// means the same wherever it runs.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "scenarios/format/trace.h"

namespace synod {

struct LibraryScenario {
  std::string_view name;  ///< of its file, without ".json"
  std::string_view text;  ///< the file
};
/// By name. None where nobody has registered any.
std::span<const LibraryScenario> library_scenarios();

/// Defined at namespace scope, it adds these to the library. The texts must live as long as the
/// program.
class RegisteredScenarios {
 public:
  explicit RegisteredScenarios(std::span<const LibraryScenario> scenarios);
};

/// Does it look like a file, with a slash or with .json at its end?
bool is_scenario_file(const std::string& name_or_file);
/// A scenario by name, or by file when the argument looks like one.
/// Throws InputError.
Trace load_scenario(const std::string& name_or_file);

}  // namespace synod
