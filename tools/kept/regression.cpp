#include "tools/kept/regression.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

#include "scenarios/explain/explanation.h"
#include "scenarios/format/input_file.h"
#include "scenarios/words/input_error.h"
#include "scenarios/words/safe_text.h"
#include "tools/support/build_identity.h"
#include "tools/support/print.h"
#include "tools/support/program_name.h"

namespace synod {
namespace {

std::unique_ptr<Runner> runner_of(const Trace& trace, bool is_correct) {
  RunChoices choices = choices_of(trace);
  if (is_correct) {
    choices.mutants.clear();
  }
  return make_runner(choices);
}

/// A finding or an explanation may be several lines.
std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

std::string violation_text(const ReplayReport& report) {
  return fmt::format("{}: {}", report.finding.property, first_line(report.finding.text));
}

/// As the file has it, which may be anything.
std::string expected_property(const Trace& trace) { return on_one_line(trace.expect->property); }

/// It was to be violated, and is not, or not so.
std::string why_not_violated(const Trace& trace, const ReplayReport& report) {
  const std::string bugs = trace.mutants.empty()
                               ? std::string()
                               : fmt::format(" with {}", fmt::join(trace.mutants, " and "));
  const std::string property = expected_property(trace);
  switch (report.verdict) {
    case Verdict::violated:
      return fmt::format("{} is violated{} instead of {}", report.finding.property, bugs, property);
    case Verdict::holds:
      return fmt::format("{} is not violated any more{}; {}", property, bugs,
                         staleness(trace, report));
    case Verdict::inconclusive:
      break;
  }
  return fmt::format("{}{}; {}", report.inconclusive, bugs, staleness(trace, report));
}

KeptReplay replay_kept(Runner& runner, const Trace& trace) {
  KeptReplay replay{.report = runner.replay(trace, nullptr)};
  const bool is_final =
      trace.settles || trace.loop ||
      (replay.report.verdict == Verdict::violated && replay.report.steps_skipped == 0);
  if (!is_final) {
    Trace going_on = trace;
    going_on.settles = true;
    replay = {.report = runner.replay(going_on, nullptr), .goes_on = true};
  }
  return replay;
}

void judge_as_kept(const Trace& trace, Regression& regression) {
  const ReplayReport& report = regression.as_kept.report;
  if (is_as_kept(*trace.expect, report)) {
    return;
  }
  const bool is_bug_elsewhere = trace.mutants.empty() && report.verdict == Verdict::violated;
  if (trace.expect->verdict == Verdict::holds || is_bug_elsewhere) {
    regression.verdict = report.verdict;
    regression.why = report.verdict == Verdict::violated
                         ? violation_text(report)
                         : fmt::format("{}; {}", report.inconclusive, staleness(trace, report));
    return;
  }
  regression.verdict = Verdict::inconclusive;
  regression.why = why_not_violated(trace, report);
}

/// What it says of the correct protocol goes before what it says of the bug.
void judge_correct(const Trace& trace, Regression& regression) {
  const ReplayReport& report = regression.correct->report;
  if (report.verdict == Verdict::violated) {
    regression.verdict = Verdict::violated;
    regression.why = "without the planted bug: " + violation_text(report);
    regression.is_about_correct = true;
  } else if (report.verdict == Verdict::inconclusive && regression.verdict == Verdict::holds) {
    regression.verdict = Verdict::inconclusive;
    regression.why = fmt::format("without the planted bug: {}; {}", report.inconclusive,
                                 staleness(trace, report));
    regression.is_about_correct = true;
  }
}

}  // namespace

std::string staleness(const Trace& trace, const ReplayReport& report) {
  if (!report.first_skipped) {
    return "every step applies";
  }
  const TraceStep& first = trace.steps[*report.first_skipped];
  return fmt::format("{} of {} apply, the first that does not is steps[{}] ({} at {}{})",
                     report.steps_applied, counted(trace.steps.size(), "step"),
                     *report.first_skipped, first.kind, first.at.ticks,
                     first.line == 0 ? "" : fmt::format(", line {}", first.line));
}

Verdict overall(const std::vector<Verdict>& verdicts) {
  const auto is_any = [&](Verdict verdict) {
    return std::find(verdicts.begin(), verdicts.end(), verdict) != verdicts.end();
  };
  return is_any(Verdict::violated)                           ? Verdict::violated
         : verdicts.empty() || is_any(Verdict::inconclusive) ? Verdict::inconclusive
                                                             : Verdict::holds;
}

int exit_status(Verdict overall, const std::vector<std::string>& errors) {
  if (errors.empty() || overall == Verdict::violated) {
    return exit_status(overall);
  }
  throw InputError(errors.size() == 1
                       ? errors.front()
                       : fmt::format("{} (and {} that cannot be judged)", errors.front(),
                                     counted(errors.size() - 1, "other")));
}

std::string verdict_text(Verdict overall, std::size_t error_count) {
  if (error_count == 0) {
    return std::string(to_text(overall));
  }
  const std::string errors = fmt::format("{} cannot be judged", counted(error_count, "file"));
  return overall == Verdict::violated ? fmt::format("violated, and {}", errors)
                                      : "error: " + errors;
}

bool is_as_kept(const Expectation& expect, const ReplayReport& report) {
  return report.verdict == expect.verdict &&
         (expect.verdict != Verdict::violated || report.finding.property == expect.property);
}

void expect_kept(const KeptTrace& kept) {
  const Trace& trace = kept.trace;
  const auto fail = [&](std::string_view why) {
    throw InputError(fmt::format("{}: {}", kept.file, why));
  };
  if (!trace.has_steps) {
    fail("has no steps to replay: a kept trace has them");
  }
  if (!trace.expect) {
    fail(fmt::format("expect: is missing: \"{} keep\" writes what a kept trace must come to",
                     program_name()));
  }
  if (trace.expect->verdict == Verdict::inconclusive) {
    fail("expect: \"inconclusive\" is nothing to keep: give \"holds\" or \"violated\"");
  }
  try {
    static_cast<void>(runner_of(trace, false));
  } catch (const InputError& error) {
    fail(error.what());
  }
}

std::string kept_folder() { return program_name() == "synod" ? "scenarios/regressions" : "traces"; }

std::vector<std::string> kept_files(const std::string& folder) {
  std::error_code error;
  std::vector<std::string> files;
  for (auto entry = std::filesystem::directory_iterator(folder, error);
       !error && entry != std::filesystem::directory_iterator(); entry.increment(error)) {
    if (entry->path().extension() == ".json") {
      files.push_back(entry->path().string());
    }
  }
  if (error) {
    throw InputError(fmt::format("{}: this folder cannot be read: {}", folder, error.message()));
  }
  std::sort(files.begin(), files.end());
  return files;
}

KeptTrace read_kept_trace(const std::string& file) {
  expect_regular_file(file);
  KeptTrace kept{file, read_trace(file)};
  expect_kept(kept);
  return kept;
}

Trace to_keep(Trace trace) {
  const auto runner = runner_of(trace, false);
  trace.known = runner->vocabulary();
  const bool settled_before = trace.settles;
  trace.settles = true;
  ReplayReport report = runner->replay(trace, nullptr);
  if (!is_as_kept(*trace.expect, report) && !settled_before) {
    trace.settles = false;
    report = runner->replay(trace, nullptr);
  }
  if (report.verdict == Verdict::violated) {
    const auto wrong_step = explain(runner->chronicle(trace)).wrong_step;
    const bool is_known = !wrong_step.empty() && !wrong_step.front().steps.empty();
    trace.about = report.finding.text + (is_known ? ". " + in_a_row(wrong_step) : "");
    trace.expect->finding = report.finding.text;
  }
  trace.expect->fingerprint = fmt::format("{:016x}", report.fingerprint);
  trace.build = build_identity();
  for (TraceStep& step : trace.steps) {
    step.observations.clear();  // those of the protocol as it was
  }
  return trace;
}

Regression judge(const KeptTrace& kept, Runner& as_kept, Runner* correct) {
  Regression regression;
  regression.file = kept.file;
  regression.as_kept = replay_kept(as_kept, kept.trace);
  judge_as_kept(kept.trace, regression);
  if (correct != nullptr) {
    regression.correct = replay_kept(*correct, kept.trace);
    judge_correct(kept.trace, regression);
  }
  return regression;
}

std::string why_not_to_keep(const KeptTrace& kept, const Regression& regression) {
  const Expectation& expect = *kept.trace.expect;
  if (regression.verdict != Verdict::holds) {
    return fmt::format("does not come to {}{}{}, and is not kept: {}", to_text(expect.verdict),
                       expect.property.empty() ? "" : " ", expected_property(kept.trace),
                       regression.why);
  }
  const ReplayReport& report = regression.as_kept.report;
  if (report.steps_skipped == 0) {
    return {};
  }
  return fmt::format(
      "comes to {} without some of its steps, and is not kept: {}: \"{} replay TRACE --settle "
      "--trace NEW\" writes those that do",
      to_text(expect.verdict), staleness(kept.trace, report), program_name());
}

Regression judge(const KeptTrace& kept, const OnSteps& on_steps) {
  const auto as_kept = runner_of(kept.trace, false);
  const auto correct = kept.trace.mutants.empty() ? nullptr : runner_of(kept.trace, true);
  as_kept->attend(on_steps);
  if (correct) {
    correct->attend(on_steps);
  }
  return judge(kept, *as_kept, correct.get());
}

bool can_be_kept(const Trace& trace) {
  const KeptTrace kept{{}, trace};
  return why_not_to_keep(kept, judge(kept)).empty();
}

}  // namespace synod
