// A kept trace, judged: what came of it once must come of it again, and on the protocol without
// the bugs planted in it nothing may.
//
// A trace is judged as it stands, if all of its steps apply and it is violated then. Otherwise the
// run goes on after its steps (scenarios/play/continuation.h), because a protocol that was edited
// takes other steps to the same end. Where too few steps apply (`applied_share_min` in
// scenarios/run/runner.h) and nothing is violated all the same, the verdict is inconclusive.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/format/trace.h"
#include "scenarios/run/runner.h"

namespace synod {

struct KeptTrace {
  std::string file;
  Trace trace;
};

/// Where kept traces are, where nobody says so: "scenarios/regressions"; "traces" in the project of
/// a guest.
std::string kept_folder();
/// What a folder holds under the names *.json, whatever it is, by name; in folders below it nothing
/// is looked for. Throws InputError for a folder that cannot be read.
std::vector<std::string> kept_files(const std::string& folder);
/// Throws InputError for what is no file, cannot be read, or is refused by `expect_kept`.
KeptTrace read_kept_trace(const std::string& file);
/// Throws InputError for a trace that has no steps, expects neither "holds" nor "violated", or
/// names a protocol or mutants that do not exist.
void expect_kept(const KeptTrace& kept);

/// The trace as it is to be kept, given what it expects: it goes on after its steps unless that
/// comes to something else, as where two proposers outbid each other only in its own steps; what a
/// violation comes to now, and the step that was wrong, is what it is about. When it does not come
/// to what it expects, that is `judge`'s to say.
Trace to_keep(Trace trace);

/// One replay of a kept trace.
struct KeptReplay {
  ReplayReport report;
  bool goes_on = false;  ///< beyond its steps, which its file does not ask for
};
/// What came of a kept trace. Where bugs are planted in it, two replays say so: the one that shows
/// them, and the one of the correct protocol.
struct Regression {
  std::string file;
  Verdict verdict = Verdict::holds;  ///< that of "all is as it was kept"
  std::string why;                   ///< one line; empty with `holds`
  KeptReplay as_kept;
  std::optional<KeptReplay> correct;
  bool is_about_correct = false;  ///< `why`

  /// The replay that `why` is about.
  [[nodiscard]] const KeptReplay& telling() const { return is_about_correct ? *correct : as_kept; }
};
/// `on_steps` is told of the steps that are taken, and may end it by throwing.
Regression judge(const KeptTrace& kept, const OnSteps& on_steps = {});
/// The same with runners of the caller's: one with the trace's planted bugs, and one without them,
/// or null where there are none.
Regression judge(const KeptTrace& kept, Runner& as_kept, Runner* correct);
/// What of its steps no longer applies, for a line that says why: "every step applies" …
std::string staleness(const Trace& trace, const ReplayReport& report);
/// Why a trace that has just been judged is not to be kept: it did not come to what it expects, or
/// came to it without all of its steps, so that nobody knows what it shows. Empty: it may be kept.
std::string why_not_to_keep(const KeptTrace& kept, const Regression& regression);
/// There is nothing why not, once it has been judged.
bool can_be_kept(const Trace& trace);

/// Violated if one is; else inconclusive if one is, or if there are none.
Verdict overall(const std::vector<Verdict>& verdicts);

/// The exit status of what was done with many files, of which those that `errors` are about could
/// not be judged. A violation is hidden by no error, and no error looks like success: where nothing
/// is violated, it throws InputError, of the first of them.
int exit_status(Verdict overall, const std::vector<std::string>& errors);
/// The same as a report says it: "holds", "error: 1 file cannot be judged".
std::string verdict_text(Verdict overall, std::size_t error_count);

/// Did it come to what its file says?
bool is_as_kept(const Expectation& expect, const ReplayReport& report);

}  // namespace synod
