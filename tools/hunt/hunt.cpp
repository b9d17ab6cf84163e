#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "scenarios/words/input_error.h"
#include "scenarios/words/nearest.h"
#include "scenarios/words/safe_text.h"
#include "tools/completion/registered_words.h"
#include "tools/hunt/classes.h"
#include "tools/hunt/hunt_figures.h"
#include "tools/hunt/hunt_measure.h"
#include "tools/hunt/hunt_report.h"
#include "tools/long_work/interrupt.h"
#include "tools/long_work/progress_line.h"
#include "tools/support/choose.h"
#include "tools/support/files.h"
#include "tools/support/print.h"
#include "tools/support/program_name.h"
#include "tools/support/say.h"
#include "tools/support/verbs.h"

namespace synod {
namespace {

struct HuntOptions {
  /// Slugs; "all" is every one that is a bug, "generated" every one of these; empty: all.
  std::vector<std::string> mutants;
  std::string strategy = "both";  ///< or default, or uniform
  std::uint64_t trials = 100;
  std::uint64_t budget = 100000;  ///< runs of each trial
  std::uint64_t states = 20000;   ///< of a small world
  unsigned jobs = 0;
  std::string json;      ///< file; empty: none
  std::string markdown;  ///< file; empty: none
};

constexpr std::array<std::string_view, 3> strategy_names = {"default", "uniform", "both"};

std::vector<Strategy> strategies_named(const std::string& name) {
  if (name == "both") {
    return {Strategy::swarm, Strategy::uniform};
  }
  for (const Strategy strategy : {Strategy::swarm, Strategy::uniform}) {
    if (name == to_text(strategy)) {
      return {strategy};
    }
  }
  throw InputError(
      fmt::format("hunt: no strategy \"{}\": {}", name, right_name(name, strategy_names)));
}

HuntPlan plan_of(const HuntOptions& options) {
  const bool is_for_all = options.mutants.empty();
  HuntPlan plan;
  plan.targets = hunt_targets(is_for_all ? std::vector<std::string>{"all"} : options.mutants);
  plan.strategies = strategies_named(options.strategy);
  plan.trials = options.trials;
  plan.budget = options.budget;
  plan.jobs = job_count(options.jobs);
  return plan;
}

/// What measures the same again, whatever it was called by, and on however many threads.
std::string command_to_hunt(const HuntOptions& options, bool are_generated) {
  std::string command = fmt::format("{} hunt", program_name());
  if (!options.mutants.empty()) {
    command += " --mutants";
    for (const std::string& slug : options.mutants) {
      command += " " + shell_word(slug);
    }
  }
  if (options.strategy != "both") {
    command += " --strategy " + options.strategy;
  }
  command += fmt::format(" --trials {} --budget {}", options.trials, options.budget);
  if (are_generated) {
    command += fmt::format(" --states {}", options.states);
  }
  if (!options.markdown.empty()) {
    command += " --markdown " + shell_word(options.markdown);
  }
  return command;
}

std::vector<HuntTarget> all_but_bugs() {
  std::vector<HuntTarget> targets;
  for (const ProtocolEntry& protocol : protocols()) {
    for (const MutantText& mutant : protocol.mutants()) {
      if (mutant.kind != MutantKind::bug) {
        targets.push_back({protocol.text.name, mutant});
      }
    }
  }
  return targets;
}

std::string progress_text(const HuntProgress& progress) {
  return fmt::format("{} of {}  {}  {:.0f}/s  {} {}", grouped(progress.trials_done),
                     counted(progress.trials, "trial"), counted(progress.runs, "run"),
                     static_cast<double>(progress.runs) / std::max(progress.seconds, 1e-3),
                     progress.mutant, to_text(progress.strategy));
}

HuntReport hunt_in_sight(const HuntPlan& plan, const InterruptWatch& watch) {
  ProgressLine line;
  return measure(plan, watch.is_interrupted(),
                 [&](const HuntProgress& progress) { line.show(progress_text(progress)); });
}

int status_of(const HuntSummary& summary) {
  if (summary.is_interrupted) {
    return exit_status(Verdict::inconclusive);
  }
  const bool is_well = std::all_of(summary.rows.begin(), summary.rows.end(), is_as_it_should_be);
  return exit_status(is_well ? Verdict::holds : Verdict::violated);
}

// ---- Generated mutants --------------------------------------------------------------------------

/// Are they? Throws InputError where some are and some are not.
bool are_generated(const HuntPlan& plan, const HuntOptions& options) {
  const auto is_generated = [](const HuntTarget& target) {
    return target.mutant.kind == MutantKind::generated;
  };
  if (std::ranges::none_of(plan.targets, is_generated)) {
    return false;
  }
  if (!std::ranges::all_of(plan.targets, is_generated)) {
    throw InputError(
        "hunt: --mutants: generated mutants and planted bugs are hunted apart: name either");
  }
  if (options.strategy == "uniform") {
    throw InputError(
        "hunt: --strategy uniform: generated mutants are judged by the default campaign: leave it "
        "out");
  }
  return true;
}

ClassesReport find_classes_in_sight(const ClassesPlan& plan, const InterruptWatch& watch) {
  ProgressLine line;
  return find_classes(
      plan, watch.is_interrupted(),
      [&](const HuntProgress& progress) { line.show(progress_text(progress)); },
      [&](const std::string& what) { line.show(what); });
}

/// Returns 0 when the default campaign finds every bug among them, 1 when one escapes it.
int hunt_generated(const HuntOptions& options, const HuntPlan& hunt, const InterruptWatch& watch) {
  ClassesPlan plan{hunt, options.states};
  plan.hunt.strategies = {Strategy::swarm};
  ClassesReport report = find_classes_in_sight(plan, watch);
  report.command = command_to_hunt(options, true);
  WrittenFiles files;
  if (!report.is_interrupted) {
    files.try_write(options.json, classes_json(report));
    files.try_write(options.markdown, classes_markdown(report));
  }
  fmt::print("{}", classes_text(report));
  files.expect_all();
  if (report.is_interrupted) {
    return exit_status(Verdict::inconclusive);
  }
  const bool is_well = std::ranges::all_of(report.mutants, [](const ClassedMutant& mutant) {
    return mutant.is != MutantClass::bug || is_found_in_median(mutant);
  });
  return exit_status(is_well ? Verdict::holds : Verdict::violated);
}

/// Returns 0 when the hunt came to what it should, and 1 when a bug escaped it.
int hunt(const HuntOptions& options) {
  const InterruptWatch watch;
  const HuntPlan plan = plan_of(options);
  if (are_generated(plan, options)) {
    return hunt_generated(options, plan, watch);
  }
  HuntSummary summary = sum_up(plan, hunt_in_sight(plan, watch));
  summary.command = command_to_hunt(options, false);
  WrittenFiles files;
  if (!summary.is_interrupted) {
    files.try_write(options.json, hunt_json(summary));
    files.try_write(options.markdown, hunt_markdown(summary, all_but_bugs()));
  }
  say("{}", hunt_text(summary));
  files.expect_all();
  return status_of(summary);
}

Verb::Run declare_hunt(Arguments& arguments) {
  auto options = std::make_shared<HuntOptions>();
  arguments
      .several("--mutants", "all|generated|SLUG", options->mutants,
               "Those to hunt (default: all, which is every one that is a bug); generated: those "
               "that follow from the types of rules, each classed by what comes of it")
      .can_be(all_or_mutant_words);
  arguments
      .text("--strategy", "NAME", options->strategy,
            "default (as fuzz), uniform (the baseline: one fixed configuration) or both")
      .can_be(words_of(strategy_names));
  // So many, that the last seed of the last trial is still one.
  arguments.number(
      "--trials", "N", options->trials, {.min = 1, .max = 10'000},
      "How often to hunt each, with seeds of its own: trial t, from 0, starts at t * RUNS + 1");
  arguments.number("--budget", "RUNS", options->budget, {.min = 1, .max = 1'000'000'000'000'000},
                   "A trial gives up after so many runs");
  arguments.number("--states", "N", options->states, {.min = 1, .max = 1'000'000},
                   "Of generated mutants that no trial finds, worlds of so many states at most are "
                   "searched to the end");
  add_jobs(arguments, options->jobs);
  arguments.report("--json", options->json, "Write the figures for machines to this file");
  arguments.report("--markdown", options->markdown, "Write the tables as a page to this file");
  arguments.footer(
      "Exit status: 0 every bug was found in every trial of the default strategy (of the baseline, "
      "where\nonly that was asked for), 1 some was not, 2 bad usage or input, 3 interrupted. Where "
      "named: what is\noutside the fault model must be found as well, and a control must raise no "
      "alarm, else 1. Of generated\nmutants: 0 the default campaign found every bug among them in "
      "half of its trials or more, else 1.");
  return [options] { return hunt(*options); };
}

}  // namespace

const Verb hunt_verb = {"hunt", "Measure what it takes to find the planted bugs", &declare_hunt};

}  // namespace synod
