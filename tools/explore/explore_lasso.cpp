#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "scenarios/words/input_error.h"
#include "tools/explore/explore.h"
#include "tools/explore/search/outbid_model.h"
#include "tools/explore/search/state_graph.h"
#include "tools/support/print.h"

namespace synod {
namespace {

using Graph = explorer::StateGraph<OutbidModel>;
using Path = std::vector<std::uint16_t>;

/// A lasso as the steps of a run: the stem, and the loop several times.
class Laps {
 public:
  Laps(OutbidModel& model, const explorer::Lasso<OutbidModel>& lasso)
      : model_(model), state_(lasso.stem.initial) {
    for (const auto& action : lasso.stem.actions) {
      take(action.step);
    }
    for (const auto& action : lasso.loop) {
      take(action.step);
      shapes_.push_back(model_.fingerprint(state_));
    }
  }

  /// Once more, through worlds of the same shapes. Returns false when there is no such way: then it
  /// was no loop.
  bool try_again() {
    for (const std::uint64_t shape : shapes_) {
      candidates_.clear();
      model_.successors(state_, [&](const OutbidModel::Action& action, const ExploredState& state) {
        candidates_.emplace_back(action.step, state);
      });
      const auto found = std::find_if(candidates_.begin(), candidates_.end(), [&](const auto& one) {
        return model_.fingerprint(one.second) == shape;
      });
      if (found == candidates_.end()) {
        return false;
      }
      path_.push_back(found->first);
      state_ = found->second;
    }
    return true;
  }

  [[nodiscard]] const Path& path() const { return path_; }

 private:
  void take(std::uint16_t step) {
    std::optional<ExploredState> next;
    model_.successors(state_, [&](const OutbidModel::Action& action, const ExploredState& state) {
      if (action.step == step) {
        next = state;
      }
    });
    path_.push_back(step);
    state_ = next.value();
  }

  OutbidModel& model_;
  ExploredState state_;
  Path path_;
  std::vector<std::uint64_t> shapes_;  ///< after each step of the loop
  std::vector<std::pair<std::uint16_t, ExploredState>> candidates_;
};

std::string about_text(const LassoReport& report) {
  return fmt::format(
      "After {}, the {} that follow can be taken again and again, in ever higher rounds: {} outbid "
      "each other, and nothing is ever chosen (Fischer, Lynch and Paterson). Here they are taken "
      "{} times.",
      counted(report.stem, "step"), report.loop, report.proposers, report.laps);
}

}  // namespace

LassoReport find_lasso(const ExplorePlan& plan) {
  constexpr std::uint64_t laps = 3;
  expect_explorable(plan);
  if (plan.search.has_sleep_sets) {
    throw InputError("explore: --sleep-sets does not go with --lasso, which looks at every step");
  }
  const auto proposers =
      NodeSet::first(std::min(plan.configuration.client_count, plan.configuration.node_count));
  if (proposers.size() < 2 || plan.bounds.requests != Requests::own) {
    throw InputError(
        "explore: --lasso is for clients that ask different nodes: --clients 2 or more, and "
        "--requests own");
  }
  ExploreBounds bounds = plan.bounds;
  bounds.rounds_max = ExploreBounds::unlimited;
  const auto runner = make_runner(plan.choices);
  OutbidModel model(runner->state_space(plan.configuration, bounds), plan.bounds.rounds_max);
  model.space().expect_comparison("--lasso");
  explorer::Patience patience(plan.search.seconds_max, plan.search.is_interrupted,
                              plan.on_analysis);
  Graph graph(model, {.memory_bytes_max = plan.search.memory_bytes_max, .patience = &patience},
              [](const OutbidModel::Action& action) { return action.begun; });
  LassoReport report;
  report.shapes = graph.state_count();
  report.end = graph.end();
  report.proposers = proposers;
  std::optional<explorer::Lasso<OutbidModel>> lasso;
  try {
    if (graph.is_complete()) {
      lasso = graph.lasso(static_cast<std::uint8_t>(proposers.bits()));
    }
  } catch (const explorer::CutShort& cut) {
    report.end = cut.end;
  }
  if (!lasso) {
    return report;
  }
  Laps run(model, *lasso);
  for (report.laps = 1; report.laps < laps && run.try_again();) {
    ++report.laps;
  }
  report.stem = lasso->stem.actions.size();
  report.loop = lasso->loop.size();
  Trace trace = model.space().trace(run.path());
  trace.protocol = plan.choices.protocol;
  trace.mutants = plan.choices.mutants;
  trace.loop = report.loop;
  trace.demand = {.kind = Demand::Kind::everybody_decides};
  runner->replay(trace, nullptr);
  report.trace = runner->last_replayed();
  report.trace->about = about_text(report);
  return report;
}

std::string lasso_text(const ExplorePlan& plan, const LassoReport& report) {
  std::string text = fmt::format(
      "{}: {} worlds in which nothing is chosen, that differ in more than a "
      "shift of rounds\n\nbounds        {}\n",
      what_was_run(plan.choices), grouped(report.shapes), bounds_text(plan));
  if (report.trace) {
    return text +
           fmt::format(
               "for ever      {}, then {} again and again, in ever higher rounds: {} outbid each "
               "other\n{}verdict       violated\n",
               counted(report.stem, "step"), counted(report.loop, "step"), report.proposers,
               plan.choices.mutants.empty() ? "              no property of safety is at stake; "
                                              "progress takes a proposer that "
                                              "is left alone (Paxos Made Simple, 2.4)\n"
                                            : "");
  }
  return text + (report.end == explorer::End::exhausted
                     ? std::string("for ever      no: whoever goes on, something is chosen or a "
                                   "bound is reached\nverdict       holds\n")
                     : fmt::format("verdict       inconclusive: {}\n", what_ended(report.end)));
}

}  // namespace synod
