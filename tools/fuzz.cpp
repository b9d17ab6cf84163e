#include <fmt/format.h>

#include <cstdint>
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
#include "tools/stop.h"
#include "tools/verbs.h"

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

/// The trace of the seed, as it was found.
void write_found(const FuzzOptions& options, const RunChoices& choices, Runner& runner,
                 ReportedViolation& reported) {
  const Trace trace = runner.record(reported.violation.seed);
  reported.steps = trace.steps.size();
  reported.trace = name_of_trace(options, choices, reported.violation) + ".json";
  write_trace(options, runner, reported.trace, trace);
  reported.replay = command_to_replay(options.choices, reported.trace);
}

/// Puts the shrunk trace in its place, and it beside that, if it can be shrunk.
void write_shrunk(const FuzzOptions& options, const RunChoices& choices, const Stop& stop,
                  Runner& runner, ReportedViolation& reported) {
  if (stop.is_asked()) {
    reported.shrunk = not_shrunk(reported.steps, stop);
    return;
  }
  const Trace trace = runner.record(reported.violation.seed);
  {
    ProgressLine line;
    reported.shrunk = shrink_while_shown(choices, trace, effort_in_passing, stop, line);
  }
  if (reported.shrunk->why_original.empty()) {
    const std::string original =
        name_of_trace(options, choices, reported.violation) + ".original.json";
    write_trace(options, runner, original, trace);
    reported.original = original;
    write_trace(options, runner, reported.trace, reported.shrunk->trace);
    reported.story = story_of(runner, reported.shrunk->trace);
  }
}

/// Writes the trace of each kind of violation, however little time is left; then those that can be
/// shrunk until then. Says in the report where they are.
void write_traces(const FuzzOptions& options, const RunChoices& choices, const Stop& stop,
                  std::vector<ReportedViolation>& violations) {
  if (violations.empty()) {
    return;
  }
  make_folder(options.out);
  const auto runner = make_runner(choices);
  {
    ProgressLine line;
    std::size_t written = 0;
    for (ReportedViolation& reported : violations) {
      line.show(fmt::format("writing  {} of {}", ++written, counted(violations.size(), "trace")));
      write_found(options, choices, *runner, reported);
    }
  }
  std::size_t left = options.has_no_shrinking ? 0 : violations.size();
  for (auto reported = violations.begin(); left > 0; ++reported, --left) {
    write_shrunk(options, choices, stop.for_one_of(left), *runner, *reported);
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
  fmt::print("{}", coverage_text(plan, report));
  if (!options.json.empty()) {
    write_file(options.json, coverage_json(plan, report));
  }
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
  campaign.choices = run_choices(options.choices);
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
  std::string complaint;  // a disk that is full does not cost the report
  const auto try_to = [&complaint](const auto& write) {
    try {
      write();
    } catch (const InputError& error) {
      complaint = complaint.empty() ? error.what() : complaint;
    }
  };
  try_to([&] { write_traces(options, campaign.choices, stop, summary.violations); });
  if (!options.json.empty()) {  // before it is printed: the terminal may be gone
    try_to([&] { write_file(options.json, campaign_json(summary, stop)); });
  }
  fmt::print("{}", campaign_text(summary, stop));
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
  arguments.seconds("--time", options->seconds, "Run for so long instead, all in all, as in 30s")
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
