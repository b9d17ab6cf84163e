#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "scenarios/words/input_error.h"
#include "tools/explore/explore.h"
#include "tools/explore/search/search.h"
#include "tools/explore/search/state_graph.h"
#include "tools/explore/search/world_model.h"
#include "tools/support/print.h"

namespace synod {
namespace {

using Result = explorer::SearchResult<WorldModel>;
using Graph = explorer::StateGraph<WorldModel>;
using explorer::End;
using explorer::Prospect;

/// Of so many states the graph can be kept.
constexpr std::uint64_t graph_states_max = 2'000'000;

std::vector<std::uint16_t> steps_of(const explorer::Trace<WorldModel>& way) {
  std::vector<std::uint16_t> steps;
  steps.reserve(way.actions.size());
  for (const WorldModel::Action& action : way.actions) {
    steps.push_back(action.step);
  }
  return steps;
}

/// The same steps again, in the runner: what it says of them is the verdict, and what the trace
/// expects. Nothing where it finds nothing wrong.
void judge(const ExplorePlan& plan, Runner& runner, Trace trace, ExploreReport& report) {
  trace.protocol = plan.choices.protocol;
  trace.mutants = plan.choices.mutants;
  const ReplayReport replayed = runner.replay(trace, nullptr);
  if (replayed.verdict == Verdict::violated) {
    report.verdict = Verdict::violated;
    report.finding = replayed.finding;
    report.trace = runner.last_replayed();
  }
}

/// Looks at the whole graph of states for those from which nothing decides.
class ProspectSearch {
 public:
  ProspectSearch(const ExplorePlan& plan, WorldModel& model, Runner& runner,
                 explorer::Patience& patience, ExploreReport& report)
      : plan_(plan), model_(model), runner_(runner), patience_(patience), report_(report) {}

  /// Throws CutShort.
  void run() {
    if (report_.distinct > graph_states_max) {
      report_.why_no_prospects = "not looked for in so many states";
      return;
    }
    const explorer::GraphOptions options{.memory_bytes_max = plan_.search.memory_bytes_max,
                                         .patience = &patience_};
    Graph graph(model_, options, [](const WorldModel::Action& action) {
      return static_cast<std::uint8_t>(action.is_accident ? accident : 0);
    });
    if (graph.end() == End::memory) {
      report_.why_no_prospects = "not looked for: the memory that is allowed is too small for it";
      return;
    }
    if (!graph.is_complete()) {
      throw explorer::CutShort{graph.end()};
    }
    prospects_ = graph.prospects(accident);
    play_on(graph);
    const auto count = [this](Prospect prospect) {
      return static_cast<std::uint64_t>(std::count(prospects_.begin(), prospects_.end(), prospect));
    };
    report_.prospects = ProspectCounts{count(Prospect::can_decide), count(Prospect::cannot_decide),
                                       count(Prospect::unknown), played_on_};
  }

 private:
  static constexpr std::uint8_t accident = 1;

  /// From all that cannot decide, and of the others from as many as time is worth.
  void play_on(Graph& graph) {
    const std::uint64_t stride = prospects_.size() / states_played_on_max + 1;
    patience_.begin("states, played on", prospects_.size());
    const auto is_wanted = [&](std::uint32_t state) {
      return prospects_[state] == Prospect::cannot_decide ||
             (state % stride == 0 && report_.verdict != Verdict::violated);
    };
    graph.visit_again(is_wanted, [&](std::uint32_t number, const ExploredState& state) {
      play_on(graph, number, state);
      return true;
    });
  }

  void play_on(Graph& graph, std::uint32_t number, const ExploredState& state) {
    ++played_on_;
    Prospect& prospect = prospects_[number];
    const Outlook outlook = model_.space().outlook(state, !has_ever_decided());
    if (outlook.is_violation && report_.verdict != Verdict::violated) {
      Trace trace = model_.space().trace(steps_of(graph.way_to(number)));
      trace.demand = outlook.demand;
      trace.settles = prospect != Prospect::cannot_decide;
      judge(plan_, runner_, std::move(trace), report_);
    }
    // What clients who ask again would bring about, the bound on their requests forbids.
    const bool is_request_missing =
        outlook.kind == Outlook::Kind::decides || outlook.kind == Outlook::Kind::idle;
    if (prospect == Prospect::cannot_decide && is_request_missing) {
      prospect = Prospect::unknown;
    }
  }

  [[nodiscard]] bool has_ever_decided() const { return report_.has_ever_decided(); }

  const ExplorePlan& plan_;
  WorldModel& model_;
  Runner& runner_;
  explorer::Patience& patience_;
  ExploreReport& report_;
  std::vector<Prospect> prospects_;
  std::uint64_t played_on_ = 0;
};

/// After a search that has seen everything and no violation.
void look_at_prospects(const ExplorePlan& plan, WorldModel& model, Runner& runner,
                       explorer::Patience& patience, ExploreReport& report) {
  try {
    ProspectSearch(plan, model, runner, patience, report).run();
  } catch (const explorer::CutShort& cut) {
    report.why_no_prospects = fmt::format("not known: {}", what_ended(cut.end));
    if (report.verdict != Verdict::violated) {
      report.end = cut.end;
      report.verdict = Verdict::inconclusive;
      report.inconclusive = fmt::format(
          "every state was seen, but not from which of them something can be decided: {}",
          what_ended(cut.end));
    }
  }
}

/// Who decides nothing breaks nothing.
std::string why_vacuous(const ExploreReport& report) {
  return fmt::format(
      "nothing was ever decided and learned, in any of {}; what must be seen sometimes never was",
      counted(report.distinct, "state"));
}

}  // namespace

std::string_view what_ended(explorer::End end) {
  switch (end) {
    case End::depth:
      return "the depth that was allowed came before the end";
    case End::memory:
      return "the memory that was allowed came before the end";
    case End::time:
      return "the time that was allowed came before the end";
    default:
      return "interrupted";
  }
}

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
  if (bounds.requests == Requests::any && !protocol_named(plan.choices.protocol).has_reads) {
    throw InputError(fmt::format("explore: --requests any: {} has no reads, so use \"writes\"",
                                 plan.choices.protocol));
  }
  const bool is_endless = bounds.timeouts_max == ExploreBounds::unlimited &&
                          bounds.network != Network::set && bounds.timeouts == Timeouts::any;
  if (is_endless) {
    throw InputError(
        "explore: without --timeouts-max the search has no end, but with --network set");
  }
}

bool ExploreReport::has_ever_decided() const { return sometimes.back().steps.has_value(); }

ExploreReport explore(const ExplorePlan& plan) {
  expect_explorable(plan);
  explorer::Patience patience(plan.search.seconds_max, plan.search.is_interrupted,
                              plan.on_analysis);
  const auto runner = make_runner(plan.choices);
  WorldModel model(runner->state_space(plan.configuration, plan.bounds));
  if (plan.search.has_sleep_sets) {
    model.space().expect_comparison("--sleep-sets");
  }
  explorer::SearchOptions options = plan.search;
  options.seconds_max = patience.seconds_left();
  const Result result = explorer::search(model, options);
  ExploreReport report;
  report.verdict = explorer::verdict(result);
  report.end = result.end;
  report.distinct = result.distinct;
  report.generated = result.generated;
  report.left = result.left;
  report.depth = result.depth;
  report.bytes_per_state = result.bytes_per_state;
  report.missed_probability = result.missed_probability;
  std::vector<NamedText> sometimes(model.space().sometimes().begin(),
                                   model.space().sometimes().end());
  sometimes.push_back(WorldModel::learned_text);
  for (std::size_t i = 0; i < sometimes.size(); ++i) {
    SeenSometimes& seen = report.sometimes.emplace_back();
    seen.name = sometimes[i].name;
    seen.about = sometimes[i].about;
    if (result.sometimes[i]) {
      seen.steps = result.sometimes[i]->trace.actions.size();
    }
  }
  report.why_no_prospects = "not looked for: that takes a complete search without a violation";
  if (result.violation) {
    report.verdict = Verdict::inconclusive;
    report.inconclusive = fmt::format(
        "a state breaks {} where no time passes, and the same steps as a run, in which it does, do "
        "not: bound it otherwise, as with --timeouts true",
        result.violation->name);
    judge(plan, *runner, model.space().trace(steps_of(result.violation->trace)), report);
  } else if (result.end != End::exhausted) {
    report.inconclusive = what_ended(result.end);
  } else if (plan.looks_for_blocking) {
    look_at_prospects(plan, model, *runner, patience, report);
  }
  if (report.end == End::exhausted && report.verdict != Verdict::violated &&
      !report.has_ever_decided()) {
    report.verdict = Verdict::inconclusive;
    report.inconclusive = why_vacuous(report);
  }
  report.seconds = patience.seconds();
  return report;
}

}  // namespace synod
