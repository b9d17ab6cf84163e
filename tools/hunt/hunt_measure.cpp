#include "tools/hunt/hunt_measure.h"

#include <algorithm>
#include <chrono>
#include <ctime>
#include <memory>

#include "tools/long_work/stopped.h"
#include "tools/long_work/workers.h"

namespace synod {
namespace {

using Clock = std::chrono::steady_clock;

double thread_cpu_seconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

/// One mutant under one strategy, while it is being hunted.
struct Cell {
  const HuntTarget* target = nullptr;
  Strategy strategy = Strategy::swarm;
  std::vector<std::optional<HuntTrial>> trials;
};

std::unique_ptr<Runner> runner_of(const Cell& cell) {
  RunChoices choices;
  choices.protocol = cell.target->protocol;
  choices.mutants.emplace_back(cell.target->mutant.slug);
  choices.strategy = cell.strategy;
  return make_runner(choices);
}

class Hunt {
 public:
  Hunt(const HuntPlan& plan, const std::atomic<bool>& stop) : plan_(plan), stop_(stop) {
    cells_.reserve(plan.targets.size() * plan.strategies.size());
    for (const HuntTarget& target : plan.targets) {
      for (const Strategy strategy : plan.strategies) {
        cells_.push_back({&target, strategy, {}});
        cells_.back().trials.resize(plan.trials);
      }
    }
  }

  HuntReport run(const OnHuntProgress& on_progress) {
    workers_.run(plan_.jobs, [this](unsigned) { run_trials(); }, [&] { on_progress(progress()); });
    return report();
  }

 private:
  [[nodiscard]] bool must_stop() const { return stop_.load() || workers_.must_end(); }
  [[nodiscard]] std::uint64_t trial_count() const { return cells_.size() * plan_.trials; }

  void run_trials() {
    const Cell* at = nullptr;
    std::unique_ptr<Runner> runner;
    for (;;) {
      const std::uint64_t place = next_trial_.fetch_add(1);
      if (place >= trial_count() || must_stop()) {
        return;
      }
      Cell& cell = cells_[place / plan_.trials];
      if (&cell != at) {
        runner = runner_of(cell);
        runner->attend([this](std::uint64_t /*steps*/) { stop_if(must_stop()); });
        at = &cell;
      }
      const std::uint64_t trial = place % plan_.trials;
      cell.trials[trial] = run_trial(*runner, cell.target->mutant.kind, trial * plan_.budget + 1);
      trials_done_.fetch_add(1);
    }
  }

  /// None when it was stopped.
  std::optional<HuntTrial> run_trial(Runner& runner, MutantKind kind, std::uint64_t first_seed) {
    try {
      return run_trial_to_its_end(runner, kind, first_seed);
    } catch (const Stopped&) {
      return std::nullopt;
    }
  }

  HuntTrial run_trial_to_its_end(Runner& runner, MutantKind kind, std::uint64_t first_seed) {
    HuntTrial trial;
    const double start = thread_cpu_seconds();
    while (trial.runs < plan_.budget && trial.property.empty()) {
      stop_if(must_stop());
      const RunReport run = runner.run(first_seed + trial.runs);
      ++trial.runs;
      trial.steps += run.steps;
      if (is_find(run, kind)) {
        trial.property = run.finding.property;
      }
      runs_done_.fetch_add(1, std::memory_order_relaxed);
    }
    trial.cpu_seconds = thread_cpu_seconds() - start;
    return trial;
  }

  [[nodiscard]] HuntProgress progress() const {
    HuntProgress progress;
    if (trial_count() == 0) {
      return progress;
    }
    const std::uint64_t begun = next_trial_.load();
    const std::uint64_t last = std::min(begun == 0 ? 0 : begun - 1, trial_count() - 1);
    const Cell& cell = cells_[last / plan_.trials];
    progress.mutant = cell.target->mutant.slug;
    progress.strategy = cell.strategy;
    progress.trials_done = trials_done_.load();
    progress.trials = trial_count();
    progress.runs = runs_done_.load();
    progress.seconds = std::chrono::duration<double>(Clock::now() - start_).count();
    return progress;
  }

  [[nodiscard]] HuntReport report() const {
    HuntReport report;
    report.is_interrupted = stop_.load();
    report.hunted.reserve(cells_.size());
    for (const Cell& cell : cells_) {
      Hunted hunted{*cell.target, cell.strategy, {}};
      hunted.trials.reserve(cell.trials.size());
      for (const std::optional<HuntTrial>& trial : cell.trials) {
        if (trial) {
          hunted.trials.push_back(*trial);
        }
      }
      // Of one that was stopped the quick trials are done and the slow ones are not.
      if (hunted.trials.size() == plan_.trials) {
        report.hunted.push_back(std::move(hunted));
      }
    }
    return report;
  }

  const HuntPlan& plan_;
  const std::atomic<bool>& stop_;
  const Clock::time_point start_ = Clock::now();
  std::vector<Cell> cells_;  ///< each trial is written by the one worker that has it
  std::atomic<std::uint64_t> next_trial_{0};
  std::atomic<std::uint64_t> trials_done_{0};
  std::atomic<std::uint64_t> runs_done_{0};
  Workers workers_;
};

}  // namespace

std::vector<HuntTarget> hunt_targets(const std::vector<std::string>& slugs) {
  for (const std::string& slug : slugs) {
    if (slug != "all" && slug != "generated") {
      protocol_of_mutant(slug);  // throws when there is none
    }
  }
  const auto is_named = [&](std::string_view slug) {
    return std::find(slugs.begin(), slugs.end(), slug) != slugs.end();
  };
  std::vector<HuntTarget> targets;
  for (const ProtocolEntry& protocol : protocols()) {
    for (const MutantText& mutant : protocol.mutants()) {
      const bool is_one_of_all = mutant.kind == MutantKind::bug && is_named("all");
      if (is_one_of_all || is_named(mutant.slug)) {
        targets.push_back({protocol.text.name, mutant});
      }
    }
    for (const MutantText& mutant : protocol.generated_mutants()) {
      if (is_named("generated") || is_named(mutant.slug)) {
        targets.push_back({protocol.text.name, mutant});
      }
    }
  }
  return targets;
}

HuntReport measure(const HuntPlan& plan, const std::atomic<bool>& stop,
                   const OnHuntProgress& on_progress) {
  return Hunt(plan, stop).run(on_progress);
}

}  // namespace synod
