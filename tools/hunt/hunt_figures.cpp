#include "tools/hunt/hunt_figures.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace synod {
namespace {

/// The one at this place, or none where it would lie among those that have no value.
std::optional<double> at(const std::vector<double>& sorted, std::uint64_t place) {
  return place < sorted.size() ? std::optional(sorted[place]) : std::nullopt;
}

std::string most_frequent(const std::map<std::string, std::uint64_t>& counts) {
  const auto most =
      std::max_element(counts.begin(), counts.end(),
                       [](const auto& a, const auto& b) { return a.second < b.second; });
  return most == counts.end() ? std::string() : most->first;
}

bool is_same(const HuntTarget& a, const HuntTarget& b) {
  return a.protocol == b.protocol && a.mutant.slug == b.mutant.slug;
}

/// Does it cost the baseline more than what is cheap anyway? Where its budget is smaller than that
/// and did not do, nobody knows.
bool is_costly(const HuntFigures& baseline, std::uint64_t budget) {
  return baseline.runs.median ? *baseline.runs.median > costly_runs
                              : static_cast<double>(budget) >= costly_runs;
}

}  // namespace

Spread spread_of(std::vector<double> values, std::uint64_t trials) {
  std::sort(values.begin(), values.end());
  if (trials == 0) {
    return {};
  }
  Spread spread;
  const std::optional<double> below = at(values, (trials - 1) / 2);
  const std::optional<double> above = at(values, trials / 2);
  if (above) {
    spread.median = (*below + *above) / 2;
  }
  spread.p90 = at(values, (9 * trials + 9) / 10 - 1);
  return spread;
}

HuntFigures figures_of(const Hunted& hunted) {
  const MutantText& mutant = hunted.target.mutant;
  HuntFigures figures;
  figures.trials = hunted.trials.size();
  std::vector<double> runs;
  std::vector<double> steps;
  std::vector<double> cpu_seconds;
  std::map<std::string, std::uint64_t> properties;
  for (const HuntTrial& trial : hunted.trials) {
    if (trial.property.empty()) {
      continue;
    }
    ++figures.found;
    ++properties[trial.property];
    // A control that is safe and not live says so by its property, and by no other.
    figures.has_alarm |= mutant.kind == MutantKind::control && trial.property != mutant.property;
    runs.push_back(static_cast<double>(trial.runs));
    steps.push_back(static_cast<double>(trial.steps));
    cpu_seconds.push_back(trial.cpu_seconds);
  }
  figures.property = most_frequent(properties);
  figures.runs = spread_of(std::move(runs), figures.trials);
  figures.steps = spread_of(std::move(steps), figures.trials);
  figures.cpu_seconds = spread_of(std::move(cpu_seconds), figures.trials);
  return figures;
}

HuntSummary sum_up(const HuntPlan& plan, const HuntReport& report) {
  HuntSummary summary;
  summary.trials = plan.trials;
  summary.budget = plan.budget;
  summary.is_interrupted = report.is_interrupted;
  summary.targets = plan.targets.size();
  for (const Hunted& hunted : report.hunted) {
    if (summary.rows.empty() || !is_same(summary.rows.back().target, hunted.target)) {
      summary.rows.push_back({hunted.target, {}, {}});
    }
    HuntRow& row = summary.rows.back();
    (hunted.strategy == Strategy::swarm ? row.by_default : row.by_uniform) = figures_of(hunted);
  }
  return summary;
}

std::string_view to_text(Strategy strategy) {
  return strategy == Strategy::swarm ? "default" : "uniform";
}

std::optional<RunsRatio> runs_ratio(const HuntRow& row, std::uint64_t budget) {
  if (!row.by_default || !row.by_default->runs.median || !row.by_uniform) {
    return std::nullopt;
  }
  const std::optional<double> baseline = row.by_uniform->runs.median;
  return RunsRatio{baseline.value_or(static_cast<double>(budget)) / *row.by_default->runs.median,
                   !baseline.has_value()};
}

MeanRatio mean_ratio(const HuntSummary& summary) {
  MeanRatio mean;
  double logarithms = 0;
  for (const HuntRow& row : summary.rows) {
    if (row.target.mutant.kind != MutantKind::bug || !row.by_default || !row.by_uniform ||
        !is_costly(*row.by_uniform, summary.budget)) {
      continue;
    }
    if (const std::optional<RunsRatio> ratio = runs_ratio(row, summary.budget)) {
      ++mean.mutants;
      mean.at_least += ratio->is_at_least ? 1U : 0U;
      logarithms += std::log(ratio->value);
    } else {
      mean.without_ratio.push_back(row.target.mutant.slug);
    }
  }
  mean.value = mean.mutants == 0 ? 0 : std::exp(logarithms / static_cast<double>(mean.mutants));
  return mean;
}

bool is_much_worse(const HuntRow& row, std::uint64_t budget) {
  if (!row.by_default || !row.by_uniform || !row.by_uniform->runs.median) {
    return false;
  }
  const double twice = 2 * *row.by_uniform->runs.median;
  const std::optional<double> own = row.by_default->runs.median;
  return own ? *own > twice : static_cast<double>(budget) >= twice;
}

bool is_as_it_should_be(const HuntRow& row) {
  const std::optional<HuntFigures>& figures = row.by_default ? row.by_default : row.by_uniform;
  if (!figures) {
    return false;
  }
  return row.target.mutant.kind == MutantKind::control ? !figures->has_alarm
                                                       : figures->found == figures->trials;
}

}  // namespace synod
