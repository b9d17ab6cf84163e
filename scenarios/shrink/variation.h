// Other runs that may go wrong like a given one, drawn: half of them branch off from it at some
// step, the others are new from the start, in a cluster as large or smaller. `Setup` as in
// protocol_runner.h.
#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "scenarios/play/loose_replay.h"
#include "scenarios/play/script.h"
#include "scenarios/play/step_meter.h"
#include "scenarios/shrink/simpler.h"
#include "sim/luck.h"
#include "sim/schedule/random_schedule.h"
#include "sim/world/configuration.h"
#include "sim/world/declared_options.h"
#include "sim/world/engine.h"
#include "sim/world/step.h"
#include "sim/world/swarm.h"
#include "sim/world/world.h"

namespace synod {

/// The accidents that may befall the rest of a run: those that its configuration lets happen. Where
/// it lets none happen, as in a scenario written by hand or a trace that was shrunk, they are those
/// of the uniform baseline, as far as the protocol bears them.
template <class Setup>
Configuration configuration_of_the_rest(const Setup& setup, const Configuration& configuration) {
  if (!configuration.faults.empty()) {
    return configuration;
  }
  for (std::size_t fault = 0; fault < fault_count; ++fault) {
    if (is_enabled(configuration, static_cast<Fault>(fault))) {
      return configuration;
    }
  }
  Configuration rest = uniform_configuration(options_declared_by<Setup>());
  keep_what_can_happen<typename Setup::Protocol>(rest);
  setup.fit(rest, Luck(0));
  rest = with_cluster(rest, configuration);
  rest.delay = configuration.delay;  // what the protocol's timers and its fault model go by
  rest.disk = configuration.disk;
  rest.tail_delay.max = std::max(rest.tail_delay.max, rest.delay.max);
  return rest;
}

template <class Setup>
class Variation {
 public:
  using P = typename Setup::Protocol;

  /// `meter` counts the steps drawn, and stops the drawing.
  Variation(const Setup& setup, StepMeter& meter) : setup_(setup), meter_(meter) {
    schedule_.promise(amid_cuts_of<Setup>());
  }

  /// Of that many steps at most. Valid until the next.
  const Script<P>& draw(const Script<P>& like, std::uint64_t seed, std::size_t steps_max) {
    const Luck luck(seed);
    Draws draws(luck, Stream::variation, 0);
    script_ = {like.configuration, like.demand, like.settles, {}};
    if (draws.below(2) == 0 || like.steps.empty()) {
      draw_cluster(draws);
      draw_options(luck);
      draw_accidents(luck);
      play(seed, steps_max, 0, script_.configuration);
    } else {
      script_.steps = like.steps;
      play(seed, steps_max, draws.below(static_cast<std::uint32_t>(like.steps.size())),
           configuration_of_the_rest(setup_, like.configuration));
    }
    return script_;
  }

 private:
  void draw_cluster(Draws& draws) {
    while (script_.configuration.node_count > node_count_min && draws.below(2) == 0) {
      const auto fewer = with_a_node_less(script_.configuration);
      Configuration one = fewer[draws.below(static_cast<std::uint32_t>(fewer.size()))];
      map_node_options(one, [&](NodeSet nodes) { return nodes & NodeSet::first(one.node_count); });
      if (!validate(one).empty() || (script_.demand.kind == Demand::Kind::one_decides &&
                                     script_.demand.node.index >= one.node_count)) {
        return;
      }
      script_.configuration = one;
    }
  }

  /// Now and then others, where the protocol lets them be chosen.
  void draw_options(const Luck& luck) {
    Draws draws(luck, Stream::variation, 3);
    const auto others = with_other_options(script_.configuration);
    if (!others.empty() && draws.below(other_options_of) == 0) {
      script_.configuration = others[draws.below(static_cast<std::uint32_t>(others.size()))];
    }
  }

  void draw_accidents(const Luck& luck) {
    Configuration drawn = draw_configuration(luck, options_declared_by<Setup>());
    keep_what_can_happen<P>(drawn);
    drawn = with_cluster(drawn, script_.configuration);
    setup_.fit(drawn, luck);
    drawn = with_cluster(drawn, script_.configuration);
    if (validate(drawn).empty()) {
      script_.configuration = drawn;
    }
  }

  /// The first steps of the script, and after them what is drawn.
  void play(std::uint64_t seed, std::size_t steps_max, std::size_t first_steps,
            const Configuration& rest) {
    Configuration configuration = rest;
    configuration.steps_max = static_cast<std::uint32_t>(steps_max);
    played_.begin(setup_, script_.configuration);
    Observers observers(schedule_, played_.watch.witness, played_.watch.learned_by);
    Engine<P, decltype(observers)> engine(played_.config, observers);
    World<P>& world = played_.world;
    schedule_.start(configuration, seed);
    engine.start(world, script_.configuration.node_count, script_.configuration.client_count,
                 reads_older_disks<P>(configuration, script_.steps));
    for (std::size_t i = 0; i < first_steps; ++i) {
      engine.apply(world, script_.steps[i]);
    }
    if (first_steps > 0) {
      schedule_.take_over(world, configuration, seed, played_.watch.learned_by.nodes(),
                          fresh_after<P, typename Setup::Clients>(script_.steps));
    }
    script_.steps.resize(first_steps);
    Step<P> step;
    while (!played_.is_over() && !meter_.is_stopped() && schedule_.try_next(world, step)) {
      meter_.count();
      if (engine.apply(world, step)) {
        script_.steps.push_back(step);
      }
    }
  }

  static constexpr std::uint32_t node_count_min = 2;
  static constexpr std::uint32_t other_options_of = 2;  ///< one run of so many

  const Setup& setup_;
  StepMeter& meter_;
  PlayedWorld<Setup> played_;
  RandomSchedule<P, typename Setup::Clients> schedule_;
  Script<P> script_;
};

}  // namespace synod
