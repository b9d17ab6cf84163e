// What a hunt came to, in figures: medians and percentiles of each mutant, what the default
// strategy saves over the baseline, and what was aimed at.
//
// A trial that found nothing would have needed more than its budget, of runs as of steps and of
// time. It is never left out: a middle or a percentile that lies among such trials is none.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/run/runner.h"
#include "tools/hunt/hunt_measure.h"

namespace synod {

struct Spread {
  std::optional<double> median;  ///< of an even number, the mean of the two in the middle
  std::optional<double> p90;     ///< the smallest that nine tenths of the trials do not exceed
};

/// Of so many trials, of which only some have a value: the others lie above all of these.
Spread spread_of(std::vector<double> values, std::uint64_t trials);

/// One mutant under one strategy.
struct HuntFigures {
  std::uint64_t trials = 0;
  std::uint64_t found = 0;
  std::string property;    ///< broken most often, the first by name of equals; empty: none was
  bool has_alarm = false;  ///< of a control: some trial found what a control must not show
  Spread runs;
  Spread steps;
  Spread cpu_seconds;
};
HuntFigures figures_of(const Hunted& hunted);

/// One mutant, under the strategies that were asked for.
struct HuntRow {
  HuntTarget target;
  std::optional<HuntFigures> by_default;
  std::optional<HuntFigures> by_uniform;
};

struct HuntSummary {
  std::uint64_t trials = 0;
  std::uint64_t budget = 0;
  bool is_interrupted = false;
  std::uint64_t targets = 0;  ///< how many mutants were to be hunted
  std::vector<HuntRow> rows;  ///< by protocol, then by slug
  std::string command;        ///< that measured it
};
/// The rows of what was hunted. The command is left to the caller.
HuntSummary sum_up(const HuntPlan& plan, const HuntReport& report);

/// "default" or "uniform"
std::string_view to_text(Strategy strategy);

// ---- The default strategy beside the baseline ---------------------------------------------------

/// How many times as many runs the baseline needs, by the medians.
struct RunsRatio {
  double value = 0;
  bool is_at_least = false;  ///< the baseline's median is beyond its budget, which stands for it
};
/// None where the default's own median is beyond its budget, or one of the two was not measured.
std::optional<RunsRatio> runs_ratio(const HuntRow& row, std::uint64_t budget);

/// How much cheaper the default is, in geometric mean, over the mutants that cost the baseline
/// more than 1,000 runs.
struct MeanRatio {
  std::uint64_t mutants = 0;
  std::uint64_t at_least = 0;  ///< of these: how many have a ratio that is only a lower bound
  double value = 0;            ///< 0 where there are none
  /// Slugs that belong here, but have no ratio: the default's median is beyond its budget.
  std::vector<std::string_view> without_ratio;
};
inline constexpr double costly_runs = 1000;
MeanRatio mean_ratio(const HuntSummary& summary);

/// Does the default need more than twice as many runs as the baseline?
bool is_much_worse(const HuntRow& row, std::uint64_t budget);

/// A bug is found in every trial (of the default strategy where that was hunted, else of the
/// baseline); so is what is outside the fault model; a control raises no alarm.
bool is_as_it_should_be(const HuntRow& row);

}  // namespace synod
