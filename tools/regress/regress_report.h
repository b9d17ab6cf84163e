// What the kept traces came to, for people, for programs, and for the systems that run tests.
//
// Nothing in it depends on how many threads replayed them, and only JUnit's report says how long
// that took.
#pragma once

#include <string>
#include <vector>

#include "tools/kept/regression.h"

namespace synod {

/// One of the files of a folder.
struct JudgedFile {
  std::string file;
  std::string error;  ///< why it cannot be judged; else empty, and the others hold
  KeptTrace kept = {};
  Regression regression = {};
  double seconds = 0;  ///< for reading and replaying it
};

struct RegressSummary {
  std::string program;  ///< as it was called, for commands to repeat
  std::string folder;
  std::vector<JudgedFile> files;

  [[nodiscard]] Verdict verdict() const;  ///< of all that could be judged
  [[nodiscard]] std::vector<std::string> errors() const;
};

/// What shows why a trace is not as it was kept.
std::string command_to_show(const RegressSummary& summary, const Regression& regression);

/// One line a file, with the reason where it cannot be judged; below it, unless all is as it was
/// kept, the command that tells it.
std::string regress_text(const RegressSummary& summary);
/// `verdict`, "error" where a file could not be judged and none is violated, and for each of
/// `traces` its `file` and `verdict`, and `error`, or: `why`, `replay`, `as_kept` and, with planted
/// bugs, `correct`: `verdict`, `property`, `steps_applied`, `steps`, `first_skipped`.
std::string regress_json(const RegressSummary& summary);
/// In the XML of JUnit, which every system that runs tests can show: a failure where a property is
/// violated, an error where the verdict is inconclusive or a file could not be judged. A folder
/// without traces is a test of that name, and an error.
std::string regress_junit(const RegressSummary& summary);

}  // namespace synod
