// Shrinks a failing trace to one that a person can read: fewer steps, nodes and clients, then
// simpler values, times and configuration, until no single step can go.
//
// It never drifts: a smaller trace counts only if it violates the same property, the evidence has
// the same shape, and it lies on the same side of the fault model. Where something was demanded
// that did not come about, it must still fail to when the run goes on in a world without faults
// (settling.h): the steps that would have decided cannot just be left out. No timer fires before
// its time, unless one did in the original. It never loses: at any moment the best so far is there.
//
// Taking steps away ends where no single one can go, which may be far from the shortest. So it also
// draws other runs (variation.h), and shrinks those that go wrong in the same way, from the best so
// far on; how many is counted and not timed, so that the same trace gives the same result.
//
// Steps are played loosely (rehearsal.h): what is delivered is found again by its kind, so that a
// retry can go though all that follows then has other ballots.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/delta_debugging.h"
#include "scenarios/endpoint_names.h"
#include "scenarios/finding_shape.h"
#include "scenarios/rehearsal.h"
#include "scenarios/shrink_report.h"
#include "scenarios/simpler.h"
#include "scenarios/variation.h"

namespace synod {

template <class Setup>
class Shrinker {
 public:
  using P = typename Setup::Protocol;

  Shrinker(const Setup& setup, const OnShrink& on_progress)
      : rehearsal_(setup), variation_(setup), on_progress_(on_progress) {}

  /// While fewer steps than `effort` have been taken in all, it looks for better ones elsewhere.
  /// Returns why it is to stay as it is; empty when it has been shrunk.
  std::string shrink(const Script<P>& original, std::uint64_t effort) {
    best_ = original;
    steps_before_ = original.steps.size();
    if (const std::string why = aim_at(original); !why.empty()) {
      return why;
    }
    reduce();
    for (std::uint64_t seed = 1; work() < effort && !is_stopped_ && size() > 0; ++seed) {
      vary(seed);
    }
    tidy();
    return {};
  }

  [[nodiscard]] const Script<P>& best() const { return best_; }
  [[nodiscard]] const std::string& property() const { return property_; }
  [[nodiscard]] std::uint64_t replays() const { return replays_; }
  [[nodiscard]] bool is_stopped() const { return is_stopped_; }

  // As a list for delta_debugging.h.
  [[nodiscard]] std::size_t size() const { return best_.steps.size(); }
  bool try_without(const Indices& gone) {
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

  /// What the original violates, and how.
  std::string aim_at(const Script<P>& original) {
    if (!play(original, {})) {
      return "it violates nothing";
    }
    property_ = rehearsal_.finding().property;
    is_outside_ = rehearsal_.is_outside_fault_model();
    manner_ = {.is_loose = false, .keeps_timers = rehearsal_.is_timely(), .is_compact = false};
    const bool is_demanded = rehearsal_.is_demand_unmet();
    shape_ = is_demanded ? std::string() : shape_of(rehearsal_.finding().text);
    best_.steps = rehearsal_.applied();
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
    return {};
  }

  bool play(const Script<P>& script, Manner manner) {
    ++replays_;
    if (on_progress_ && !is_stopped_ && replays_ % 64 == 0) {
      is_stopped_ = !on_progress_({steps_before_, best_.steps.size(), replays_});
    }
    return rehearsal_.play(script, manner);
  }
  /// Is it what the original was?
  [[nodiscard]] bool is_the_same() const {
    const Finding& finding = rehearsal_.finding();
    return finding.property == property_ &&
           (shape_.empty() ? rehearsal_.is_demand_unmet() : shape_of(finding.text) == shape_) &&
           rehearsal_.is_outside_fault_model() == is_outside_;
  }
  bool try_instead(const Script<P>& candidate) { return try_instead(candidate, manner_); }
  bool try_instead(const Script<P>& candidate, Manner manner) {
    if (is_stopped_ || !play(candidate, manner) || !is_the_same()) {
      return false;
    }
    best_ = candidate;
    best_.steps = rehearsal_.applied();
    return true;
  }
  [[nodiscard]] Script<P> without_steps() const {
    return {best_.configuration, best_.demand, best_.settles, {}};
  }

  [[nodiscard]] std::uint64_t work() const { return rehearsal_.work() + variation_.work(); }

  // ---- Fewer of everything ----------------------------------------------------------------------

  void reduce() {
    reduce_by_chunks(*this);
    do {
      reduce_cluster();
      while (reduce_by_ones(*this) ||
             (size() <= steps_for_pairs_max && try_reduce_by_pairs(*this))) {
      }
    } while (reduce_cluster() && !is_stopped_);
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
      candidate.configuration.refusing = names.renamed(best_.configuration.refusing);
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
    candidate.steps = renamed(best_.steps, EndpointNames::without(Endpoint::of(client)));
    return try_instead(candidate);
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
    if (size() < best.steps.size() + near_steps) {
      reduce();
    }
    if (size() >= best.steps.size()) {
      best_ = best;
    }
  }

  // ---- Simpler ----------------------------------------------------------------------------------

  /// Until, played to the letter as a replay does, no single step can go either.
  void tidy() {
    Manner to_the_letter = manner_;
    to_the_letter.is_loose = false;
    const Manner loose = manner_;
    do {
      manner_ = loose;
      simplify();
      manner_ = to_the_letter;
    } while (reduce_by_ones(*this));
  }

  void simplify() {
    for (std::size_t i = 0; i < size(); ++i) {
      simplify_step(i);
    }
    Script<P> candidate = best_;
    candidate.steps = with_first_names(best_.steps);
    try_instead(candidate);
    simplify_configuration();
    Manner compact = manner_;
    compact.is_compact = true;
    try_instead(best_, compact);
  }

  void simplify_step(std::size_t index) {
    bool is_simpler = true;
    while (is_simpler && index < size()) {
      is_simpler = false;
      for (const Action<P>& action : simpler_than<P>(best_.steps[index].action)) {
        Script<P> candidate = best_;
        candidate.steps[index].action = action;
        if (try_instead(candidate)) {
          is_simpler = true;
          break;
        }
      }
    }
  }

  void simplify_configuration() {
    Script<P> candidate = best_;
    candidate.configuration = plain(best_.configuration);
    if (try_instead(candidate)) {
      return;
    }
    for (const std::string& field : fields_not_plain(best_.configuration)) {
      candidate = best_;
      candidate.configuration = with_plain_field(best_.configuration, field);
      if (validate(candidate.configuration).empty()) {
        try_instead(candidate);
      }
    }
  }

  Rehearsal<Setup> rehearsal_;
  Variation<Setup> variation_;
  const OnShrink& on_progress_;
  Script<P> best_;
  Manner manner_;
  std::string property_;
  std::string shape_;  ///< of the evidence; empty where something demanded did not come about
  bool is_outside_ = false;
  std::uint64_t steps_before_ = 0;
  std::uint64_t replays_ = 0;
  bool is_stopped_ = false;
};

}  // namespace synod
