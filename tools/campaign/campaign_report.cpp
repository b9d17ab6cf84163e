#include "tools/campaign/campaign_report.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/format/timed_faults.h"
#include "scenarios/words/safe_text.h"
#include "scenarios/words/wrapped.h"
#include "sim/world/options.h"
#include "tools/shrink/shrinking.h"
#include "tools/support/print.h"

namespace synod {
namespace {

double percent(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

/// "42 s", "17 min", "3 h"
std::string rough_time(double seconds) {
  constexpr double minute = 60;
  constexpr double hour = 3600;
  return seconds < 2 * minute ? fmt::format("{:.0f} s", seconds)
         : seconds < 2 * hour ? fmt::format("{:.0f} min", seconds / minute)
                              : fmt::format("{:.0f} h", seconds / hour);
}

constexpr std::size_t indent = 14;  ///< where values stand

/// "wrong step    At 34, n2 …", in lines that fit, the others under it.
std::string told(std::string_view name, std::string_view text) {
  return wrapped(fmt::format("{:<{}}", name, indent), text);
}

/// What `explain` knows of why, as far as it fits in some lines.
std::string explanation_text(const Explanation& explanation) {
  std::string text;
  if (!explanation.wrong_step.empty()) {
    text += told("  wrong step", in_a_row(explanation.wrong_step));
  }
  if (explanation.rule) {
    text += told("  rule", explanation.rule->text);
    text += told("", explanation.rule->source);
    if (!explanation.rule->code.empty()) {
      text += told("", fmt::format("{} in {}", explanation.rule->code, explanation.rule->file));
    }
  }
  return text;
}

/// What is left of the run when all is gone that it does not take.
std::string story_text(const ReportedViolation& reported) {
  std::string text;
  for (const std::string& line : reported.story) {
    text += line + "\n";
  }
  return text.empty() ? text : "\n" + text;
}

/// "in 925 of 3,000 runs, the first of them seed 17". Where nothing is to blame, nobody knows
/// whether the others have the same cause.
std::string runs_text(const ReportedViolation& reported, std::uint64_t runs) {
  const Violation& violation = reported.violation;
  const std::string in = fmt::format("in {} of {}", grouped(violation.count), counted(runs, "run"));
  return violation.count == 1 ? fmt::format("{}, seed {}", in, violation.seed)
         : reported.cause.blamed.empty()
             ? fmt::format("{}; what is told is of the first, seed {}", in, violation.seed)
             : fmt::format("{}, the first of them seed {}", in, violation.seed);
}

/// All of it is of one trace: shrunk, or as it was found.
std::string violation_text(const ReportedViolation& reported, std::uint64_t runs,
                           const Stop& stop) {
  const Violation& violation = reported.violation;
  const bool is_small = reported.explanation.has_value();
  std::string text = fmt::format("\n{:<{}}{}  ({})\n", "violated", indent, violation.property,
                                 runs_text(reported, runs));
  text += told("", is_small ? reported.shrunk->finding.text : violation.finding);
  if (violation.is_beyond) {
    text += told("  beyond",
                 "the runs that are counted: one before it took too long, and was given up");
  }
  if (is_small) {
    text += explanation_text(*reported.explanation);
    const Configuration& cluster = reported.shrunk->trace.configuration;
    text += told("  cluster", fmt::format("{}{} and {}", counted(cluster.node_count, "node"),
                                          options_cluster_text(cluster),
                                          counted(cluster.client_count, "client")));
  }
  text += told("  steps",
               reported.shrunk ? shrunk_text(*reported.shrunk, stop) : grouped(violation.steps));
  const auto line = [&](std::string_view name, const std::string& value) {
    if (!value.empty()) {
      text += fmt::format("{:<{}}{}\n", name, indent, value);
    }
  };
  if (reported.trace.empty()) {
    line("  trace", "none: it could not be written");
  }
  line("  trace", on_one_line(reported.trace));
  line("  original", on_one_line(reported.original));
  line("  explain", reported.explain);
  line("  view", reported.view);
  line("  replay", reported.replay);
  line("  repeat", reported.repeat);
  return text + story_text(reported);
}

std::string violations_text(const CampaignSummary& summary, const Stop& stop) {
  std::string text;
  for (const ReportedViolation& reported : summary.violations) {
    text += violation_text(reported, summary.report.runs, stop);
  }
  return text;
}

std::string probes_text(const CampaignSummary& summary) {
  const CampaignReport& report = summary.report;
  std::string text = "\nruns in which …\n";
  std::vector<std::string_view> unreached;
  const auto line = [&](std::uint64_t count, std::string_view name, std::string_view about) {
    if (count == 0) {
      unreached.push_back(name);
    } else {
      text += fmt::format("{:>12} {:>5.1f} %  {:<31} {}\n", grouped(count),
                          percent(count, report.runs), name, about);
    }
  };
  line(report.healed, "healed", "the world was healed, and had to decide in time");
  line(report.survivors, "survivors", "all but who was down was repaired, and the others had to");
  const ProtocolEntry& protocol = protocol_named(summary.choices.protocol);
  const std::string amid_cuts =
      fmt::format("some links stayed cut, and who {} had to decide", protocol.decides_amid_cuts);
  if (!protocol.decides_amid_cuts.empty()) {
    line(report.partitioned, "partitioned", amid_cuts);
  }
  line(report.runs - report.healed - report.survivors - report.partitioned, "stayed_broken",
       "it stayed broken: only safety was judged");
  line(report.cut_short, "cut_short", "the limit of steps came before the end");
  line(report.limited, "limited", "a limit of the simulator ended the run");
  const auto probes = protocol.probes;
  for (std::size_t i = 0; i < report.probe_counts.size(); ++i) {
    line(report.probe_counts[i], probes[i].name, probes[i].about);
  }
  if (!unreached.empty()) {
    text += told("     in none", fmt::format("{}", fmt::join(unreached, ", ")));
  }
  return text;
}

/// Of how many runs progress was demanded, and why not of the others.
std::string judged_for_progress(const CampaignReport& report) {
  constexpr auto demanded = static_cast<std::size_t>(Undemanded::is_demanded);
  std::string text = fmt::format("progress      judged in {} of {}",
                                 grouped(report.undemanded[demanded]), counted(report.runs, "run"));
  const char* separator = "; not in ";
  for (std::size_t i = demanded + 1; i < report.undemanded.size(); ++i) {
    if (report.undemanded[i] > 0) {
      text += fmt::format("{}{}: {}", separator, grouped(report.undemanded[i]),
                          to_text(static_cast<Undemanded>(i)));
      separator = ", nor in ";
    }
  }
  return text + "\n";
}

/// Those that a scenario's file gives a time.
std::string timed_text(const CampaignSummary& summary) {
  const auto& scenario = summary.choices.scenario;
  std::string text;
  if (scenario) {
    for (const TimedFault& fault : scenario->configuration.faults) {
      text += fmt::format("{}{} at {}", text.empty() ? "" : ", ", name_of(fault), fault.at.ticks);
    }
  }
  return text.empty() ? text : told("     in all", text + ", as the file says");
}

std::string faults_text(const CampaignSummary& summary) {
  const CampaignReport& report = summary.report;
  std::string text = "\nfaults, how often each happened (in the runs that had it enabled)\n";
  for (std::size_t i = 0; i < report.faults.size(); ++i) {
    if (report.faults_enabled[i] > 0) {
      const NamedText fault = text_of(static_cast<Fault>(i));
      text += fmt::format("{:>12} ({:>4.1f} %)  {:<31} {}\n", grouped(report.faults[i]),
                          percent(report.faults_enabled[i], report.runs), fault.name, fault.about);
    }
  }
  return text + timed_text(summary);
}

nlohmann::ordered_json violation_json(const ReportedViolation& reported, const Stop& stop) {
  const Violation& violation = reported.violation;
  nlohmann::ordered_json json = {{"property", violation.property},
                                 {"finding", violation.finding},
                                 {"seed", fmt::format("{}", violation.seed)},
                                 {"steps", violation.steps},
                                 {"trace", nullptr},
                                 {"count", violation.count},
                                 {"repeat", reported.repeat}};
  if (!reported.trace.empty()) {
    json["trace"] = reported.trace;
  }
  if (!reported.original.empty()) {
    json["original"] = reported.original;
  }
  if (!reported.cause.blamed.empty()) {
    json["blamed"] = reported.cause.blamed;
  }
  if (reported.is_shrunk) {
    json["steps_shrunk"] = reported.shrunk->steps_after;
  }
  if (reported.shrunk && reported.shrunk->is_interrupted) {
    const std::string& why = reported.shrunk->why_original;
    json["shrinking_stopped"] = why.empty() ? stop.why() : why;
  }
  if (violation.is_beyond) {
    json["beyond"] = true;
  }
  return json;
}

}  // namespace

std::string campaign_text(const CampaignSummary& summary, const Stop& stop) {
  const CampaignReport& report = summary.report;
  const double seconds = std::max(report.seconds, 1e-9);
  std::string text =
      fmt::format("{}: {}, {} in {:.1f} s ({} runs/s, {} steps/s)\n", what_was_run(summary.choices),
                  counted(report.runs, "run"), counted(report.steps, "step"), report.seconds,
                  grouped(static_cast<std::uint64_t>(static_cast<double>(report.runs) / seconds)),
                  grouped(static_cast<std::uint64_t>(static_cast<double>(report.steps) / seconds)));
  text += violations_text(summary, stop);
  text += probes_text(summary);
  text += faults_text(summary);
  text += "\n";
  for (const std::string& warning : summary.warnings) {
    text += fmt::format("warning       {}\n", warning);
  }
  if (report.is_interrupted) {
    text += "interrupted   this is what was done until then\n";
  }
  if (report.is_out_of_seeds) {
    text += fmt::format("ended         at the last seed that there is, {}\n", UINT64_MAX);
  }
  if (!report.refused.empty()) {
    text += fmt::format("ended         at a seed that cannot be run: {}\n", report.refused);
  }
  if (report.compared > 0) {
    text += fmt::format("compared      {}, each with a second one of the same seed\n",
                        counted(report.compared, "run"));
  }
  text += judged_for_progress(report);
  text += fmt::format("fingerprint   {:016x}\n", report.fingerprint);
  text += fmt::format("verdict       {}{}{}\n", to_text(report.verdict),
                      report.inconclusive.empty() ? "" : ": ", report.inconclusive);
  return text;
}

std::string campaign_json(const CampaignSummary& summary, const Stop& stop) {
  const CampaignReport& report = summary.report;
  nlohmann::ordered_json json;
  json["verdict"] = to_text(report.verdict);
  if (!report.inconclusive.empty()) {
    json["inconclusive"] = report.inconclusive;
  }
  if (!summary.warnings.empty()) {
    json["warnings"] = summary.warnings;
  }
  json["protocol"] = summary.choices.protocol;
  json["mutants"] = summary.choices.mutants;
  json["interrupted"] = report.is_interrupted;
  json["runs"] = report.runs;
  json["steps"] = report.steps;
  json["decided"] = report.decided;
  json["healed"] = report.healed;
  json["survivors"] = report.survivors;
  json["partitioned"] = report.partitioned;
  json["cut_short"] = report.cut_short;
  auto& progress = json["progress"] = nlohmann::ordered_json::object();
  for (std::size_t i = 0; i < report.undemanded.size(); ++i) {
    progress[std::string(undemanded_names[i])] = report.undemanded[i];
  }
  json["limited"] = report.limited;
  json["compared"] = report.compared;
  json["seconds"] = report.seconds;
  json["fingerprint"] = fmt::format("{:016x}", report.fingerprint);
  // Each is put in when it is whole: a member may move when another is added.
  auto faults = nlohmann::ordered_json::object();
  auto enabled = nlohmann::ordered_json::object();
  for (std::size_t i = 0; i < report.faults.size(); ++i) {
    const std::string name(text_of(static_cast<Fault>(i)).name);
    faults[name] = report.faults[i];
    enabled[name] = report.faults_enabled[i];
  }
  json["faults"] = std::move(faults);
  json["faults_enabled"] = std::move(enabled);
  const auto texts = protocol_named(summary.choices.protocol).probes;
  auto& probes = json["probes"] = nlohmann::ordered_json::object();
  for (std::size_t i = 0; i < report.probe_counts.size(); ++i) {
    probes[std::string(texts[i].name)] = report.probe_counts[i];
  }
  auto& violations = json["violations"] = nlohmann::ordered_json::array();
  for (const ReportedViolation& reported : summary.violations) {
    violations.push_back(violation_json(reported, stop));
  }
  return format_json(json) + "\n";
}

std::string progress_line(const CampaignProgress& progress) {
  const double seconds = std::max(progress.seconds, 1e-3);
  const double share = std::min(1.0, progress.share_done);
  std::string line = fmt::format(
      "{}  {:.0f}/s  {:.2f} M steps/s  {:.1f} % chosen  {}", counted(progress.runs, "run"),
      static_cast<double>(progress.runs) / seconds,
      static_cast<double>(progress.steps) / seconds / 1e6, percent(progress.decided, progress.runs),
      counted(progress.violations, "violation"));
  if (share > 0) {
    line += fmt::format("  {} left", rough_time(seconds / share - seconds));
  }
  return line;
}

}  // namespace synod
