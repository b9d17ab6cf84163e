// What it takes to find planted bugs, measured: `synod hunt` prints it.
//
// A mutant is hunted in trials that have nothing to do with each other: trial t, counted from 0,
// runs the seeds from t * budget + 1 on, one after the other, until one breaks a property or the
// budget is used up. Every strategy runs the same seeds. A trial is one thread's, so that it comes
// to the same however many there are; only the processor time differs.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/mutants/mutant.h"
#include "scenarios/run/runner.h"

namespace synod {

struct HuntTarget {
  std::string_view protocol;
  MutantText mutant;
};

/// By protocol, then by slug; generated ones in the order of their rules, after the others. "all"
/// stands for every mutant that is a bug, and "generated" for all that are generated; others are
/// hunted only when they are named. Throws InputError for a slug that no protocol has, with the
/// nearest.
std::vector<HuntTarget> hunt_targets(const std::vector<std::string>& slugs);

struct HuntPlan {
  std::vector<HuntTarget> targets;
  std::vector<Strategy> strategies;
  std::uint64_t trials = 100;
  std::uint64_t budget = 100000;  ///< runs of each trial
  unsigned jobs = 1;
};

struct HuntTrial {
  std::string property;    ///< that was broken; empty when nothing was found
  std::uint64_t runs = 0;  ///< with the one that found it
  std::uint64_t steps = 0;
  double cpu_seconds = 0;  ///< of the thread
};

/// One mutant under one strategy.
struct Hunted {
  HuntTarget target;
  Strategy strategy = Strategy::swarm;
  std::vector<HuntTrial> trials;
};

struct HuntReport {
  bool is_interrupted = false;
  std::vector<Hunted> hunted;  ///< in the order of the plan; only what was hunted to the end
};

/// Shown while it runs.
struct HuntProgress {
  std::string_view mutant;  ///< of the trial begun last
  Strategy strategy = Strategy::swarm;
  std::uint64_t trials_done = 0;
  std::uint64_t trials = 0;
  std::uint64_t runs = 0;
  double seconds = 0;
};
using OnHuntProgress = std::function<void(const HuntProgress&)>;

/// Until every trial is done, or `stop` is set.
HuntReport measure(const HuntPlan& plan, const std::atomic<bool>& stop,
                   const OnHuntProgress& on_progress);

}  // namespace synod
