#include "tools/support/print.h"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/library/asked_faults.h"
#include "scenarios/words/safe_text.h"
#include "scenarios/words/words.h"
#include "tools/support/say.h"

namespace synod {
namespace {

/// Where it stands in its file.
std::string line_text(const TraceStep& step) {
  return step.line == 0 ? std::string() : fmt::format(", line {}", step.line);
}

}  // namespace

void print_verdict(Verdict verdict, const Finding& finding, std::string_view inconclusive) {
  switch (verdict) {
    case Verdict::holds:
      say("holds\n");
      return;
    case Verdict::violated:
      say("violated      {}\n              {}\n", finding.property, finding.text);
      return;
    case Verdict::inconclusive:
      say("inconclusive  {}\n", inconclusive);
      return;
  }
}

void print_undemanded(Undemanded undemanded, const Configuration& configuration) {
  if (undemanded != Undemanded::is_demanded) {
    say("progress      not judged: {}\n", to_text(undemanded, configuration));
  }
}

void print_skipped(const Trace& trace, const ReplayReport& report) {
  if (!report.first_skipped) {
    return;
  }
  const TraceStep& first = trace.steps[*report.first_skipped];
  say("skipped       {} of {} steps no longer appl{}; the first is steps[{}] ({} at {}{})\n",
      report.steps_skipped, trace.steps.size(), report.steps_skipped == 1 ? "ies" : "y",
      *report.first_skipped, first.kind, first.at.ticks, line_text(first));
}

void print_warnings(const std::vector<std::string>& warnings) {
  for (const std::string& warning : warnings) {
    say("warning       {}\n", warning);
  }
}

std::vector<std::string> warnings_of(const Trace& trace, const ReplayReport& report) {
  constexpr std::size_t inert_told_max = 20;
  std::vector<std::string> warnings = warnings_about(trace);
  for (std::size_t i = 0; i < std::min(report.inert.size(), inert_told_max); ++i) {
    const InertFault& inert = report.inert[i];
    const TraceStep& step = trace.steps[inert.step];
    warnings.push_back(fmt::format("steps[{}] ({} at {}{}): {}", inert.step, step.kind,
                                   step.at.ticks, line_text(step), inert.why));
  }
  if (report.inert.size() > inert_told_max) {
    warnings.push_back(fmt::format("{} more faults among the steps touched nothing",
                                   grouped(report.inert.size() - inert_told_max)));
  }
  return warnings;
}

static std::string text_of(const Expectation& expect) {
  return fmt::format("{}{}{}", to_text(expect.verdict), expect.property.empty() ? "" : " ",
                     on_one_line(expect.property));
}

void print_asked_without(const std::vector<std::string>& mutants, const Trace& trace) {
  say("asked         without {}{}\n", listed(mutants),
      trace.expect ? fmt::format(", with which the file says {}", text_of(*trace.expect)) : "");
}

void print_expected(const Trace& trace, const ReplayReport& report) {
  if (!trace.expect) {
    return;
  }
  const Expectation& expect = *trace.expect;
  const bool is_met = expect.verdict == report.verdict &&
                      (expect.property.empty() || expect.property == report.finding.property);
  if (is_met) {
    const bool has_fingerprint = !expect.fingerprint.empty();
    const bool is_same = expect.fingerprint == fmt::format("{:016x}", report.fingerprint);
    say("expected      yes, as the file says{}\n",
        !has_fingerprint ? ""
        : is_same        ? ", with the same fingerprint"
                         : "; the fingerprint is another one: the run differs in something");
  } else {
    say("expected      no: the file says {}\n", text_of(expect));
  }
}

std::string what_was_run(const RunChoices& choices) {
  std::string text = choices.protocol;
  for (const std::string& mutant : choices.mutants) {
    text += " + " + mutant;
  }
  return text;
}

std::string grouped(std::uint64_t number) {
  std::string digits = fmt::format("{}", number);
  for (std::size_t place = digits.size(); place > 3; place -= 3) {
    digits.insert(place - 3, ",");
  }
  return digits;
}

std::string counted(std::uint64_t number, std::string_view what) {
  return fmt::format("{} {}{}", grouped(number), what, number == 1 ? "" : "s");
}

}  // namespace synod
