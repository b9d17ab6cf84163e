#include <fmt/format.h>

#include <csignal>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "scenarios/format/trace.h"
#include "scenarios/run/runner.h"
#include "scenarios/words/input_error.h"
#include "scenarios/words/safe_text.h"
#include "tools/support/build_identity.h"
#include "tools/support/captured_output.h"
#include "tools/support/choose.h"
#include "tools/support/files.h"
#include "tools/support/print.h"
#include "tools/support/printed_log.h"
#include "tools/support/replayable.h"
#include "tools/support/say.h"
#include "tools/support/standard_streams.h"
#include "tools/support/verbs.h"
#include "tools/trace/bisect.h"

namespace synod {
namespace {

struct ReplayOptions {
  std::string program;
  std::string file;
  std::string trace;              ///< file for what was replayed; empty: none
  bool has_observations = false;  ///< in that file
  bool has_log = false;
  bool tells_all = false;                ///< in the log
  bool has_numbers = false;              ///< in the log
  std::optional<std::uint64_t> stop_at;  ///< index into the trace's steps
  bool is_bisect = false;   ///< the exit status is for git bisect run: see tools/trace/bisect.h
  bool is_correct = false;  ///< without the planted bugs that the trace names
  bool settles = false;     ///< as if the trace said so
};

/// Without the bug the steps lead elsewhere, or end before anything is chosen: what comes then is
/// for the continuation to find.
bool must_go_on(const Trace& trace, Runner& correct) {
  return correct.replay(trace, nullptr).verdict == Verdict::inconclusive;
}

/// With the place of each step in the trace in front of its line, as whatif counts them.
class NumberedLog {
 public:
  /// Its line comes next.
  void number_next(std::optional<std::size_t> index) { next_ = index; }
  std::string margin() {
    const std::string number = next_ ? fmt::format("[{}]", *next_) : std::string();
    next_.reset();
    return fmt::format("{:>{}} ", number, width - 1);
  }
  static constexpr std::size_t width = 8;

 private:
  std::optional<std::size_t> next_;
};

/// Stops in front of a step, where a debugger takes over.
class Stop {
 public:
  /// Throws InputError where the trace has no such step. Both must outlive it.
  Stop(const ReplayOptions& options, const Trace& trace) : options_(options), trace_(trace) {
    if (options.stop_at && *options.stop_at >= trace.steps.size()) {
      throw InputError(fmt::format(
          "replay: --stop-at {}: {}", *options.stop_at,
          trace.steps.empty()
              ? fmt::format("{} has no steps", options.file)
              : fmt::format("the steps of {} are 0 to {}", options.file, trace.steps.size() - 1)));
    }
  }

  void before(std::optional<std::size_t> index) {
    if (!options_.stop_at || index != *options_.stop_at) {
      return;
    }
    is_made_ = true;
    const TraceStep& step = trace_.steps[*index];
    complain(
        fmt::format("stops before steps[{}], \"{}\" at {}. A debugger goes on from here; "
                    "without one this is the end: gdb --args {} replay {} --stop-at {}",
                    *index, step.kind, step.at.ticks, shell_word(options_.program),
                    shell_word(options_.file), *index));
    std::raise(SIGTRAP);  // frames above: the engine takes the step when this returns
  }

  /// Throws InputError where it was asked for, and not made.
  void expect_made() const {
    if (options_.stop_at && !is_made_) {
      throw InputError(
          fmt::format("replay: --stop-at {}: this step is not taken: it does not apply, or the run "
                      "is over by then; see --log --numbers",
                      *options_.stop_at));
    }
  }

 private:
  const ReplayOptions& options_;
  const Trace& trace_;
  bool is_made_ = false;
};

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
  auto [trace, runner, left_out] = read_for(options);
  trace.settles =
      trace.settles || options.settles || (options.is_correct && must_go_on(trace, *runner));
  Stop stop(options, trace);
  NumberedLog numbered;
  runner->before_steps([&](std::optional<std::size_t> index) {
    numbered.number_next(options.has_numbers ? index : std::nullopt);
    stop.before(index);
  });
  CapturedOutput printed;
  // In front of a debugger it comes out at once.
  runner->catch_printed(options.has_log && !options.stop_at ? &printed : nullptr);
  // In front of a debugger, here too.
  PrintedLog printed_log(options.tells_all || options.stop_at.has_value());
  const Log log = [&](const std::string& line) {
    printed_log.add((options.has_numbers ? numbered.margin() : std::string()) + line);
  };
  const ReplayReport report = runner->replay(trace, options.has_log ? &log : nullptr);
  stop.expect_made();
  if (options.has_log) {
    printed_log.end(options.has_numbers ? NumberedLog::width : 0);
  }
  print_verdict(report.verdict, report.finding, report.inconclusive);
  printed_log.say_what_is_left_out();
  say("steps         {} applied{}\n", report.steps_applied,
      report.steps_after == 0 ? "" : fmt::format(", {} after them", report.steps_after));
  print_skipped(trace, report);
  print_warnings(warnings_of(trace, report));
  if (left_out.empty()) {
    print_expected(trace, report);
  } else {  // the file does not say what is to come of this
    print_asked_without(left_out, trace);
  }
  say("fingerprint   {:016x}\n", report.fingerprint);
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
  options->program = arguments.program();
  const auto log = arguments.flag("--log", options->has_log, "Tell the run step by step");
  arguments
      .flag("--numbers", options->has_numbers,
            "In the log, number the steps by their place in the trace; the first is 0")
      .needs(log);
  add_all_steps(arguments, options->tells_all).needs(log);
  arguments.number("--stop-at", "STEP", options->stop_at, {},
                   "Raise a trap just before this step is taken, for a debugger; the first is 0");
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
