#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>

#include "scenarios/library/library.h"
#include "scenarios/run/runner.h"
#include "tools/compare/compare.h"
#include "tools/long_work/workers.h"

namespace synod {
namespace {

constexpr std::array<std::string_view, 7> accident_names = {
    "none", "crash", "crash_recover", "cut", "loss", "duelling", "slow_node"};

std::uint64_t median(std::vector<std::uint64_t>& numbers) {
  if (numbers.empty()) {
    return 0;
  }
  const auto middle = numbers.begin() + static_cast<std::ptrdiff_t>(numbers.size() / 2);
  std::nth_element(numbers.begin(), middle, numbers.end());
  return *middle;
}

void count(Failures& failures, std::uint64_t seed, bool is_outside_fault_model) {
  if (failures.runs++ == 0) {
    failures.first_seed = seed;
    failures.is_outside_fault_model = is_outside_fault_model;
  }
  failures.is_outside_fault_model &= is_outside_fault_model;
}

Failures& kind_of(Comparison& comparison, std::string_view property) {
  if (property == "agreement" || property == "atomicity" || property == "learners_agree") {
    return comparison.splits;
  }
  return property == "termination" || property == "progress" ? comparison.blocks : comparison.loses;
}

void compare_one(std::uint64_t seeds, Comparison& comparison, SharedRuns& runs) {
  RunChoices choices;
  choices.protocol = comparison.protocol;
  choices.scenario =
      std::make_shared<Trace>(load_scenario(fmt::format("accident_{}", comparison.accident)));
  const auto runner = make_runner(choices);
  runs.attend(*runner);
  std::vector<std::uint64_t> messages;
  std::vector<std::uint64_t> ticks;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const RunReport run = runner->run(seed);
    ++comparison.runs;
    if (run.verdict == Verdict::violated) {
      count(kind_of(comparison, run.finding.property), seed, run.is_outside_fault_model);
    }
    const CostReport costs = runner->count_costs(seed);
    if (costs.is_decided) {
      ++comparison.decided;
      messages.push_back(costs.messages);
      ticks.push_back(costs.ticks);
    }
    runs.count();
  }
  comparison.messages_median = median(messages);
  comparison.ticks_median = median(ticks);
}

}  // namespace

std::vector<std::string_view> accidents() { return {accident_names.begin(), accident_names.end()}; }

std::vector<Comparison> compare_protocols(std::uint64_t seeds, unsigned jobs,
                                          const OnRuns& on_runs) {
  std::vector<Comparison> comparisons;
  comparisons.reserve(protocols().size() * accident_names.size());
  for (const ProtocolEntry& protocol : protocols()) {
    for (const std::string_view accident : accident_names) {
      comparisons.push_back({.protocol = protocol.text.name, .accident = accident});
    }
  }
  SharedRuns runs(on_runs);
  share_work(
      comparisons.size(), jobs, [&](std::size_t i) { compare_one(seeds, comparisons[i], runs); },
      [&] { runs.tell(); });
  return comparisons;
}

}  // namespace synod
