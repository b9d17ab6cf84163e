// What the kept traces came to, for people, for programs, and for the systems that run tests.
//
// Nothing in it depends on how many threads replayed them, or on how long they took.
#pragma once

#include <string>
#include <vector>

#include "tools/regression.h"

namespace synod {

struct RegressSummary {
  std::string program;  ///< as it was called, for commands to repeat
  std::vector<KeptTrace> kept;
  std::vector<Regression> regressions;  ///< of each of them, in the same order

  [[nodiscard]] Verdict verdict() const;  ///< of all
};

/// What shows why a trace is not as it was kept.
std::string command_to_show(const RegressSummary& summary, const Regression& regression);

/// One line a trace; below it, unless all is as it was kept, the command that tells it.
std::string regress_text(const RegressSummary& summary);
/// `verdict`, and for each of `traces` its `file`, `verdict`, `why`, `replay`, `as_kept` and, with
/// planted bugs, `correct`: `verdict`, `property`, `steps_applied`, `steps`, `first_skipped`.
std::string regress_json(const RegressSummary& summary);
/// In the XML of JUnit, which every system that runs tests can show: a failure where a property is
/// violated, an error where the verdict is inconclusive.
std::string regress_junit(const RegressSummary& summary);

}  // namespace synod
