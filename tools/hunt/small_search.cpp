#include "tools/hunt/small_search.h"

#include <algorithm>
#include <memory>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "scenarios/explore/state_space.h"
#include "scenarios/format/trace.h"
#include "scenarios/run/runner.h"
#include "tools/long_work/stopped.h"

namespace synod {
namespace {

RunChoices choices_of(const std::string& protocol, const std::string& mutant) {
  RunChoices choices;
  choices.protocol = protocol;
  if (!mutant.empty()) {
    choices.mutants.push_back(mutant);
  }
  return choices;
}

/// The states of a space, breadth first, each once.
class BreadthFirst {
 public:
  BreadthFirst(StateSpace& space, std::uint64_t states_max, const std::atomic<bool>& stop)
      : space_(space), states_max_(states_max), stop_(stop) {
    ExploredState first;
    space_.initial(first);
    add(first, 0, 0);
  }

  /// Calls look(place, state, successors) for each state, until it returns false. Returns whether
  /// these were all.
  template <class Look>
  bool visit(const Look& look) {
    for (; next_ < found_.size(); ++next_) {
      stop_if(stop_.load(std::memory_order_relaxed));
      // Held apart: `found_` grows meanwhile. What has been looked at is not needed any more.
      const ExploredState state = std::move(found_[next_].state);
      space_.expand(state, successors_);
      if (!look(next_, state, std::as_const(successors_))) {
        return false;
      }
      for (std::size_t i = 0; i < successors_.count; ++i) {
        add(successors_.ways[i].state, next_, successors_.ways[i].step);
      }
      if (found_.size() > states_max_) {
        return false;
      }
    }
    return true;
  }

  [[nodiscard]] std::uint64_t count() const { return found_.size(); }
  [[nodiscard]] std::uint32_t depth(std::size_t place) const { return found_[place].depth; }
  /// The steps to it.
  [[nodiscard]] std::vector<std::uint16_t> way_to(std::size_t place) const {
    std::vector<std::uint16_t> steps;
    for (; place != 0; place = found_[place].from) {
      steps.push_back(found_[place].step);
    }
    std::ranges::reverse(steps);
    return steps;
  }

 private:
  struct Found {
    ExploredState state;
    std::size_t from = 0;
    std::uint16_t step = 0;
    std::uint32_t depth = 0;
  };

  void add(const ExploredState& state, std::size_t from, std::uint16_t step) {
    if (known_.insert(state.fingerprint).second) {
      const std::uint32_t depth = found_.empty() ? 0 : found_[from].depth + 1;
      found_.push_back({state, from, step, depth});
    }
  }

  StateSpace& space_;
  std::uint64_t states_max_;
  const std::atomic<bool>& stop_;
  std::vector<Found> found_;
  std::size_t next_ = 0;
  std::unordered_set<std::uint64_t> known_;  ///< fingerprints; asked only whether one is there
  Successors successors_;
};

bool is_same(const ExploredState& a, const ExploredState& b) {
  return a.violation == b.violation && a.bytes == b.bytes;
}

bool lead_to_the_same(const Successors& a, const Successors& b) {
  if (a.count != b.count || a.is_bounded != b.is_bounded) {
    return false;
  }
  for (std::size_t i = 0; i < a.count; ++i) {
    if (a.ways[i].step != b.ways[i].step || !is_same(a.ways[i].state, b.ways[i].state)) {
      return false;
    }
  }
  return true;
}

/// A mutant that has done nothing else yet.
struct Like {
  std::size_t mutant = 0;
  std::unique_ptr<StateSpace> space;
};

std::unique_ptr<StateSpace> space_of(const std::string& protocol, const std::string& mutant,
                                     const Rung& rung) {
  return make_runner(choices_of(protocol, mutant))->state_space(rung.configuration, rung.bounds);
}

/// The same steps again, in a run of it: what that says is what counts.
bool is_shown_again(Runner& runner, Trace trace, const RunChoices& choices, SmallSearch& search) {
  trace.protocol = choices.protocol;
  trace.mutants = choices.mutants;
  const ReplayReport replayed = runner.replay(trace, nullptr);
  if (replayed.verdict != Verdict::violated) {
    return false;
  }
  search.property = replayed.finding.property;
  search.steps = runner.last_replayed().steps.size();
  return true;
}

}  // namespace

Comparison compare_with_correct(const std::string& protocol,
                                const std::vector<std::string>& mutants, const Rung& rung,
                                std::uint64_t states_max, const std::atomic<bool>& stop) {
  Comparison comparison;
  comparison.differs_after.resize(mutants.size());
  const auto correct = space_of(protocol, "", rung);
  ExploredState first;
  correct->initial(first);
  std::vector<Like> alike;
  for (std::size_t i = 0; i < mutants.size(); ++i) {
    Like one{i, space_of(protocol, mutants[i], rung)};
    ExploredState first_of_it;
    one.space->initial(first_of_it);
    if (is_same(first, first_of_it)) {
      alike.push_back(std::move(one));
    } else {
      comparison.differs_after[i] = 0;
    }
  }
  BreadthFirst states(*correct, states_max, stop);
  Successors others;
  comparison.is_complete = states.visit(
      [&](std::size_t place, const ExploredState& state, const Successors& successors) {
        std::erase_if(alike, [&](const Like& one) {
          one.space->expand(state, others);
          const bool is_like = lead_to_the_same(successors, others);
          if (!is_like) {
            comparison.differs_after[one.mutant] = states.depth(place) + 1;
          }
          return !is_like;
        });
        return true;
      });
  comparison.states = states.count();
  return comparison;
}

SmallSearch search_small(const std::string& protocol, const std::string& mutant, const Rung& rung,
                         std::uint64_t states_max, const std::atomic<bool>& stop) {
  const RunChoices choices = choices_of(protocol, mutant);
  const auto runner = make_runner(choices);
  const auto space = runner->state_space(rung.configuration, rung.bounds);
  SmallSearch search;
  BreadthFirst states(*space, states_max, stop);
  const auto look = [&](std::size_t place, const ExploredState& state, const Successors&) {
    if (state.violation >= 0) {
      return !is_shown_again(*runner, space->trace(states.way_to(place)), choices, search);
    }
    const Outlook outlook = space->outlook(state, false);
    if (!outlook.is_violation) {
      return true;
    }
    Trace trace = space->trace(states.way_to(place));
    trace.demand = outlook.demand;
    trace.settles = true;
    return !is_shown_again(*runner, std::move(trace), choices, search);
  };
  search.is_complete = states.visit(look);
  search.states = states.count();
  return search;
}

}  // namespace synod
