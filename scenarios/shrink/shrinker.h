// Shrinks a failing trace to one that a person can read: fewer steps, nodes and clients, then
// simpler values, times and configuration, until no single step can go.
//
// It never drifts: a smaller trace counts only if it violates the same property, the evidence has
// the same shape, it lies on the same side of the fault model, and of several planted bugs the same
// is to blame. Where something was demanded
// that did not come about, it must still fail to when the run goes on in a world without faults
// (settling.h): the steps that would have decided cannot just be left out. No timer fires before
// its time, unless one did in the original. It never loses: at any moment the best so far is there.
//
// Taking steps away ends where no single one can go, which may be far from the shortest. So it also
// draws other runs (variation.h), and runs that go beside the best so far (detour.h), and shrinks
// those that go wrong in the same way; how many is counted and not timed, so that the same trace
// gives the same result. Other options are drawn as well, where the protocol says which (quorums);
// those that are usual for so many nodes are preferred.
//
// Steps are played loosely (scenarios/play/loose_replay.h): what is delivered is found again by its
// kind, so that a retry can go though all that follows then has other ballots.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/chronicle/put_right.h"
#include "scenarios/chronicle/wrong_rules.h"
#include "scenarios/play/loose_replay.h"
#include "scenarios/play/step_meter.h"
#include "scenarios/shrink/delta_debugging.h"
#include "scenarios/shrink/detour.h"
#include "scenarios/shrink/endpoint_names.h"
#include "scenarios/shrink/shrink_report.h"
#include "scenarios/shrink/simpler.h"
#include "scenarios/shrink/simplify.h"
#include "scenarios/shrink/variation.h"
#include "scenarios/words/finding_shape.h"

namespace synod {

template <class Setup>
class Shrinker {
 public:
  using P = typename Setup::Protocol;

  Shrinker(const Setup& setup, const OnShrink& on_progress)
      : setup_(setup), loose_replay_(setup, meter_), variation_(setup, meter_) {
    meter_.tell([this, &on_progress](std::uint64_t /*steps*/) {
      if (on_progress &&
          !on_progress({steps_before_, std::min(size(), shortest_size_), replays_})) {
        meter_.stop();
      }
    });
  }

  /// While fewer steps than `effort` have been taken in all, it looks for better ones elsewhere.
  /// Returns why it is to stay as it is; empty when it has been shrunk.
  std::string shrink(const Script<P>& original, std::uint64_t effort) {
    best_ = original;
    steps_before_ = original.steps.size();
    std::string why = aim_at(original);
    if (is_stopped()) {
      best_ = original;
      return "it was stopped before anything could go";
    }
    if (why.empty()) {  // once it is stopped, nothing that is tried is found good any more
      reduce();
      look_around(effort);
      tidy();
    }
    return why;
  }

  [[nodiscard]] const Script<P>& best() const { return best_; }
  [[nodiscard]] const std::string& property() const { return property_; }
  [[nodiscard]] std::uint64_t replays() const { return replays_; }
  [[nodiscard]] bool is_stopped() const { return meter_.is_stopped(); }

  // As a list for delta_debugging.h.
  [[nodiscard]] std::size_t size() const { return best_.steps.size(); }
  bool try_without(const Indices& gone) {
    if (is_stopped()) {
      return false;
    }
    Script<P> candidate = without_steps();
    std::size_t next = 0;
    for (std::size_t i = 0; i < best_.steps.size(); ++i) {
      if (next < gone.size() && gone[next] == i) {
        ++next;
      } else {
        candidate.steps.push_back(best_.steps[i]);
      }
    }
    return try_instead(candidate);
  }

 private:
  static constexpr std::size_t steps_for_pairs_max = 60;
  static constexpr std::size_t near_steps = 6;  ///< that finer means may take away
  /// Detours may become a little longer than the shortest, the more so the later in a round, from
  /// whose end they start from the shortest again.
  static constexpr std::uint64_t round_length = 4096;
  static constexpr std::size_t longer_max = 4;

  /// What the original violates, and how.
  std::string aim_at(const Script<P>& original) {
    if (!play(original, {})) {
      return "it violates nothing";
    }
    property_ = loose_replay_.finding().property;
    is_outside_ = loose_replay_.is_outside_fault_model();
    accidents_beyond_ = loose_replay_.accidents_beyond();
    manner_ = {.is_loose = false, .keeps_timers = loose_replay_.is_timely(), .is_compact = false};
    const bool is_demanded = loose_replay_.is_demand_unmet();
    shape_ = is_demanded ? std::string() : shape_of(loose_replay_.finding().text);
    best_.steps = loose_replay_.applied();
    if (!is_demanded) {
      best_.demand = {};
      best_.settles = false;
    } else if (!best_.settles) {
      best_.settles = true;
      if (!try_instead(best_)) {
        best_ = original;
        return "what is demanded comes about as soon as nothing else goes wrong";
      }
    }
    manner_.is_loose = true;
    blamed_ = setup_.planted.count() > 1 ? blamed_in_latest() : std::string();
    return {};
  }

  bool play(const Script<P>& script, Manner manner) {
    replays_ += is_stopped() ? 0U : 1U;
    return loose_replay_.play(script, manner);
  }
  template <class Next>
  bool play_along(const Script<P>& script, Next next) {
    replays_ += is_stopped() ? 0U : 1U;
    return loose_replay_.play_along(script, manner_, next);
  }
  /// Is it what the original was?
  [[nodiscard]] bool is_the_same() {
    const Finding& finding = loose_replay_.finding();
    return finding.property == property_ &&
           (is_demanded() ? loose_replay_.is_demand_unmet() : shape_of(finding.text) == shape_) &&
           loose_replay_.is_outside_fault_model() == is_outside_ &&
           goes_beyond_alike(loose_replay_.accidents_beyond()) && is_blamed_alike();
  }
  /// Where several bugs are planted: on the same of them?
  bool is_blamed_alike() {
    return blamed_.empty() || (blamed_in_latest() == blamed_ && loose_replay_.has_violation());
  }
  std::string blamed_in_latest() {
    const Script<P> script = loose_replay_.taken();
    const auto tried = RuleTrials<Setup>(setup_, script.configuration).try_each(script);
    if (const Chronicle::PutRight* culprit = culprit_of(tried)) {
      return culprit->rule;
    }
    const typename P::Config correct = setup_.make_config(script.configuration);
    return loose_replay_
        .play_watched(script,
                      [&](const typename P::Config& config, const Findings& findings) {
                        return WrongRules<P>(config, correct, findings);
                      })
        .blamed();
  }
  /// Where the world does what the protocol does not bear, it does nothing else of the kind.
  [[nodiscard]] bool goes_beyond_alike(AccidentSet accidents) const {
    return (accidents - accidents_beyond_).is_empty() &&
           accidents.is_empty() == accidents_beyond_.is_empty();
  }
  /// Is it wrong because something demanded does not come about?
  [[nodiscard]] bool is_demanded() const { return shape_.empty(); }
  bool try_instead(const Script<P>& candidate) { return try_instead(candidate, manner_); }
  bool try_instead(const Script<P>& candidate, Manner manner) {
    if (!play(candidate, manner) || !is_the_same()) {
      return false;
    }
    best_ = candidate;
    best_.steps = loose_replay_.applied();
    return true;
  }
  [[nodiscard]] Script<P> without_steps() const {
    return {best_.configuration, best_.demand, best_.settles, {}};
  }

  // ---- Fewer of everything ----------------------------------------------------------------------

  void reduce() {
    reduce_by_chunks(*this);
    do {
      reduce_quickly();
    } while (size() <= steps_for_pairs_max && try_reduce_by_pairs(*this));
  }
  void reduce_quickly() {
    reduce_cluster();
    do {
      reduce_by_ones(*this);
    } while (reduce_cluster());
  }

  bool reduce_cluster() {
    bool is_reduced = false;
    for (auto i = static_cast<std::uint8_t>(best_.configuration.node_count); i-- > 0;) {
      is_reduced |= try_without_node({i});
    }
    for (auto i = static_cast<std::uint8_t>(best_.configuration.client_count); i-- > 0;) {
      is_reduced |= try_without_client({i});
    }
    return is_reduced;
  }

  bool try_without_node(NodeId node) {
    const EndpointNames names = EndpointNames::without(Endpoint::of(node));
    Script<P> candidate = without_steps();
    if (candidate.configuration.node_count == 1 ||
        (candidate.demand.kind == Demand::Kind::one_decides &&
         !names.try_rename(candidate.demand.node))) {
      return false;
    }
    candidate.steps = renamed(best_.steps, names);
    for (const Configuration& fewer : with_a_node_less(best_.configuration)) {
      candidate.configuration = fewer;
      map_node_options(candidate.configuration,
                       [&](NodeSet nodes) { return names.renamed(nodes); });
      if (validate(candidate.configuration).empty() && try_instead(candidate)) {
        return true;
      }
    }
    return false;
  }

  bool try_without_client(ClientId client) {
    Script<P> candidate = without_steps();
    if (candidate.configuration.client_count == 1) {
      return false;
    }
    --candidate.configuration.client_count;
    candidate.configuration.faults.clear();  // which may name it
    candidate.steps = renamed(best_.steps, EndpointNames::without(Endpoint::of(client)));
    return try_instead(candidate);
  }

  // ---- Shorter elsewhere ------------------------------------------------------------------------

  /// In steps, of which options that nobody expects in such a cluster must save a quarter: they
  /// take thinking.
  static std::size_t length_of(const Script<P>& script) {
    const std::size_t steps = script.steps.size();
    return has_usual_options(script.configuration) ? steps : steps + steps / 3;
  }

  void look_around(std::uint64_t effort) {
    std::size_t length = length_of(best_);
    keep_as_shortest();
    for (std::uint64_t seed = 1; meter_.steps() < effort && length > 0 && !is_stopped(); ++seed) {
      const std::uint64_t round = seed % round_length;
      if (round == 0) {
        best_ = shortest_;
      }
      if (is_demanded() || seed % 2 == 0) {
        vary(seed);
      } else {
        take_detour(seed, length + longer_max * round / round_length);
      }
      if (length_of(best_) < length) {
        reduce();
        length = length_of(best_);
        keep_as_shortest();
      }
    }
    best_ = shortest_;
  }
  void keep_as_shortest() {
    shortest_ = best_;
    shortest_size_ = size();
  }

  /// A run that goes beside the best for a while, if it can be made as short or hardly longer: it
  /// may have ways on that the best does not have.
  void take_detour(std::uint64_t seed, std::size_t length_max) {
    const Script<P> best = best_;
    const Script<P> along = now_and_then_smaller(best, seed);
    Detour<P> detour(along.steps, seed, size() + size() / 2 + near_steps);
    const auto next = [&](const World<P>& world) { return detour.next(world); };
    if (!play_along(along, next) || !is_the_same()) {
      return;
    }
    best_ = along;
    best_.steps = loose_replay_.applied();
    reduce_by_chunks(*this);
    if (length_of(best_) < length_max + near_steps) {
      reduce_quickly();
    }
    if (length_of(best_) > length_max) {
      best_ = best;
    }
  }
  /// Another run, if it can be made shorter than the best.
  void vary(std::uint64_t seed) {
    const std::size_t steps_max = size() * 4 + 60;
    const Script<P> best = best_;
    Manner exact = manner_;
    exact.is_loose = false;
    if (!try_instead(variation_.draw(best, seed, steps_max), exact)) {
      return;
    }
    reduce_by_chunks(*this);
    if (length_of(best_) < length_of(best) + near_steps) {
      reduce_quickly();
    }
    if (length_of(best_) >= length_of(best)) {
      best_ = best;
    }
  }

  // ---- Simpler ----------------------------------------------------------------------------------

  /// Until, played to the letter as a replay does, no single step can go either.
  void tidy() {
    Manner to_the_letter = manner_;
    to_the_letter.is_loose = best_.settles;
    const Manner loose = manner_;
    do {
      manner_ = loose;
      simplify();
      manner_ = to_the_letter;
    } while (reduce_by_ones(*this));
  }

  void simplify() {
    if (!has_usual_options(best_.configuration)) {
      Script<P> candidate = best_;
      reset_options_that_follow_nodes(candidate.configuration);
      try_instead(candidate);
    }
    synod::simplify<P, typename Setup::Clients>(
        best_, [&](const Script<P>& candidate) { return try_instead(candidate); },
        [&] { return !is_stopped(); });
    Manner compact = manner_;
    compact.is_compact = true;
    try_instead(best_, compact);
  }

  const Setup& setup_;
  StepMeter meter_;
  LooseReplay<Setup> loose_replay_;
  Variation<Setup> variation_;
  Script<P> best_;  ///< that is being worked on
  Script<P> shortest_;
  std::size_t shortest_size_ = SIZE_MAX;  ///< since it looks around
  Manner manner_;
  std::string property_;
  std::string shape_;  ///< of the evidence; empty where something demanded did not come about
  bool is_outside_ = false;
  std::string blamed_;  ///< where that matters, and is known (scenarios/chronicle/wrong_rules.h)
  AccidentSet accidents_beyond_;
  std::uint64_t steps_before_ = 0;
  std::uint64_t replays_ = 0;
};

}  // namespace synod
