#include "tools/campaign/failure_traces.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <utility>

#include "scenarios/chronicle/chronicle.h"
#include "scenarios/explain/explanation.h"
#include "scenarios/words/input_error.h"
#include "tools/long_work/progress_line.h"
#include "tools/shrink/shrinking.h"
#include "tools/support/print.h"

namespace synod {
namespace {

void name_commands(ReportedViolation& reported, const Choices& typed) {
  if (!reported.trace.empty()) {
    reported.replay = command_to_replay(typed, reported.trace);
    reported.explain = command_on("explain", typed, reported.trace);
    reported.view = command_on("view", typed, reported.trace);
  }
}

/// The seed brings them back.
void remove_files_of(const ReportedViolation& reported) {
  for (const std::string* const file : {&reported.trace, &reported.original}) {
    if (!file->empty()) {
      std::remove(file->c_str());
    }
  }
}

}  // namespace

FailureTraces::FailureTraces(Options options, const TraceNames& names, const Stop& stop)
    : options_(std::move(options)), names_(names), stop_(stop) {}

void FailureTraces::write(std::vector<ReportedViolation>& violations, WrittenFiles& files) {
  if (violations.empty()) {
    return;
  }
  try {
    make_folder(options_.folder);
  } catch (const InputError& error) {
    files.note(error.what());
  }
  runner_ = make_runner(options_.choices);
  std::vector<WrittenFiles> found(violations.size());
  {
    ProgressLine line;
    for (std::size_t i = 0; i < violations.size(); ++i) {
      line.show(fmt::format("writing  {} of {}", i + 1, counted(violations.size(), "trace")));
      write_found(violations[i], found[i]);
    }
  }
  std::vector<ReportedViolation> causes;
  for (std::size_t i = 0; i < violations.size(); ++i) {
    ReportedViolation& reported = violations[i];
    const Stop for_this = stop_.for_one_of(violations.size() - i);
    if (!options_.shrinks || !try_shrink(for_this, reported, files)) {
      files.note(found[i].complaint());
    }
    find_cause(reported);
    const auto same = std::find_if(causes.begin(), causes.end(), [&](const auto& known) {
      return known.cause == reported.cause &&
             known.violation.is_beyond == reported.violation.is_beyond;
    });
    if (same == causes.end()) {
      name_commands(reported, options_.typed);
      causes.push_back(std::move(reported));
    } else {
      same->violation.count += reported.violation.count;
      remove_files_of(reported);
    }
  }
  violations = std::move(causes);
}

/// By the trace that was shrunk; else by what the campaign knows of the run, and the trace as it
/// was found, where that is not too long to be looked at. Who wants none shrunk wants them told
/// apart by property and rule alone.
void FailureTraces::find_cause(ReportedViolation& reported) {
  constexpr std::size_t steps_looked_at_max = 20'000;
  const Violation& violation = reported.violation;
  const bool is_small = reported.shrunk && reported.shrunk->why_original.empty();
  if (is_small) {
    const Chronicle chronicle = runner_->chronicle(reported.shrunk->trace);
    if (chronicle.finding) {
      reported.explanation = explain(chronicle);
      reported.cause = cause_of(chronicle, *reported.explanation);
      return;
    }
  }
  reported.cause = {violation.property, violation.blamed, options_.shrinks ? violation.shape : ""};
  if (violation.blamed.empty() && !options_.choices.mutants.empty() &&
      reported.steps <= steps_looked_at_max) {
    const Chronicle chronicle = runner_->chronicle(runner_->record(violation.seed));
    reported.cause.blamed = explain(chronicle).blamed;
    if (!reported.cause.blamed.empty()) {
      reported.cause.shape.clear();
    }
  }
}

KeptFailure FailureTraces::failure_of(const ReportedViolation& reported) {
  return {*runner_, options_.choices, runner_->record(reported.violation.seed),
          options_.has_observations};
}

/// The trace of the seed, as it was found.
void FailureTraces::write_found(ReportedViolation& reported, WrittenFiles& tried) {
  const KeptFailure failure = failure_of(reported);
  const std::string path = names_.of(reported.violation, ".json");
  reported.steps = failure.shrunk().steps_before;
  reported.trace = failure.try_write_found(path, tried) ? path : "";
}

/// Returns whether it could be shrunk, and is written.
bool FailureTraces::try_shrink(const Stop& stop, ReportedViolation& reported, WrittenFiles& files) {
  if (stop.is_asked(runs_to_record * reported.violation.seconds)) {  // before it can be begun
    reported.shrunk =
        not_shrunk(reported.steps, stop.is_asked() ? stop.why() : "too little time was left");
    return false;
  }
  KeptFailure failure = failure_of(reported);
  {
    ProgressLine line;
    failure.shrink(effort_in_passing, stop, line);
  }
  reported.shrunk = failure.shrunk();
  if (!failure.is_small()) {
    return false;
  }
  write_shrunk(failure, reported, files);
  reported.story = failure.story();
  return true;
}

/// In place of the one that was found, which goes beside it. Where there is no room for both, the
/// shorter one stays, which the other often leaves room for: the seed brings that one back.
void FailureTraces::write_shrunk(const KeptFailure& failure, ReportedViolation& reported,
                                 WrittenFiles& files) {
  const std::string path = names_.of(reported.violation, ".json");
  const std::string beside = names_.of(reported.violation, ".original.json");
  if (!reported.trace.empty() && std::rename(path.c_str(), beside.c_str()) == 0) {
    reported.original = beside;
  }
  WrittenFiles tried;
  reported.is_shrunk = failure.try_write(path, tried);
  if (!reported.is_shrunk && tried.was_full() && !reported.original.empty()) {
    std::remove(beside.c_str());
    reported.original.clear();
    reported.is_shrunk = failure.try_write(path, tried);
  }
  if (reported.is_shrunk) {
    reported.trace = path;
    if (reported.original.empty() && failure.try_write_found(beside, files)) {
      reported.original = beside;
    }
    return;
  }
  files.note(tried.complaint());
  if (!reported.original.empty()) {
    reported.trace = std::exchange(reported.original, {});
  } else {
    reported.trace = failure.try_write_found(path, files) ? path : "";
  }
}

}  // namespace synod
