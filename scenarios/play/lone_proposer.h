// One proposer, alone with one surviving quorum, on a copy of the world: it must decide.
//
// Everybody crashes and the survivors come back, so that only what is on their disks counts; what
// was in flight is lost, and no link is cut any more; then one client asks the proposer, messages
// arrive at once, and no timer but the proposer's fires. (BUGS.md calls this the check for every
// single proposer and every surviving majority; it is the one that finds protocols whose errors
// hide each other on safety.)
#pragma once

#include <cstdint>

#include "core/ids.h"
#include "scenarios/play/recorder.h"
#include "scenarios/play/watch.h"
#include "sim/schedule/fair_schedule.h"
#include "sim/world/clients.h"
#include "sim/world/engine.h"
#include "sim/world/observation.h"
#include "sim/world/world.h"

namespace synod {

/// `Setup` as in protocol_runner.h.
template <class Setup>
class LoneProposer {
 public:
  using P = typename Setup::Protocol;
  using Witness = typename Setup::Witness;

  /// Who proposes, with whom, and what it is asked.
  struct Experiment {
    NodeId proposer;
    NodeSet survivors;
    FreshNumbers fresh;
  };

  /// Plays what is the same for all that are to start from this world: everybody crashes, and what
  /// was in flight is lost. Returns the number of steps.
  std::uint64_t start(const typename P::Config& config, const World<P>& world,
                      const Watch<P, Witness>& watch, bool is_recorded) {
    start_.world = world;
    start_.watch = watch;
    start_.recorder.start(is_recorded);
    start_.steps = 0;
    with_engine(
        config, start_,
        [&](auto& engine) {
          for (const NodeId node : world.node_ids()) {
            take(engine, start_, CrashStep{node, 0, UINT8_MAX});
          }
          take(engine, start_, HealStep{{EndpointSet::all(), EndpointSet::all()}});
          for (typename InFlight<P>::Slot slot = 0; slot < world.in_flight.slot_end(); ++slot) {
            if (world.in_flight.holds(slot)) {
              take(engine, start_, DropStep<P>{{world.in_flight[slot], {slot}}});
            }
          }
        },
        start_.watch.hash, start_.recorder);
    return start_.steps;
  }

  /// Plays one from there. Returns the number of its own steps.
  std::uint64_t run(const typename P::Config& config, const Experiment& experiment) {
    return play(config, experiment);
  }
  /// The same again, with what nobody asks of one that goes well: its fingerprint and its steps.
  void run_again(const typename P::Config& config, const Experiment& experiment) {
    play(config, experiment, end_.watch.hash, end_.recorder);
  }

  /// What a survivor starts from.
  [[nodiscard]] const typename P::Durable& disk_at_start(NodeId node) const {
    return start_.world[node].disk;
  }
  // How the latest ended.
  [[nodiscard]] const World<P>& world() const { return end_.world; }
  [[nodiscard]] const Watch<P, Witness>& watch() const { return end_.watch; }
  [[nodiscard]] const Recorder<P>& recorder() const { return end_.recorder; }

 private:
  static constexpr std::uint64_t steps_max = 5000;  // a decision takes some ten a node

  struct Branch {
    World<P> world;
    Watch<P, Witness> watch;
    Recorder<P> recorder;
    std::uint64_t steps = 0;
  };

  template <class... Others>
  std::uint64_t play(const typename P::Config& config, const Experiment& experiment,
                     Others&... others) {
    end_ = start_;
    end_.steps = 0;
    with_engine(
        config, end_,
        [&](auto& engine) {
          const World<P>& world = end_.world;
          for (const NodeId node : experiment.survivors) {
            take(engine, end_, RestartStep{{node}});
          }
          const ClientId client;
          take(engine, end_, AbandonStep{client});
          schedule_.start(world, NodeSet::only(experiment.proposer));
          FreshNumbers fresh = experiment.fresh;
          const auto asked = Clients<P, typename Setup::Clients>::own(fresh());
          const auto number = static_cast<std::uint16_t>(world[client].request.id.number + 1);
          take(engine, end_,
               AskStep<RequestFor<P>>{experiment.proposer, {{client, number}, asked}});
          Step<P> step;
          while (world[client].is_waiting && !end_.watch.witness.findings().is_over() &&
                 end_.steps < steps_max && schedule_.try_next(world, step)) {
            end_.steps += engine.apply(end_.world, step) ? 1U : 0U;
          }
        },
        others...);
    return end_.steps;
  }

  template <class Play, class... Others>
  void with_engine(const typename P::Config& config, Branch& branch, Play play, Others&... others) {
    Attention witness(branch.watch);
    Observers observers(schedule_, witness, branch.watch.learned_by, others...);
    Engine<P, decltype(observers)> engine(config, observers, effects_);
    play(engine);
  }
  template <class AnEngine>
  static void take(AnEngine& engine, Branch& branch, const Action<P>& action) {
    const bool is_needed = engine.apply(branch.world, {branch.world.now, action});
    branch.steps += is_needed ? 1U : 0U;
  }

  Branch start_;
  Branch end_;
  EffectsOf<P> effects_;
  FairSchedule<P> schedule_;
};

/// Every proposer with every set of `survivor_count` nodes that it is in. Stops when `visit`
/// returns false.
template <class Visit>
void for_each_lone_proposer(NodeSet all, std::size_t survivor_count, Visit visit) {
  for (std::uint16_t bits = 0; bits <= all.bits(); ++bits) {
    const NodeSet survivors(bits);
    if (survivors.size() != survivor_count) {
      continue;
    }
    for (const NodeId proposer : survivors) {
      if (!visit(proposer, survivors)) {
        return;
      }
    }
  }
}

}  // namespace synod
