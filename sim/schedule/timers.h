// When timers fire, drawn from a seed: within the range that their node has set, by its own clock.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "core/ids.h"
#include "sim/limits.h"
#include "sim/luck.h"
#include "sim/schedule/plan.h"
#include "sim/world/observation.h"
#include "sim/world/step.h"
#include "sim/world/world.h"

namespace synod {

template <Protocol P>
class Timers {
 public:
  void start() {
    plans_ = {};
    set_count_ = 0;
  }
  [[nodiscard]] std::uint64_t set_count() const { return set_count_; }

  void on(Plan<P>& plan, const World<P>& world, const TimerSet<P>& set) {
    const auto timer = static_cast<std::size_t>(set.timer);
    TimerPlan& own = plans_[set.node.index][timer];
    const ArmedTimer& armed = world[set.node].timers[timer];
    const std::uint32_t entity = set.node.index * static_cast<std::uint32_t>(P::timer_count) +
                                 static_cast<std::uint32_t>(set.timer);
    const auto width = static_cast<std::uint64_t>(armed.latest.ticks - armed.earliest.ticks);
    Draws draws(plan.luck, Stream::timer, entity, own.draws++);
    ++set_count_;
    own.due = {armed.earliest.ticks +
               static_cast<std::int64_t>(draws.within({{0}, {width}}).ticks)};
    plan_timer(plan, world, set.node, timer);
  }
  /// By a clock that has jumped or changed its rate, they are due at other times.
  void on(Plan<P>& plan, const World<P>& world, const Skewed& skewed) {
    for (std::size_t timer = 0; timer < P::timer_count; ++timer) {
      if (world[skewed.node].timers[timer].is_armed) {
        plan_timer(plan, world, skewed.node, timer);
      }
    }
  }

  /// Returns false where it was set anew or cancelled, or its time has not come.
  bool try_fire(Plan<P>& plan, const World<P>& world, const Event& event, Step<P>& step) const {
    const NodeId node{event.subject};
    if (plans_[node.index][event.timer].arming != event.number ||
        !world[node].timers[event.timer].is_armed) {
      return false;
    }
    if (world[node].is_paused) {
      plan.park(node, event);
      return false;
    }
    auto& fire = step.action.template emplace<FireStep<P>>();
    fire.node = node;
    fire.timer = static_cast<typename P::Timer>(event.timer);
    return true;
  }

 private:
  struct TimerPlan {
    LocalTime due;
    std::uint32_t arming = 0;  ///< an event of an earlier arming is void
    std::uint32_t draws = 0;
  };

  void plan_timer(Plan<P>& plan, const World<P>& world, NodeId node, std::size_t timer) {
    TimerPlan& own = plans_[node.index][timer];
    plan.queue.push(world[node].clock.when(own.due, world.now),
                    {.kind = EventKind::fire,
                     .subject = node.index,
                     .timer = static_cast<std::uint8_t>(timer),
                     .number = ++own.arming});
  }

  std::array<std::array<TimerPlan, P::timer_count>, node_count_max> plans_{};
  std::uint64_t set_count_ = 0;  ///< in this run
};

}  // namespace synod
