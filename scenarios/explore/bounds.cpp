#include "scenarios/explore/bounds.h"

#include <fmt/format.h>

#include <array>

namespace synod {

ExploreBounds widest_bounds() {
  constexpr std::uint32_t most = explore_budget_max;
  return {.rounds_max = ExploreBounds::unlimited,
          .timeouts_max = ExploreBounds::unlimited,
          .crashes_max = most,
          .restarts_max = most,
          .losses_max = most,
          .duplicates_max = most,
          .requests_max = most,
          .abandons_max = most,
          .retries_max = most,
          .failed_writes_max = most,
          .cuts_max = most,
          .crash_effects_max = explore_crash_effects_max};
}

std::string validate(const ExploreBounds& bounds) {
  struct Budget {
    std::string_view name;
    std::uint32_t value;
    std::uint32_t max = explore_budget_max;
    bool has_unlimited = false;
  };
  const std::array<Budget, 12> budgets = {{
      {.name = "rounds-max", .value = bounds.rounds_max, .has_unlimited = true},
      {.name = "timeouts-max", .value = bounds.timeouts_max, .has_unlimited = true},
      {.name = "crashes-max", .value = bounds.crashes_max},
      {.name = "restarts-max", .value = bounds.restarts_max},
      {.name = "losses-max", .value = bounds.losses_max},
      {.name = "duplicates-max", .value = bounds.duplicates_max},
      {.name = "requests-max", .value = bounds.requests_max},
      {.name = "abandons-max", .value = bounds.abandons_max},
      {.name = "retries-max", .value = bounds.retries_max},
      {.name = "failed-writes-max", .value = bounds.failed_writes_max},
      {.name = "cuts-max", .value = bounds.cuts_max},
      {.name = "crash-effects-max",
       .value = bounds.crash_effects_max,
       .max = explore_crash_effects_max},
  }};
  for (const Budget& budget : budgets) {
    const bool is_unlimited = budget.has_unlimited && budget.value == ExploreBounds::unlimited;
    if (budget.value > budget.max && !is_unlimited) {
      return fmt::format("{} is {}: at most {} can be counted", budget.name, budget.value,
                         budget.max);
    }
  }
  return {};
}

}  // namespace synod
