#include "tools/regress/regress_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "scenarios/words/safe_text.h"
#include "tools/support/choose.h"
#include "tools/support/print.h"

namespace synod {
namespace {

std::uint64_t count(const RegressSummary& summary, Verdict verdict) {
  return static_cast<std::uint64_t>(
      std::count_if(summary.files.begin(), summary.files.end(), [&](const JudgedFile& one) {
        return one.error.empty() && one.regression.verdict == verdict;
      }));
}

std::string how_it_is_kept(const Trace& trace, const Regression& regression) {
  const Expectation& expect = *trace.expect;
  const std::string what =
      expect.verdict == Verdict::violated ? "violates " + on_one_line(expect.property) : "holds";
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
  std::vector<Verdict> verdicts;
  for (const JudgedFile& one : files) {
    if (one.error.empty()) {
      verdicts.push_back(one.regression.verdict);
    }
  }
  return overall(verdicts);
}

std::vector<std::string> RegressSummary::errors() const {
  std::vector<std::string> errors;
  for (const JudgedFile& one : files) {
    if (!one.error.empty()) {
      errors.push_back(one.error);
    }
  }
  return errors;
}

std::string regress_text(const RegressSummary& summary) {
  std::size_t width = 0;
  for (const JudgedFile& one : summary.files) {
    width = std::max(width, one.error.empty() ? on_one_line(one.file).size() : 0);
  }
  std::string text;
  for (const JudgedFile& one : summary.files) {
    if (!one.error.empty()) {
      text += fmt::format("{:<13} {}\n", "error", on_one_line(one.error));  // begins with the file
      continue;
    }
    const bool holds = one.regression.verdict == Verdict::holds;
    text += fmt::format(
        "{:<13} {:<{}}  {}\n", to_text(one.regression.verdict), on_one_line(one.file), width,
        holds ? how_it_is_kept(one.kept.trace, one.regression) : one.regression.why);
    if (!holds) {
      text += fmt::format("  replay      {}\n", command_to_show(summary, one.regression));
    }
  }
  const std::size_t error_count = summary.errors().size();
  text += fmt::format("\n{}: {} as kept, {} violated, {} inconclusive{}\n",
                      counted(summary.files.size(), "trace"), count(summary, Verdict::holds),
                      count(summary, Verdict::violated), count(summary, Verdict::inconclusive),
                      error_count == 0 ? "" : fmt::format(", {} in error", error_count));
  text += fmt::format("verdict       {}{}\n", verdict_text(summary.verdict(), error_count),
                      summary.files.empty() ? ": there is no trace to replay" : "");
  return text;
}

std::string regress_json(const RegressSummary& summary) {
  const bool is_error = summary.verdict() != Verdict::violated && !summary.errors().empty();
  nlohmann::ordered_json json;
  json["verdict"] = is_error ? "error" : to_text(summary.verdict());
  auto& traces = json["traces"] = nlohmann::ordered_json::array();
  for (const JudgedFile& file : summary.files) {
    nlohmann::ordered_json one;
    one["file"] = file.file;
    if (!file.error.empty()) {
      one["verdict"] = "error";
      one["error"] = file.error;
      traces.push_back(std::move(one));
      continue;
    }
    const Regression& regression = file.regression;
    const Trace& trace = file.kept.trace;
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
