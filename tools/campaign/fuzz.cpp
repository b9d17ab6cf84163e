#include <fmt/format.h>

#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/format/complaint.h"
#include "scenarios/library/asked_faults.h"
#include "scenarios/run/runner.h"
#include "scenarios/words/input_error.h"
#include "tools/campaign/campaign.h"
#include "tools/campaign/campaign_report.h"
#include "tools/campaign/coverage.h"
#include "tools/campaign/failure_traces.h"
#include "tools/campaign/trace_names.h"
#include "tools/long_work/interrupt.h"
#include "tools/long_work/progress_line.h"
#include "tools/long_work/stop.h"
#include "tools/support/choose.h"
#include "tools/support/files.h"
#include "tools/support/print.h"
#include "tools/support/say.h"
#include "tools/support/verbs.h"

namespace synod {
namespace {

constexpr double seconds_to_shrink = 5;  ///< of each kind of violation, where time is short

struct FuzzOptions {
  Choices choices;
  std::uint64_t first_seed = 1;
  std::uint64_t seeds = 100000;
  std::optional<double> seconds;
  unsigned jobs = 0;
  std::string out = "synod-traces";
  std::string json;               ///< file; empty: none
  std::string coverage_of;        ///< what `explore --json` wrote; empty: a campaign
  bool has_observations = false;  ///< in the traces
  bool keeps_going = false;
  bool has_no_shrinking = false;
  Ratio determinism;
};

/// None with a time limit.
std::optional<std::uint64_t> seeds_of(const FuzzOptions& options) {
  return options.seconds ? std::nullopt : std::optional(options.seeds);
}

/// What is wrong is said before the first run, not after the last.
void expect_good(const FuzzOptions& options) {
  if (!options.seconds) {
    expect_seeds("fuzz", options.first_seed, "--seeds", options.seeds);
  }
}

/// No trace takes the place of a file that was named.
void expect_apart(const FuzzOptions& options, const TraceNames& names) {
  for (const auto& [option, file] :
       {std::pair{"--json", options.json}, std::pair{"--scenario", options.choices.scenario}}) {
    if (!file.empty() && names.may_be(file)) {
      throw InputError(
          fmt::format("fuzz: {} {}: a trace in --out could have this name: give "
                      "another",
                      option, in_quotes(file)));
    }
  }
}

int cover(const FuzzOptions& options, const Stop& stop) {
  const ExplorePlan plan = read_explored(options.coverage_of);
  expect_good(options);
  CoverageReport report;
  {
    ProgressLine line;
    report = measure_coverage(
        plan, options.first_seed, seeds_of(options), stop,
        [&](std::uint64_t states, std::uint64_t runs) {
          line.show(fmt::format("{}  {}", counted(states, "state"), counted(runs, "run")));
        });
  }
  WrittenFiles files;
  files.try_write(options.json, coverage_json(plan, report));
  say("{}", coverage_text(plan, report));
  files.expect_all();
  return exit_status(report.unknown > 0            ? Verdict::violated
                     : report.inconclusive.empty() ? Verdict::holds
                                                   : Verdict::inconclusive);
}

int fuzz(const FuzzOptions& options) {
  const InterruptWatch watch;
  const Stop stop(watch.is_interrupted(), options.seconds);
  if (!options.coverage_of.empty()) {
    return cover(options, stop);
  }
  CampaignOptions campaign;
  campaign.choices = run_choices("fuzz", options.choices);
  if (campaign.choices.scenario && campaign.choices.scenario->has_steps) {
    throw InputError(fmt::format(
        "fuzz: scenario \"{}\" has steps of its own and draws nothing: use \"run --scenario {}\"",
        options.choices.scenario, options.choices.scenario));
  }
  campaign.first_seed = options.first_seed;
  campaign.seeds = seeds_of(options);
  campaign.jobs = job_count(options.jobs);
  campaign.keeps_going = options.keeps_going;
  campaign.determinism = options.determinism;
  campaign.seconds_to_keep = options.has_no_shrinking ? 0 : seconds_to_shrink;
  expect_good(options);
  const TraceNames names(options.out, campaign.choices);
  expect_apart(options, names);
  if (names.are_shortened()) {
    say("names         too long for a file with so many planted bugs, so traces are {}\n",
        names.pattern());
    std::fflush(stdout);
  }

  CampaignSummary summary;
  summary.choices = campaign.choices;
  if (campaign.choices.scenario) {
    summary.warnings = warnings_about(*campaign.choices.scenario);
  }
  {
    ProgressLine line;
    summary.report = run_campaign(campaign, stop, [&](const CampaignProgress& progress) {
      line.show(progress_line(progress));
    });
  }
  for (const Violation& violation : summary.report.violations) {
    ReportedViolation reported;
    reported.violation = violation;
    reported.repeat = command_to_repeat(options.choices, violation.seed);
    summary.violations.push_back(reported);
  }
  WrittenFiles files;  // a disk that is full does not cost the report
  FailureTraces traces({.choices = campaign.choices,
                        .typed = options.choices,
                        .folder = options.out,
                        .has_observations = options.has_observations,
                        .shrinks = !options.has_no_shrinking},
                       names, stop);
  traces.write(summary.violations, files);
  // Before it is printed: the terminal may be gone.
  files.try_write(options.json, campaign_json(summary, stop));
  say("{}", campaign_text(summary, stop));
  files.expect_all();
  return exit_status(summary.report.verdict);
}

Verb::Run declare_fuzz(Arguments& arguments) {
  auto options = std::make_shared<FuzzOptions>();
  add_choices(arguments, options->choices);
  const auto seeds =
      arguments.number("--seeds", "N", options->seeds, {.min = 1}, "How many seeds to run");
  arguments.seconds("--time", options->seconds, "Run for so long instead, all in all, as in 30s")
      .excludes(seeds);
  arguments.number("--first-seed", "S", options->first_seed, {}, "Start from this seed");
  add_jobs(arguments, options->jobs);
  arguments.output_folder("--out", options->out, "Folder for the traces of failures");
  arguments.report("--json", options->json, "Write the summary for machines to this file");
  add_observations(arguments, options->has_observations);
  add_properties(arguments, options->choices);
  arguments.flag("--keep-going", options->keeps_going, "Go on after a violation");
  arguments.flag("--no-shrink", options->has_no_shrinking,
                 "Leave the traces of failures as they were found");
  arguments.ratio("--check-determinism", options->determinism,
                  "Run this share of seeds twice and compare, as in 0.01");
  arguments.input("--coverage-of", options->coverage_of,
                  "Say instead what share of the states of a search the runs come to: of the one "
                  "that \"explore --json FILE\" was");
  add_protocol_options(arguments, options->choices);
  return [options] { return fuzz(*options); };
}

}  // namespace

const Verb fuzz_verb = {"fuzz", "Run many seeds and report what they find", &declare_fuzz};

}  // namespace synod
