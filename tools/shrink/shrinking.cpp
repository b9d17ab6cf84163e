#include "tools/shrink/shrinking.h"

#include <fmt/format.h>

#include "scenarios/words/brief_log.h"
#include "tools/support/print.h"

namespace synod {

ShrinkReport shrink_or_find_anew(const RunChoices& choices, const Trace& trace,
                                 std::uint64_t effort, const OnShrink& on_progress,
                                 const OnLivelockSearch& on_search) {
  const auto runner = make_runner(choices);
  ShrinkReport report = runner->shrink(trace, effort, on_progress);
  const bool is_endless = !report.why_original.empty() && !report.is_interrupted &&
                          trace.demand.kind != Demand::Kind::nothing;
  if (!is_endless) {
    return report;
  }
  if (const auto anew = find_livelock(choices, std::string(report.finding.property), on_search)) {
    report.trace = *anew;
    report.finding = runner->replay(report.trace, nullptr).finding;
    report.steps_after = report.trace.steps.size();
    report.why_original.clear();
    report.is_found_anew = true;
  }
  return report;
}

ShrinkReport shrink_while_shown(const RunChoices& choices, const Trace& trace, std::uint64_t effort,
                                const Stop& stop, ProgressLine& line) {
  const auto on_shrink = [&](const ShrinkProgress& progress) {
    line.show(fmt::format("shrinking  {}, now {}  {}", counted(progress.steps_before, "step"),
                          grouped(progress.steps), counted(progress.replays, "replay")));
    return !stop.is_asked();
  };
  bool is_search_stopped = false;
  const auto on_search = [&](std::uint64_t runs, std::uint64_t runs_max) {
    line.show(fmt::format("looking for it in a small cluster  {} of {}", grouped(runs),
                          counted(runs_max, "run")));
    is_search_stopped = stop.is_asked();
    return !is_search_stopped;
  };
  ShrinkReport report = shrink_or_find_anew(choices, trace, effort, on_shrink, on_search);
  report.is_interrupted = report.is_interrupted || is_search_stopped;
  if (report.is_interrupted && report.steps_after == report.steps_before) {
    report.why_original = stop.why();
    report.trace = trace;
  }
  return report;
}

ShrinkReport not_shrunk(std::uint64_t steps, std::string_view why) {
  ShrinkReport report;
  report.steps_before = report.steps_after = steps;
  report.is_interrupted = true;
  report.why_original = why;
  return report;
}

std::string shrunk_text(const ShrinkReport& report, const Stop& stop) {
  const std::string before = grouped(report.steps_before);
  const std::string after = grouped(report.steps_after);
  if (!report.why_original.empty()) {
    return fmt::format("{}, {}: {}", before, report.is_interrupted ? "not shrunk" : "the original",
                       report.why_original);
  }
  if (report.is_found_anew) {
    return fmt::format("{}, and {} where it was found anew: a small cluster without accidents",
                       before, after);
  }
  return fmt::format("{}, shrunk to {}{}", before, after,
                     report.is_interrupted ? fmt::format(": the best until {}", stop.why()) : "");
}

std::vector<std::string> story_of(Runner& runner, const Trace& trace) {
  std::vector<std::string> log;
  const Log add = [&](const std::string& line) { log.push_back(line); };
  runner.replay(trace, &add);
  return told_briefly(log);
}

}  // namespace synod
