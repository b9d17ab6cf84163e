// Draws the rest of a run anew, again and again, from a copy of its world: `Setup` as in
// protocol_runner.h.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <variant>

#include "scenarios/play/judgement.h"
#include "scenarios/play/lone_proposer.h"
#include "scenarios/play/loose_replay.h"
#include "scenarios/play/played_world.h"
#include "scenarios/play/script.h"
#include "scenarios/play/step_meter.h"
#include "scenarios/play/watch.h"
#include "scenarios/shrink/variation.h"
#include "scenarios/what_if/what_if.h"
#include "scenarios/words/step_text.h"
#include "sim/schedule/random_schedule.h"
#include "sim/world/any_observer.h"
#include "sim/world/engine.h"
#include "sim/world/settling.h"

namespace synod {

template <class Setup>
class WhatIfSampler {
 public:
  using P = typename Setup::Protocol;

  WhatIfSampler(const Setup& setup, const OnWhatIf& on_progress)
      : setup_(setup), on_progress_(on_progress), loose_replay_(setup, meter_) {
    meter_.tell([this](std::uint64_t /*steps*/) { ask_to_go_on(); });
    schedule_.promise(amid_cuts_of<Setup>());
  }

  WhatIf sample(const Script<P>& script, const WhatIfOptions& options) {
    WhatIf result;
    sample(script, options, result);
    result.is_stopped = meter_.is_stopped();
    return result;
  }

 private:
  using Schedule = RandomSchedule<P, typename Setup::Clients>;

  using SomeWatch = Watch<P, typename Setup::Witness>;

  void ask_to_go_on() {
    if (on_progress_ && !on_progress_(progress_)) {
      meter_.stop();
    }
  }

  void sample(const Script<P>& script, const WhatIfOptions& options, WhatIf& result) {
    progress_ = {.steps = script.steps.size(), .samples = options.samples};
    if (!loose_replay_.play(script, {})) {
      return;
    }
    property_ = loose_replay_.finding().property;
    result.property = property_;
    demand_ = script.demand;
    samples_ = options.samples;
    fresh_ = fresh_after<P, typename Setup::Clients>(script.steps);
    played_.begin(setup_, script.configuration);
    rest_ = configuration_of_the_rest(setup_, script.configuration);
    result.has_faults_of_baseline = rest_ != script.configuration;
    if (result.has_faults_of_baseline) {
      ask_no_more_than(script);
    }
    auto observers = erased<P>(played_.watch.witness, played_.watch.learned_by);
    Engine<P, AnyObservers<P>> engine(played_.config, observers.all());
    engine.start(played_.world, script.configuration.node_count, script.configuration.client_count,
                 reads_older_disks<P>(rest_, script.steps));
    result.at_the_start.samples = samples_;
    result.at_the_start.violated = count_violated();
    for (std::size_t i = 0; i < script.steps.size() && !meter_.is_stopped(); ++i) {
      if (i == options.without || !engine.apply(played_.world, script.steps[i])) {
        continue;
      }
      const bool is_over = played_.is_over();
      const std::uint64_t violated = !is_over               ? count_violated()
                                     : is_it(played_.watch) ? samples_
                                                            : 0;
      if (meter_.is_stopped()) {
        return;
      }
      result.steps.push_back(
          {i, played_.world.now, to_text<P>(script.steps[i].action), violated, samples_});
      if (is_over) {
        break;
      }
      progress_.steps_done = i + 1;
      progress_.samples_done = 0;
      ask_to_go_on();
    }
  }

  /// Has it come?
  [[nodiscard]] bool is_it(const SomeWatch& watch) const {
    const Findings& findings = watch.witness.findings();
    return findings.has_any() && findings.first().property == property_;
  }

  /// What matters is what becomes of the requests that the trace has: with others, the same would
  /// go wrong once more.
  void ask_no_more_than(const Script<P>& script) {
    rest_.operations = 1;
    for (const Step<P>& step : script.steps) {
      if (const auto* ask = std::get_if<AskStep<RequestFor<P>>>(&step.action)) {
        rest_.operations = std::max<std::uint32_t>(rest_.operations, ask->request.id.number);
      }
    }
    if (has_too_little_time(rest_)) {
      rest_.progress = {};
    }
    const Demand::Kind demanded = script.demand.kind;
    rest_.ending = demanded == Demand::Kind::nothing            ? Ending::broken
                   : demanded == Demand::Kind::connected_decide ? Ending::partitioned
                                                                : Ending::healed;
  }

  /// 0 where it is stopped.
  std::uint64_t count_violated() {
    std::uint64_t violated = 0;
    for (std::uint64_t sample = 1; sample <= samples_; ++sample) {
      world_ = played_.world;
      watch_ = played_.watch;
      draw_the_rest(sample);
      if (meter_.is_stopped()) {
        return 0;
      }
      violated += is_it(watch_) ? 1U : 0U;
      progress_.samples_done = sample;
    }
    return violated;
  }

  void draw_the_rest(std::uint64_t seed) {
    Observers observers(schedule_, watch_.witness, watch_.learned_by);
    Engine<P, decltype(observers)> engine(played_.config, observers);
    schedule_.take_over(world_, rest_, seed, watch_.learned_by.nodes(), fresh_);
    Step<P> step;
    const auto is_over = [&] { return watch_.witness.findings().is_over(); };
    while (!is_over() && !meter_.is_stopped() && schedule_.try_next(world_, step)) {
      meter_.count();
      engine.apply(world_, step);
    }
    if (is_over() || meter_.is_stopped()) {
      return;
    }
    if (schedule_.end() == Schedule::End::unsettled) {
      const Demand demand = demand_of(rest_.ending);
      if (is_due(setup_, rest_, demand, world_)) {
        judge_demand<Setup>(rest_, demand, world_, watch_);
      }
    } else if (schedule_.end() == Schedule::End::settled &&
               demand_.kind == Demand::Kind::one_decides) {
      try_lone_proposers();
    }
  }

  /// As after every run: each node alone with each surviving quorum.
  void try_lone_proposers() {
    lone_proposer_.start(played_.config, world_, watch_, false);
    for_each_lone_proposer(
        world_.node_ids(), setup_.survivor_count(rest_), [&](NodeId proposer, NodeSet survivors) {
          meter_.count(
              lone_proposer_.run(played_.config, {proposer, survivors, schedule_.fresh()}));
          watch_ = lone_proposer_.watch();
          if (!watch_.witness.findings().is_over()) {
            judge_demand<Setup>(rest_, {.kind = Demand::Kind::one_decides, .node = proposer},
                                lone_proposer_.world(), watch_);
          }
          return !watch_.witness.findings().is_over() && !meter_.is_stopped();
        });
  }

  const Setup& setup_;
  const OnWhatIf& on_progress_;
  WhatIfProgress progress_;
  StepMeter meter_;
  LooseReplay<Setup> loose_replay_;
  std::string property_;
  Demand demand_;
  Configuration rest_;
  FreshNumbers fresh_;
  std::uint64_t samples_ = 0;
  PlayedWorld<Setup> played_;
  World<P> world_;   ///< of a sample
  SomeWatch watch_;  ///< of a sample
  Schedule schedule_;
  LoneProposer<Setup> lone_proposer_;
};

}  // namespace synod
