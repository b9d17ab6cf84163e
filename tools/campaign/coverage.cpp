#include "tools/campaign/coverage.h"

#include <fmt/format.h>

#include <deque>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "scenarios/explore/state_space.h"
#include "scenarios/format/configuration_json.h"
#include "scenarios/format/trace.h"
#include "scenarios/words/input_error.h"
#include "scenarios/words/safe_text.h"
#include "sim/world/swarm.h"
#include "tools/support/build_identity.h"
#include "tools/support/print.h"

namespace synod {
namespace {

/// So many states are a minute's work, and fit into a gigabyte.
constexpr std::uint64_t states_max = 4'000'000;
/// Before it tells again how many there are.
constexpr std::uint64_t states_between = 1000;

void expect_good(const ExplorePlan& plan) {
  const ExploreBounds& bounds = plan.bounds;
  if (bounds.timeouts != Timeouts::any || bounds.has_symmetry || bounds.cuts_max > 0 ||
      bounds.network != Network::unordered || bounds.are_writes_instant()) {
    throw InputError(
        "fuzz: --coverage-of: runs are covered by a search with --timeouts any, --network "
        "unordered and --slow-writes or crashes, without --symmetry and --cuts-max");
  }
}

/// Every state, by its fingerprint, and whether a run came to it.
class Visited {
 public:
  Visited(StateSpace& space, const Stop& stop, const OnCoverage& on_progress) {
    ExploredState first;
    space.initial(first);
    add(first);
    Successors successors;
    for (std::uint64_t expanded = 0; !open_.empty() && !stop.is_asked(); ++expanded) {
      if (expanded % states_between == 0) {
        on_progress(size(), 0);
      }
      const ExploredState state = std::move(open_.front());
      open_.pop_front();
      space.expand(state, successors);
      for (std::size_t i = 0; i < successors.count; ++i) {
        add(successors.ways[i].state);
      }
    }
    is_complete_ = open_.empty();
    open_.clear();
  }

  /// Else it was stopped, and there is nothing to judge by.
  [[nodiscard]] bool is_complete() const { return is_complete_; }

  [[nodiscard]] std::uint64_t size() const { return states_.size(); }
  [[nodiscard]] std::uint64_t visited() const { return visited_; }
  /// Returns false when there is no such state.
  bool try_visit(const ExploredState& state) {
    const auto found = states_.find(state.fingerprint);
    if (found == states_.end()) {
      return false;
    }
    visited_ += found->second ? 0 : 1;
    found->second = true;
    return true;
  }

 private:
  void add(const ExploredState& state) {
    if (states_.size() == states_max) {
      throw InputError(fmt::format(
          "fuzz: --coverage-of: a smaller search is needed: this one has more than {} states",
          grouped(states_max)));
    }
    if (states_.try_emplace(state.fingerprint, false).second) {
      open_.push_back(state);
    }
  }

  std::unordered_map<std::uint64_t, bool> states_;
  std::deque<ExploredState> open_;
  std::uint64_t visited_ = 0;
  bool is_complete_ = false;
};

}  // namespace

RunChoices runs_within(const ExplorePlan& plan) {
  const ExploreBounds& bounds = plan.bounds;
  auto scenario = std::make_shared<Trace>();
  scenario->protocol = plan.choices.protocol;
  Configuration& c = scenario->configuration;
  c = plan.configuration;
  c.ending = Ending::broken;
  c.chaos = Duration{300};
  c.slow_write = {1, 4};
  const Configuration mixed = uniform_configuration(c.options.declared());
  Options::for_each(c.options, [&]<class T>(const OptionText& text, T& field) {
    if (bounds.requests == Requests::any && text.part == OptionPart::workload) {
      field = *mixed.options.find<T>(text.name);
    }
  });
  c.tail = bounds.rounds_max > 1 ? Ratio{1, 8} : Ratio{};
  c.drop = bounds.losses_max > 0 ? Ratio{1, 20} : Ratio{};
  c.duplicate = bounds.duplicates_max > 0 ? Ratio{1, 20} : Ratio{};
  c.fail_write = bounds.failed_writes_max > 0 ? Ratio{1, 20} : Ratio{};
  if (bounds.crashes_max > 0) {
    c.crash_interval = {{1}, {100}};
    c.crash_keeps_writes = {1, 2};
  }
  scenario->configured = JsonFields(to_json(c));
  RunChoices choices = plan.choices;
  choices.scenario = scenario;
  return choices;
}

CoverageReport measure_coverage(const ExplorePlan& plan, std::uint64_t first_seed,
                                std::optional<std::uint64_t> seeds, const Stop& stop,
                                const OnCoverage& on_progress) {
  expect_explorable(plan);
  expect_good(plan);
  const auto runner = make_runner(runs_within(plan));
  const auto space = runner->state_space(plan.configuration, plan.bounds);
  Visited states(*space, stop, on_progress);
  CoverageReport report;
  report.states = states.size();
  const std::uint64_t last_run = seeds ? *seeds - 1 : UINT64_MAX - first_seed;
  bool is_out_of_seeds = false;
  while (!is_out_of_seeds && !stop.is_asked()) {
    const std::uint64_t seed = first_seed + report.runs;
    is_out_of_seeds = report.runs == last_run;
    const bool is_within = space->follow(runner->record(seed), [&](const ExploredState& state) {
      if (!states.try_visit(state)) {
        ++report.unknown;
        report.unknown_seed = report.unknown_seed.value_or(seed);
      }
    });
    report.runs_within += is_within ? 1U : 0U;
    ++report.runs;
    on_progress(report.states, report.runs);
  }
  if (!states.is_complete()) {
    report.inconclusive = fmt::format("{} before the search had every state", stop.why());
  } else if (report.runs == 0) {
    report.inconclusive = "not one run was finished";
  } else if (stop.is_interrupted() && !is_out_of_seeds) {
    report.inconclusive = "interrupted";
  }
  report.visited = states.visited();
  return report;
}

std::string coverage_text(const ExplorePlan& plan, const CoverageReport& report) {
  const double share = 100.0 * static_cast<double>(report.visited) /
                       static_cast<double>(std::max<std::uint64_t>(report.states, 1));
  std::string text = fmt::format(
      "{}: {}, {} of them within the bounds to their end\n\nbounds        {}\ncoverage      {} of "
      "{} ({:.2f} %)\n",
      plan.choices.protocol, counted(report.runs, "run"), grouped(report.runs_within),
      bounds_text(plan), grouped(report.visited), counted(report.states, "state"), share);
  if (report.unknown_seed) {
    return text + fmt::format(
                      "violated      the run of seed {} comes to a state that the search does not "
                      "have; in all, runs came {} times to such\n",
                      *report.unknown_seed, grouped(report.unknown));
  }
  return text + (report.inconclusive.empty()
                     ? "verdict       holds: the search has every state that a run came to\n"
                     : fmt::format("verdict       inconclusive: {}\n", report.inconclusive));
}

std::string coverage_json(const ExplorePlan& plan, const CoverageReport& report) {
  nlohmann::ordered_json json;
  json["protocol"] = plan.choices.protocol;
  json["mutants"] = plan.choices.mutants;
  json["runs"] = report.runs;
  json["runs_within"] = report.runs_within;
  json["states"] = report.states;
  json["visited"] = report.visited;
  json["unknown"] = report.unknown;
  json["bounds"] = bounds_json(plan);
  json["build"] = build_identity();
  return format_json(json) + "\n";
}

}  // namespace synod
