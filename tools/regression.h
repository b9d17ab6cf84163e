// A kept trace, judged: what came of it once must come of it again, and on the protocol without
// the bugs planted in it nothing may.
//
// A trace is judged as it stands, if all of its steps apply and it is violated then. Otherwise the
// run goes on after its steps (scenarios/continuation.h), because a protocol that was edited takes
// other steps to the same end. Where too few steps apply (`applied_share_min` in
// scenarios/runner.h) and nothing is violated all the same, the verdict is inconclusive.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/runner.h"
#include "scenarios/trace.h"

namespace synod {

struct KeptTrace {
  std::string file;
  Trace trace;
};

/// Those in a folder, by name; in folders below it, and under other names than *.json, nothing is
/// looked for. Throws InputError for a folder that cannot be read, and for the first file that
/// `expect_kept` refuses.
std::vector<KeptTrace> read_kept_traces(const std::string& folder);
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
Regression judge(const KeptTrace& kept);
/// The same with runners of the caller's: one with the trace's planted bugs, and one without them,
/// or null where there are none.
Regression judge(const KeptTrace& kept, Runner& as_kept, Runner* correct);

/// Violated if one is; else inconclusive if one is, or if there are none.
Verdict overall(const std::vector<Verdict>& verdicts);

/// Did it come to what its file says?
bool is_as_kept(const Expectation& expect, const ReplayReport& report);

}  // namespace synod
