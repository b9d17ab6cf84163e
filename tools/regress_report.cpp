#include "tools/regress_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "scenarios/safe_text.h"
#include "tools/choose.h"
#include "tools/print.h"

namespace synod {
namespace {

std::uint64_t count(const RegressSummary& summary, Verdict verdict) {
  return static_cast<std::uint64_t>(
      std::count_if(summary.regressions.begin(), summary.regressions.end(),
                    [&](const Regression& one) { return one.verdict == verdict; }));
}

std::string how_it_is_kept(const Trace& trace, const Regression& regression) {
  const Expectation& expect = *trace.expect;
  const std::string what =
      expect.verdict == Verdict::violated ? "violates " + expect.property : std::string("holds");
  const ReplayReport& report = regression.as_kept.report;
  return fmt::format("{} of {} apply; {}{}", report.steps_applied,
                     counted(trace.steps.size(), "step"), what,
                     regression.correct ? " with the planted bug, holds without it" : "");
}

nlohmann::ordered_json json_of(const Trace& trace, const KeptReplay& replay) {
  const ReplayReport& report = replay.report;
  nlohmann::ordered_json json;
  json["verdict"] = to_text(report.verdict);
  json["property"] = report.finding.property;
  json["steps"] = trace.steps.size();
  json["steps_applied"] = report.steps_applied;
  auto& first = json["first_skipped"] = nullptr;
  if (report.first_skipped) {
    const TraceStep& step = trace.steps[*report.first_skipped];
    first = {{"index", *report.first_skipped},
             {"step", step.kind},
             {"at", step.at.ticks},
             {"line", step.line}};
  }
  json["steps_after"] = report.steps_after;
  return json;
}

}  // namespace

std::string command_to_show(const RegressSummary& summary, const Regression& regression) {
  std::string command =
      fmt::format("{} replay {} --log", shell_word(summary.program), shell_word(regression.file));
  command += regression.is_about_correct ? " --correct" : "";
  command += regression.telling().goes_on ? " --settle" : "";
  return command;
}

Verdict RegressSummary::verdict() const {
  std::vector<Verdict> verdicts(regressions.size());
  std::transform(regressions.begin(), regressions.end(), verdicts.begin(),
                 [](const Regression& one) { return one.verdict; });
  return overall(verdicts);
}

std::string regress_text(const RegressSummary& summary) {
  std::size_t width = 0;
  for (const Regression& regression : summary.regressions) {
    width = std::max(width, regression.file.size());
  }
  std::string text;
  for (std::size_t i = 0; i < summary.regressions.size(); ++i) {
    const Regression& regression = summary.regressions[i];
    const bool holds = regression.verdict == Verdict::holds;
    text += fmt::format("{:<13} {:<{}}  {}\n", to_text(regression.verdict), regression.file, width,
                        holds ? how_it_is_kept(summary.kept[i].trace, regression) : regression.why);
    if (!holds) {
      text += fmt::format("  replay      {}\n", command_to_show(summary, regression));
    }
  }
  text += fmt::format("\n{}: {} as kept, {} violated, {} inconclusive\n",
                      counted(summary.regressions.size(), "trace"), count(summary, Verdict::holds),
                      count(summary, Verdict::violated), count(summary, Verdict::inconclusive));
  text += fmt::format("verdict       {}{}\n", to_text(summary.verdict()),
                      summary.regressions.empty() ? ": there is no trace to replay" : "");
  return text;
}

std::string regress_json(const RegressSummary& summary) {
  nlohmann::ordered_json json;
  json["verdict"] = to_text(summary.verdict());
  auto& traces = json["traces"] = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < summary.regressions.size(); ++i) {
    const Regression& regression = summary.regressions[i];
    const Trace& trace = summary.kept[i].trace;
    nlohmann::ordered_json one;
    one["file"] = regression.file;
    one["verdict"] = to_text(regression.verdict);
    one["why"] = regression.why;
    one["replay"] = command_to_show(summary, regression);
    one["protocol"] = trace.protocol;
    one["mutants"] = trace.mutants;
    one["as_kept"] = json_of(trace, regression.as_kept);
    if (regression.correct) {
      one["correct"] = json_of(trace, *regression.correct);
    }
    traces.push_back(std::move(one));
  }
  return format_json(json) + "\n";
}

}  // namespace synod
