#include "tools/hunt/hunt_aims.h"

#include <fmt/format.h>

#include <algorithm>

#include "tools/support/print.h"

namespace synod {
namespace {

using Names = std::vector<std::string>;
using Rows = std::vector<const HuntRow*>;

constexpr double cpu_seconds_aim = 1;
constexpr double mean_ratio_aim = 10;

Rows rows_of(const HuntSummary& summary, MutantKind kind) {
  Rows rows;
  for (const HuntRow& row : summary.rows) {
    if (row.target.mutant.kind == kind) {
      rows.push_back(&row);
    }
  }
  return rows;
}

std::string with_names(std::string_view verdict, const Names& names) {
  return names.empty() ? std::string(verdict)
                       : fmt::format("{}: {}", verdict, fmt::join(names, ", "));
}

/// Met where nobody falls short. What was stopped early may be short of more than it shows.
std::string judged(const HuntSummary& summary, const Names& short_of_it) {
  if (!short_of_it.empty()) {
    return with_names("falls short", short_of_it);
  }
  return summary.is_interrupted ? "inconclusive: interrupted" : "met";
}

std::string out_of(std::uint64_t part, std::uint64_t whole) {
  return fmt::format("{} of {}", grouped(part), grouped(whole));
}

HuntAim not_measured(std::string what, std::string why) {
  return {std::move(what), "not measured", std::move(why)};
}

HuntAim every_trial_aim(const HuntSummary& summary, const Rows& rows, std::string what) {
  Names missed;
  for (const HuntRow* row : rows) {
    if (!is_as_it_should_be(*row)) {
      const HuntFigures& figures = row->by_default ? *row->by_default : *row->by_uniform;
      missed.push_back(
          fmt::format("{} ({})", row->target.mutant.slug, out_of(figures.found, figures.trials)));
    }
  }
  return {std::move(what), out_of(rows.size() - missed.size(), rows.size()),
          judged(summary, missed)};
}

HuntAim cpu_aim(const HuntSummary& summary, const Rows& rows) {
  Names slow;
  double slowest = 0;
  for (const HuntRow* row : rows) {
    const std::optional<double> median = row->by_default->cpu_seconds.median;
    slowest = std::max(slowest, median.value_or(0));
    if (!median) {
      slow.push_back(fmt::format("{} (not found by half of the trials)", row->target.mutant.slug));
    } else if (*median >= cpu_seconds_aim) {
      slow.push_back(fmt::format("{} ({:.2f} s)", row->target.mutant.slug, *median));
    }
  }
  return {"median under 1 CPU-second each", fmt::format("at most {:.4f} s", slowest),
          judged(summary, slow)};
}

HuntAim mean_aim(const HuntSummary& summary) {
  const MeanRatio mean = mean_ratio(summary);
  const std::string what = fmt::format(
      "10 times fewer runs than the baseline, in geometric mean over what costs it "
      "more than {}",
      grouped(static_cast<std::uint64_t>(costly_runs)));
  if (!mean.without_ratio.empty()) {
    const Names names(mean.without_ratio.begin(), mean.without_ratio.end());
    return {
        what, "no ratio",
        with_names("inconclusive: the default found these in half of the trials at most", names)};
  }
  if (mean.mutants == 0) {
    return not_measured(what, "no mutant is known to cost it so much");
  }
  const bool is_at_least = mean.at_least > 0;
  const std::string reached =
      fmt::format("{}{:.1f} times", is_at_least ? "at least " : "", mean.value);
  std::string over = fmt::format("over {}", counted(mean.mutants, "mutant"));
  if (is_at_least) {
    over += fmt::format(
        "; the baseline found {} of them in half of its trials at most, where its "
        "budget counts as its cost",
        mean.at_least);
  }
  const std::string_view verdict = mean.value >= mean_ratio_aim
                                       ? (summary.is_interrupted ? "inconclusive" : "met")
                                   : is_at_least ? "inconclusive"
                                                 : "falls short";
  return {what, reached, fmt::format("{} ({})", verdict, over)};
}

HuntAim worse_aim(const HuntSummary& summary, const Rows& rows) {
  Names worse;
  for (const HuntRow* row : rows) {
    if (is_much_worse(*row, summary.budget)) {
      worse.emplace_back(row->target.mutant.slug);
    }
  }
  return {"never more than twice as many runs as the baseline",
          worse.empty() ? "never" : fmt::format("on {}", worse.size()), judged(summary, worse)};
}

}  // namespace

std::vector<HuntAim> aims_of(const HuntSummary& summary) {
  std::vector<HuntAim> aims;
  Rows bugs = rows_of(summary, MutantKind::bug);
  if (!bugs.empty()) {
    aims.push_back(every_trial_aim(summary, bugs, "every bug found in every trial"));
    std::erase_if(bugs, [](const HuntRow* row) { return !row->by_default; });
    aims.push_back(bugs.empty() ? not_measured("median under 1 CPU-second each",
                                               "this aim is for the default strategy")
                                : cpu_aim(summary, bugs));
    std::erase_if(bugs, [](const HuntRow* row) { return !row->by_uniform; });
    if (!bugs.empty()) {
      aims.push_back(mean_aim(summary));
      aims.push_back(worse_aim(summary, bugs));
    }
  }
  if (const Rows outside = rows_of(summary, MutantKind::outside_fault_model); !outside.empty()) {
    aims.push_back(
        every_trial_aim(summary, outside, "what is outside the fault model shows in every trial"));
  }
  if (const Rows controls = rows_of(summary, MutantKind::control); !controls.empty()) {
    aims.push_back(every_trial_aim(summary, controls, "controls raise no alarm"));
  }
  return aims;
}

}  // namespace synod
