#include <fmt/format.h>

#include <memory>
#include <string>

#include "scenarios/input_error.h"
#include "scenarios/runner.h"
#include "scenarios/trace.h"
#include "tools/bisect.h"
#include "tools/build_identity.h"
#include "tools/choose.h"
#include "tools/files.h"
#include "tools/print.h"
#include "tools/replayable.h"
#include "tools/verbs.h"

namespace synod {
namespace {

struct ReplayOptions {
  std::string file;
  std::string trace;              ///< file for what was replayed; empty: none
  bool has_observations = false;  ///< in that file
  bool has_log = false;
  bool is_bisect = false;   ///< the exit status is for git bisect run: see tools/bisect.h
  bool is_correct = false;  ///< without the planted bugs that the trace names
  bool settles = false;     ///< as if the trace said so
};

/// Without the bug the steps lead elsewhere, or end before anything is chosen: what comes then is
/// for the continuation to find.
bool must_go_on(const Trace& trace, Runner& correct) {
  return correct.replay(trace, nullptr).verdict == Verdict::inconclusive;
}

/// Of the commits that git bisect goes through, one may not know this trace, and says nothing then.
Replayable read_for(const ReplayOptions& options) {
  try {
    return read_replayable(options.file, options.is_correct);
  } catch (const InputError& error) {
    if (options.is_bisect) {
      throw CannotBeTested(error.what());
    }
    throw;
  }
}

int replay(const ReplayOptions& options) {
  auto [trace, runner] = read_for(options);
  trace.settles =
      trace.settles || options.settles || (options.is_correct && must_go_on(trace, *runner));
  const Log log = [](const std::string& line) { fmt::print("{}\n", line); };
  const ReplayReport report = runner->replay(trace, options.has_log ? &log : nullptr);
  if (options.has_log) {
    fmt::print("\n");
  }
  print_verdict(report.verdict, report.finding, report.inconclusive);
  fmt::print("steps         {} applied{}\n", report.steps_applied,
             report.steps_after == 0 ? "" : fmt::format(", {} after them", report.steps_after));
  print_skipped(trace, report);
  print_warnings(warnings_of(trace, report));
  print_expected(trace, report);
  fmt::print("fingerprint   {:016x}\n", report.fingerprint);
  if (!options.trace.empty()) {
    Trace replayed = runner->last_replayed();
    replayed.build = build_identity();
    if (options.has_observations) {
      runner->observe(replayed);
    }
    write_file(options.trace, format_trace(replayed));
  }
  const int status = exit_status(report.verdict);
  return options.is_bisect && report.verdict == Verdict::inconclusive ? bisect_skip : status;
}

Verb::Run declare_replay(Arguments& arguments) {
  auto options = std::make_shared<ReplayOptions>();
  arguments.input("TRACE", options->file, "A trace or scenario with steps").required();
  const auto trace =
      arguments.output("--trace", options->trace, "Write what was replayed to this file");
  add_observations(arguments, options->has_observations).needs(trace);
  arguments.flag("--log", options->has_log, "Tell the run step by step");
  arguments.flag(
      "--correct", options->is_correct,
      "Without the planted bugs that the trace names; where its steps alone say nothing, go on "
      "as with --settle");
  arguments.flag("--settle", options->settles,
                 "After the steps go on, fair and free of new faults, as kept traces do");
  arguments.flag("--bisect", options->is_bisect,
                 "For git bisect run: 125 when inconclusive, or when this commit cannot replay it; "
                 "128 for bad usage, which stops the bisection");
  return [options] { return replay(*options); };
}

}  // namespace

const Verb replay_verb = {"replay", "Take the steps of a trace again", &declare_replay};

}  // namespace synod
