// One proposer, alone with one surviving quorum, on a copy of the world: it must decide.
//
// Everybody crashes and the survivors come back, so that only what is on their disks counts; what
// was in flight is lost; then one client asks the proposer, messages arrive at once, and no timer
// but the proposer's fires. (BUGS.md calls this the check for every single proposer and every
// surviving majority; it is the one that finds protocols whose errors hide each other on safety.)
#pragma once

#include <cstdint>

#include "core/ids.h"
#include "properties/progress.h"
#include "scenarios/recorder.h"
#include "sim/engine.h"
#include "sim/fair_schedule.h"
#include "sim/run_hash.h"

namespace synod {

/// What is known of a run besides its world. Copied where a run branches.
template <Protocol P, class Witness>
struct Watch {
  Witness witness;
  LearnedBy learned_by;
  RunHash<P> hash;
};

template <Protocol P, class Witness>
class Solo {
 public:
  /// Plays it on copies, which then hold how it ended. Returns the number of steps.
  std::uint64_t run(const typename P::Config& config, const World<P>& world,
                    const Watch<P, Witness>& watch, NodeId proposer, NodeSet survivors,
                    Value value) {
    world_ = world;
    watch_ = watch;
    recorder_.start(true);
    Observers observers(schedule_, watch_.witness, watch_.learned_by, watch_.hash, recorder_);
    Engine<P, decltype(observers)> engine(config, observers);
    const auto take = [&](const Action<P>& action) {
      engine.apply(world_, {world_.now, action});  // what does not apply is not needed
    };
    for (const NodeId node : world_.node_ids()) {
      take(CrashStep{node, 0, UINT8_MAX});
    }
    for (typename InFlight<P>::Slot slot = 0; slot < world_.in_flight.slot_end(); ++slot) {
      if (world_.in_flight.holds(slot)) {
        take(DropStep<P>{{world_.in_flight[slot], {slot}}});
      }
    }
    for (const NodeId node : survivors) {
      take(RestartStep{{node}});
    }
    const ClientId client;
    take(AbandonStep{client});
    schedule_.start(world_, NodeSet::only(proposer));
    const auto number = static_cast<std::uint16_t>(world_[client].request.id.number + 1);
    take(AskStep{proposer, {{client, number}, Operation::write, value}});
    Step<P> step;
    while (world_[client].is_waiting && !watch_.witness.findings().has_any() &&
           recorder_.steps().size() < steps_max && schedule_.try_next(world_, step)) {
      engine.apply(world_, step);
    }
    return recorder_.steps().size();
  }

  [[nodiscard]] const World<P>& world() const { return world_; }
  [[nodiscard]] const Watch<P, Witness>& watch() const { return watch_; }
  [[nodiscard]] const Recorder<P>& recorder() const { return recorder_; }

 private:
  static constexpr std::size_t steps_max = 5000;  // a decision takes some ten a node

  World<P> world_;
  Watch<P, Witness> watch_;
  Recorder<P> recorder_;
  FairSchedule<P> schedule_;
};

/// Every proposer with every set of `survivor_count` nodes that it is in. Stops when `visit`
/// returns false.
template <class Visit>
void for_each_solo(NodeSet all, std::size_t survivor_count, Visit visit) {
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
