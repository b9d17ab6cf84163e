#include "tools/shrinking.h"

#include <fmt/format.h>

#include "tools/interrupt.h"
#include "tools/livelock.h"
#include "tools/print.h"
#include "tools/progress_line.h"

namespace synod {

ShrinkReport shrink_or_find_anew(const RunChoices& choices, const Trace& trace,
                                 std::uint64_t effort, const OnShrink& on_progress) {
  const auto runner = make_runner(choices);
  ShrinkReport report = runner->shrink(trace, effort, on_progress);
  const bool is_endless = !report.why_original.empty() && !report.is_interrupted &&
                          trace.demand.kind != Demand::Kind::nothing;
  if (!is_endless) {
    return report;
  }
  if (const auto anew = find_livelock(choices, std::string(report.finding.property))) {
    report.trace = *anew;
    report.finding = runner->replay(report.trace, nullptr).finding;
    report.steps_after = report.trace.steps.size();
    report.why_original.clear();
    report.is_found_anew = true;
  }
  return report;
}

ShrinkReport shrink_while_shown(const RunChoices& choices, const Trace& trace,
                                std::uint64_t effort) {
  const InterruptWatch watch;
  ProgressLine line;
  return shrink_or_find_anew(choices, trace, effort, [&](const ShrinkProgress& progress) {
    line.show(fmt::format("shrinking  {}, now {}  {}", counted(progress.steps_before, "step"),
                          grouped(progress.steps), counted(progress.replays, "replay")));
    return !watch.is_interrupted().load();
  });
}

std::string shrunk_text(const ShrinkReport& report) {
  if (!report.why_original.empty()) {
    return fmt::format("{}, the original: {}", grouped(report.steps_before), report.why_original);
  }
  if (report.is_found_anew) {
    return fmt::format("{}, and {} where it was found anew: a small cluster without accidents",
                       grouped(report.steps_before), grouped(report.steps_after));
  }
  return fmt::format("{}, shrunk to {}{}", grouped(report.steps_before),
                     grouped(report.steps_after),
                     report.is_interrupted ? ": the best until it was interrupted" : "");
}

std::vector<std::string> story_of(Runner& runner, const Trace& trace) {
  constexpr std::size_t steps_told_max = 100;
  constexpr std::size_t lines_told_max = 200;
  std::vector<std::string> story;
  std::size_t left_out = 0;
  if (trace.steps.size() <= steps_told_max) {
    const Log log = [&](const std::string& line) {
      if (story.size() < lines_told_max) {
        story.push_back(line);
      } else {
        ++left_out;
      }
    };
    runner.replay(trace, &log);
  }
  if (left_out > 0) {  // what goes on for ever is the same again and again
    story.push_back(fmt::format("         … {} more, in which it does not come about",
                                counted(left_out, "line")));
  }
  return story;
}

}  // namespace synod
