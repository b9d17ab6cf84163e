#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <thread>

#include "scenarios/input_error.h"
#include "scenarios/nearest.h"
#include "tools/choose.h"
#include "tools/files.h"
#include "tools/hunt_figures.h"
#include "tools/hunt_measure.h"
#include "tools/hunt_report.h"
#include "tools/interrupt.h"
#include "tools/print.h"
#include "tools/progress_line.h"
#include "tools/verbs.h"

namespace synod {
namespace {

std::vector<Strategy> strategies_named(const std::string& name) {
  if (name == "both") {
    return {Strategy::swarm, Strategy::uniform};
  }
  for (const Strategy strategy : {Strategy::swarm, Strategy::uniform}) {
    if (name == to_text(strategy)) {
      return {strategy};
    }
  }
  constexpr std::array<std::string_view, 3> names = {"default", "uniform", "both"};
  throw InputError(
      fmt::format("hunt: no strategy \"{}\": did you mean \"{}\"?", name, nearest(name, names)));
}

HuntPlan plan_of(const HuntOptions& options) {
  const bool is_for_all = options.mutants.empty();
  HuntPlan plan;
  plan.targets = hunt_targets(is_for_all ? std::vector<std::string>{"all"} : options.mutants);
  plan.strategies = strategies_named(options.strategy);
  plan.trials = options.trials;
  plan.budget = options.budget;
  plan.jobs = options.jobs != 0 ? options.jobs : std::thread::hardware_concurrency();
  return plan;
}

/// What measures the same again, whatever it was called by, and on however many threads.
std::string command_to_hunt(const HuntOptions& options) {
  std::string command = "synod hunt";
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

HuntReport hunt_in_sight(const HuntPlan& plan) {
  const InterruptWatch watch;
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

}  // namespace

int hunt(const HuntOptions& options) {
  const HuntPlan plan = plan_of(options);
  for (const std::string& file : {options.json, options.markdown}) {
    if (!file.empty()) {
      expect_writable_file(file);  // now, not after the hunt
    }
  }
  HuntSummary summary = sum_up(plan, hunt_in_sight(plan));
  summary.command = command_to_hunt(options);
  fmt::print("{}", hunt_text(summary));
  if (!summary.is_interrupted && !options.json.empty()) {
    write_file(options.json, hunt_json(summary));
  }
  if (!summary.is_interrupted && !options.markdown.empty()) {
    write_file(options.markdown, hunt_markdown(summary, all_but_bugs()));
  }
  return status_of(summary);
}

}  // namespace synod
