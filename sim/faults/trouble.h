// How a fault comes about again and again in a drawn run: one `Trouble<P>` for each that does, kept
// by the nemesis (sim/schedule/nemesis.h). It draws from a stream of its own, so that more of one
// moves no other. What it may say:
//
//   start(plan)                     plans the first
//   draw(plan, world)               its time has come: something goes wrong, the next is planned
//   undo(plan, world, event)        the time has come to repair what `event` names
//   take_over(plan, world, node), take_over(plan, world)
//                                   what is broken in this world already stays so for as long as if
//                                   it had just happened
//   repair(plan, world), repair(plan, world, node)
//                                   the world is to be healed
//   on(plan, world, event)          for Crashed, WriteIssued and Restarted
//   note(step)                      the scenario's file says so, from now on: what is drawn does
//   not
//                                   undo it
//   come(plan, world, step)         … and now it is to be done, where it is not so already
//
// `plan` is a Plan<P>: the one thing that the schedule and its parts share.
#pragma once

#include <cstdint>

#include "core/ids.h"
#include "sim/event.h"
#include "sim/luck.h"

namespace synod::faults {

class TroubleFrom {
 public:
  explicit TroubleFrom(Stream stream, std::uint32_t entity = 0)
      : stream_(stream), entity_(entity) {}
  /// For another run. `place` is where it stands among those of the nemesis.
  void begin(std::uint8_t place) {
    place_ = place;
    draws_ = 0;
  }

 protected:
  /// The draws of this kind of trouble, from where the last one stopped; `keep` says where that is.
  [[nodiscard]] Draws draws_of(const auto& plan) const {
    return Draws(plan.luck, stream_, entity_, draws_);
  }
  void keep(const Draws& draws) { draws_ = draws.index(); }

  void plan_next(auto& plan, DurationRange interval) {
    if (interval.max.ticks == 0) {
      return;
    }
    Draws draws = draws_of(plan);
    plan.queue.push(plan.now + draws.within(interval),
                    {.kind = EventKind::trouble, .part = place_});
    keep(draws);
  }
  /// That `undo` is called, after that long.
  void plan_undo(auto& plan, Duration duration, std::uint8_t subject, std::uint32_t number) const {
    plan.queue.push(
        plan.now + duration,
        {.kind = EventKind::undo, .subject = subject, .part = place_, .number = number});
  }

  static NodeId draw_node(Draws& draws, NodeSet nodes) {
    std::uint32_t skip = draws.below(static_cast<std::uint32_t>(nodes.size()));
    auto node = nodes.begin();
    for (; skip > 0; --skip) {
      ++node;
    }
    return *node;
  }

 private:
  Stream stream_;
  std::uint32_t entity_;
  std::uint32_t draws_ = 0;  ///< made so far
  std::uint8_t place_ = 0;
};

}  // namespace synod::faults
