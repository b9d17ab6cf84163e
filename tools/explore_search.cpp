#include <fmt/format.h>

#include <utility>

#include "scenarios/input_error.h"
#include "tools/explore.h"
#include "tools/explore/search.h"
#include "tools/explore/state_graph.h"
#include "tools/explore/world_model.h"

namespace synod {
namespace {

using Result = explorer::SearchResult<WorldModel>;

/// Of so many states the graph can be kept.
constexpr std::uint64_t blocking_states_max = 2'000'000;

std::string why_inconclusive(const Result& result) {
  using explorer::End;
  const char* const ended = result.end == End::depth    ? "the depth"
                            : result.end == End::memory ? "the memory"
                            : result.end == End::time   ? "the time"
                                                        : nullptr;
  if (ended != nullptr) {
    return fmt::format("{} that was allowed came before the end", ended);
  }
  return result.end == End::interrupt ? "interrupted"
                                      : "nothing of what must be seen sometimes ever was";
}

/// The same steps again, in the runner: what it says of them is the verdict, and what the trace
/// expects.
void judge(const ExplorePlan& plan, Runner& runner, Trace trace, ExploreReport& report) {
  trace.protocol = plan.choices.protocol;
  trace.mutants = plan.choices.mutants;
  const ReplayReport replayed = runner.replay(trace, nullptr);
  report.verdict = Verdict::violated;
  report.finding = replayed.finding;
  report.trace = runner.last_replayed();
}

/// Looks for a state from which no continuation decides: whoever is up then, waits for ever.
void look_for_blocking(const ExplorePlan& plan, WorldModel& model, Runner& runner,
                       ExploreReport& report) {
  if (report.distinct > blocking_states_max) {
    return;
  }
  explorer::GraphOptions options;
  options.memory_bytes_max = plan.search.memory_bytes_max;
  options.is_interrupted = plan.search.is_interrupted;
  explorer::StateGraph<WorldModel> graph(model, options);
  if (!graph.is_complete()) {
    return;
  }
  report.blocked = graph.blocked_count();
  if (const auto way = graph.blocked()) {
    Trace trace = model.space().trace(way->actions);
    trace.demand.kind = Demand::Kind::survivors_decide;
    judge(plan, runner, std::move(trace), report);
  }
}

}  // namespace

void expect_explorable(const ExplorePlan& plan) {
  const ExploreBounds& bounds = plan.bounds;
  if (const std::string complaint = validate(plan.configuration); !complaint.empty()) {
    throw InputError("explore: " + complaint);
  }
  if (bounds.has_symmetry && !plan.choices.mutants.empty()) {
    throw InputError(
        "explore: --symmetry goes with correct protocols only: a planted bug may tell nodes apart");
  }
  if (bounds.has_symmetry && bounds.crash_effects_max > 0) {
    throw InputError(
        "explore: --symmetry does not go with --crash-effects-max: a broadcast that ends in a "
        "crash tells nodes apart");
  }
  if (plan.search.has_sleep_sets && bounds.has_symmetry) {
    throw InputError(
        "explore: --sleep-sets does not go with --symmetry: which steps sleep depends on the names "
        "of nodes");
  }
  if (plan.search.has_sleep_sets && bounds.network == Network::set) {
    throw InputError(
        "explore: --sleep-sets does not go with --network set, where to send a message and to "
        "receive one like it do not commute");
  }
  if (bounds.requests == Requests::any && plan.choices.protocol != "paxos") {
    throw InputError("explore: --requests any: only paxos has reads, so use \"writes\"");
  }
  const bool is_endless = bounds.timeouts_max == ExploreBounds::unlimited &&
                          bounds.network != Network::set && bounds.timeouts == Timeouts::any;
  if (is_endless) {
    throw InputError(
        "explore: without --timeouts-max the search has no end, but with --network set");
  }
}

ExploreReport explore(const ExplorePlan& plan) {
  expect_explorable(plan);
  const auto runner = make_runner(plan.choices);
  WorldModel model(runner->state_space(plan.configuration, plan.bounds));
  const Result result = explorer::search(model, plan.search);
  ExploreReport report;
  report.verdict = explorer::verdict(result);
  report.end = result.end;
  report.distinct = result.distinct;
  report.generated = result.generated;
  report.left = result.left;
  report.depth = result.depth;
  report.seconds = result.seconds;
  report.bytes_per_state = result.bytes_per_state;
  report.missed_probability = result.missed_probability;
  const std::span<const NamedText> sometimes = model.space().sometimes();
  for (std::size_t i = 0; i < sometimes.size(); ++i) {
    SeenSometimes& seen = report.sometimes.emplace_back();
    seen.name = sometimes[i].name;
    seen.about = sometimes[i].about;
    if (result.sometimes[i]) {
      seen.steps = result.sometimes[i]->trace.actions.size();
    }
  }
  if (result.violation) {
    judge(plan, *runner, model.space().trace(result.violation->trace.actions), report);
  } else if (report.verdict == Verdict::inconclusive) {
    report.inconclusive = why_inconclusive(result);
  } else if (plan.looks_for_blocking) {
    look_for_blocking(plan, model, *runner, report);
  }
  return report;
}

}  // namespace synod
