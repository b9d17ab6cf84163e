// Plays a list of steps that may have been changed since it was written, as often and as fast as
// somebody likes: `Setup` as in protocol_runner.h. It stops at the first violation, and knows
// which steps it has taken.
#pragma once

#include <algorithm>
#include <cstddef>
#include <utility>
#include <variant>
#include <vector>

#include "properties/fault_model.h"
#include "scenarios/play/continuation.h"
#include "scenarios/play/find_again.h"
#include "scenarios/play/judgement.h"
#include "scenarios/play/played_world.h"
#include "scenarios/play/script.h"
#include "scenarios/play/step_meter.h"
#include "sim/world/any_observer.h"
#include "sim/world/engine.h"
#include "sim/world/step.h"
#include "sim/world/world.h"

namespace synod {

/// How a loose replay takes the steps.
struct Manner {
  /// A packet that is not in flight is taken for another (find_again.h): without the steps that led
  /// to it, it may have another ballot or value.
  bool is_loose = false;
  /// No timer fires before its time: it fires later instead.
  bool keeps_timers = false;
  /// One tick a step, whatever the steps say.
  bool is_compact = false;
};

template <class Setup>
class LooseReplay {
 public:
  using P = typename Setup::Protocol;

  /// `meter` counts the steps of all replays, those after the last of a list among them. Where
  /// it is stopped they end, and nothing is found to be violated.
  LooseReplay(const Setup& setup, StepMeter& meter) : setup_(setup), meter_(meter) {}

  /// Returns false when nothing was violated.
  bool play(const Script<P>& script, Manner manner) {
    std::size_t next = 0;
    return play_along(script, manner, [&](const World<P>& /*world*/) {
      return next < script.steps.size() ? &script.steps[next++] : nullptr;
    });
  }
  /// The same, with other steps than those of the script: `next(world)` points to each, until it is
  /// null.
  template <class Next>
  bool play_along(const Script<P>& script, Manner manner, Next next) {
    if (meter_.is_stopped()) {
      return false;
    }
    begin(script, manner);
    Observers observers(played_.watch.witness, played_.watch.learned_by, continuation_);
    Engine<P, decltype(observers)> engine(played_.config, observers, effects_);
    return play_with(engine, script, next);
  }
  /// Plays the steps to the letter, for somebody who watches: `make(config, findings)` makes the
  /// observer. Returns it.
  template <class Make>
  auto play_watched(const Script<P>& script, Make make) {
    begin(script, {});
    auto watcher = make(std::as_const(played_.config), played_.watch.witness.findings());
    auto observers =
        erased<P>(played_.watch.witness, played_.watch.learned_by, continuation_, watcher);
    Engine<P, AnyObservers<P>> engine(played_.config, observers.all(), effects_);
    std::size_t next = 0;
    play_with(engine, script, [&](const World<P>& /*world*/) {
      return next < script.steps.size() ? &script.steps[next++] : nullptr;
    });
    return watcher;
  }

  /// Of the latest.
  [[nodiscard]] bool has_violation() const { return played_.has_violation(); }
  [[nodiscard]] const Finding& finding() const { return played_.finding(); }
  [[nodiscard]] bool is_outside_fault_model() const {
    return !outside_fault_model(setup_, played_.watch.witness, played_.configuration).empty();
  }
  /// What happened that the protocol does not claim to bear; empty where nobody counts such things.
  [[nodiscard]] AccidentSet accidents_beyond() const {
    if constexpr (requires { played_.watch.witness.accidents_beyond(); }) {
      return played_.watch.witness.accidents_beyond();
    } else {
      return {};
    }
  }
  /// The violation is that what was demanded did not come about.
  [[nodiscard]] bool is_demand_unmet() const { return is_demand_unmet_; }
  /// As they were taken, up to the violation.
  [[nodiscard]] const std::vector<Step<P>>& applied() const { return applied_; }
  /// The script with those steps.
  [[nodiscard]] Script<P> taken() const {
    return {played_.configuration, demand_, settles_, applied_};
  }
  /// No timer has fired before its time.
  [[nodiscard]] bool is_timely() const { return is_timely_; }

 private:
  void begin(const Script<P>& script, Manner manner) {
    played_.begin(setup_, script.configuration);
    manner_ = manner;
    demand_ = script.demand;
    settles_ = script.settles;
    applied_.clear();
    is_timely_ = true;
    is_demand_unmet_ = false;
    continuation_.start(script.demand, Setup::nodes_restart, played_.watch.learned_by,
                        {&played_.configuration, amid_cuts_of<Setup>()});
  }
  template <class AnEngine, class Next>
  bool play_with(AnEngine& engine, const Script<P>& script, Next next) {
    engine.start(played_.world, script.configuration.node_count, script.configuration.client_count,
                 reads_older_disks<P>(script.configuration, script.steps));
    while (const Step<P>* const step = next(played_.world)) {
      take(engine, *step);
      if (meter_.is_stopped()) {
        return false;
      }
      if (played_.is_over()) {
        return has_violation();
      }
    }
    judge(engine, script);
    return has_violation() && !meter_.is_stopped();
  }

  template <class AnEngine>
  void take(AnEngine& engine, Step<P> step) {
    World<P>& world = played_.world;
    if (manner_.is_loose) {
      find_again(world, step.action);
    }
    step.at = manner_.is_compact ? world.now + Duration{1} : std::max(step.at, world.now);
    if (const auto* fire = std::get_if<FireStep<P>>(&step.action)) {
      const Time due = earliest(*fire);
      is_timely_ = is_timely_ && step.at >= due;
      step.at = manner_.keeps_timers ? std::max(step.at, due) : step.at;
    }
    meter_.count();
    if (engine.apply(world, step)) {
      applied_.push_back(step);
    }
  }

  [[nodiscard]] Time earliest(const FireStep<P>& fire) const {
    const NodeState<P>& node = played_.world[fire.node];
    const ArmedTimer& timer = node.timers[static_cast<std::size_t>(fire.timer)];
    return timer.is_armed ? node.clock.when(timer.earliest, played_.world.now) : played_.world.now;
  }

  template <class AnEngine>
  void judge(AnEngine& engine, const Script<P>& script) {
    if (script.demand.kind == Demand::Kind::nothing) {
      return;
    }
    if (script.settles) {
      continuation_.play(played_.world, [&](const Step<P>& step) {
        meter_.count();
        engine.apply(played_.world, step);
        return !played_.is_over() && !meter_.is_stopped();
      });
      const bool is_asked = is_due(setup_, played_.configuration, script.demand, played_.world);
      if (played_.is_over() || !is_asked) {
        return;
      }
    }
    judge_demand<Setup>(played_.configuration, script.demand, played_.world, played_.watch);
    is_demand_unmet_ = has_violation();
  }

  const Setup& setup_;
  StepMeter& meter_;
  Manner manner_;
  Demand demand_;
  bool settles_ = false;
  PlayedWorld<Setup> played_;
  EffectsOf<P> effects_;
  Continuation<P, typename Setup::Clients> continuation_;
  std::vector<Step<P>> applied_;
  bool is_timely_ = true;
  bool is_demand_unmet_ = false;
};

}  // namespace synod
