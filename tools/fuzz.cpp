#include <fmt/format.h>

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/asked_faults.h"
#include "scenarios/runner.h"
#include "scenarios/trace.h"
#include "tools/build_identity.h"
#include "tools/campaign.h"
#include "tools/choose.h"
#include "tools/coverage.h"
#include "tools/files.h"
#include "tools/interrupt.h"
#include "tools/print.h"
#include "tools/progress_line.h"
#include "tools/report.h"
#include "tools/shrinking.h"
#include "tools/verbs.h"

namespace synod {
namespace {

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

/// What is wrong is said before the first run, not after the last.
void expect_good(const FuzzOptions& options) {
  constexpr std::uint64_t seed_max = std::numeric_limits<std::uint64_t>::max();
  if (!options.seconds && options.seeds - 1 > seed_max - options.first_seed) {
    throw InputError(
        fmt::format("fuzz: --first-seed {}: --seeds {} would go beyond the last seed, {}",
                    options.first_seed, options.seeds, seed_max));
  }
  if (!options.json.empty()) {
    expect_writable_file(options.json);
  }
  expect_possible_folder(options.out);
}

std::string name_of_trace(const FuzzOptions& options, const RunChoices& choices,
                          const Violation& violation) {
  std::string name = choices.protocol;
  for (const std::string& mutant : choices.mutants) {
    name += "-" + mutant;
  }
  return fmt::format("{}/{}-{}-{}", options.out, name, violation.property, violation.seed);
}

void write_trace(const FuzzOptions& options, Runner& runner, const std::string& path, Trace trace) {
  trace.build = build_identity();
  if (options.has_observations) {
    runner.observe(trace);
  }
  write_file(path, format_trace(trace));
}

/// Writes the trace of each kind of violation, shrunk where it can be, and the one of the seed
/// beside it. Says in the report where they are.
void write_traces(const FuzzOptions& options, const RunChoices& choices,
                  std::vector<ReportedViolation>& violations) {
  if (violations.empty()) {
    return;
  }
  make_folder(options.out);
  const auto runner = make_runner(choices);
  for (ReportedViolation& reported : violations) {
    const std::string name = name_of_trace(options, choices, reported.violation);
    const Trace trace = runner->record(reported.violation.seed);
    reported.trace = name + ".json";
    write_trace(options, *runner, reported.trace, trace);
    reported.replay = command_to_replay(options.choices, reported.trace);
    if (options.has_no_shrinking) {
      continue;
    }
    reported.shrunk = shrink_while_shown(choices, trace, effort_in_passing);
    if (reported.shrunk->why_original.empty()) {
      reported.original = name + ".original.json";
      write_trace(options, *runner, reported.original, trace);
      write_trace(options, *runner, reported.trace, reported.shrunk->trace);
      reported.story = story_of(*runner, reported.shrunk->trace);
    }
  }
}

int cover(const FuzzOptions& options) {
  const ExplorePlan plan = read_explored(options.coverage_of);
  expect_good(options);
  CoverageReport report;
  {
    const InterruptWatch watch;
    ProgressLine line;
    report = measure_coverage(plan, options.first_seed, options.seeds, watch.is_interrupted(),
                              [&](std::uint64_t runs) { line.show(counted(runs, "run")); });
  }
  fmt::print("{}", coverage_text(plan, report));
  if (!options.json.empty()) {
    write_file(options.json, coverage_json(plan, report));
  }
  return exit_status(report.unknown > 0      ? Verdict::violated
                     : report.is_interrupted ? Verdict::inconclusive
                                             : Verdict::holds);
}

int fuzz(const FuzzOptions& options) {
  if (!options.coverage_of.empty()) {
    return cover(options);
  }
  CampaignOptions campaign;
  campaign.choices = run_choices(options.choices);
  if (campaign.choices.scenario && campaign.choices.scenario->has_steps) {
    throw InputError(fmt::format(
        "fuzz: scenario \"{}\" has steps of its own and draws nothing: use \"run --scenario {}\"",
        options.choices.scenario, options.choices.scenario));
  }
  campaign.first_seed = options.first_seed;
  campaign.seeds = options.seeds;
  campaign.seconds = options.seconds;
  campaign.jobs = job_count(options.jobs);
  campaign.keeps_going = options.keeps_going;
  campaign.determinism = options.determinism;
  expect_good(options);

  CampaignSummary summary;
  summary.choices = campaign.choices;
  if (campaign.choices.scenario) {
    summary.warnings = warnings_about(*campaign.choices.scenario);
  }
  {
    const InterruptWatch watch;
    ProgressLine line;
    summary.report =
        run_campaign(campaign, watch.is_interrupted(),
                     [&](const CampaignProgress& progress) { line.show(progress_line(progress)); });
  }
  for (const Violation& violation : summary.report.violations) {
    ReportedViolation reported;
    reported.violation = violation;
    reported.repeat = command_to_repeat(options.choices, violation.seed);
    summary.violations.push_back(reported);
  }
  std::string complaint;  // a disk that is full does not cost the report
  try {
    write_traces(options, campaign.choices, summary.violations);
  } catch (const InputError& error) {
    complaint = error.what();
  }
  fmt::print("{}", campaign_text(summary));
  if (!options.json.empty()) {
    write_file(options.json, campaign_json(summary));
  }
  if (!complaint.empty()) {
    throw InputError(complaint);
  }
  return exit_status(summary.report.verdict);
}

Verb::Run declare_fuzz(Arguments& arguments) {
  auto options = std::make_shared<FuzzOptions>();
  add_choices(arguments, options->choices);
  const auto seeds =
      arguments.number("--seeds", "N", options->seeds, {.min = 1}, "How many seeds to run");
  arguments.seconds("--time", options->seconds, "Run for so long instead, as in 30s")
      .excludes(seeds);
  arguments.number("--first-seed", "S", options->first_seed, {}, "Start from this seed");
  add_jobs(arguments, options->jobs);
  arguments.text("--out", "DIR", options->out, "Folder for the traces of failures");
  arguments.text("--json", "FILE", options->json, "Write the summary for machines to this file");
  add_observations(arguments, options->has_observations);
  arguments.flag("--keep-going", options->keeps_going, "Go on after a violation");
  arguments.flag("--no-shrink", options->has_no_shrinking,
                 "Leave the traces of failures as they were found");
  arguments.ratio("--check-determinism", options->determinism,
                  "Run this share of seeds twice and compare, as in 0.01");
  arguments.text("--coverage-of", "FILE", options->coverage_of,
                 "Say instead what share of the states of a search the runs come to: of the one "
                 "that \"explore --json FILE\" was");
  return [options] { return fuzz(*options); };
}

}  // namespace

const Verb fuzz_verb = {"fuzz", "Run many seeds and report what they find", &declare_fuzz};

}  // namespace synod
