// The schedule drawn from a seed: it says which step is next, and when the run is over. When what
// is in flight arrives, how long writes take and which timers fire when is drawn in messages.h,
// disks.h and timers.h; what the clients ask in workload.h; what goes wrong with nodes, links and
// clocks in nemesis.h.
//
// It watches the world as an observer, keeps what is to come in the plan's queue, and turns each
// entry into a step when its time has come. It never changes the world itself.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "sim/limits.h"
#include "sim/luck.h"
#include "sim/schedule/disks.h"
#include "sim/schedule/messages.h"
#include "sim/schedule/nemesis.h"
#include "sim/schedule/plan.h"
#include "sim/schedule/schedule.h"
#include "sim/schedule/timers.h"
#include "sim/schedule/workload.h"
#include "sim/world/clients.h"
#include "sim/world/configuration.h"
#include "sim/world/observation.h"
#include "sim/world/reach.h"
#include "sim/world/settling.h"
#include "sim/world/step.h"
#include "sim/world/world.h"

namespace synod {

/// `C`: what its clients ask (sim/world/clients.h).
template <Protocol P, class C>
class RandomSchedule {
 public:
  /// How the run stands when `try_next` has returned false.
  enum class End : std::uint8_t {
    settled,      ///< every client has its answer, and every node that is up has learned
    unsettled,    ///< a settling world that did not get there in time
    broken,       ///< a broken world, or one without survivors: nothing was demanded of it
    out_of_steps  ///< the limit of steps came first
  };

  /// For all runs from now on: what is promised where cuts stay.
  void promise(const AmidCuts& promised) { amid_cuts_ = promised; }

  /// Before the world is started, because the schedule observes the start too.
  void start(const Configuration& configuration, std::uint64_t seed) {
    clear(configuration, seed);
    workload_.start(plan_);
    nemesis_.start(plan_);
    plan_.queue.push(end_of_chaos(), {.kind = EventKind::end_of_chaos});
  }

  /// Takes over a world in any state instead, and draws all that comes from here on: what is in
  /// flight as if it had just been sent, writes as if just issued, timers as if just set, and how
  /// long what is broken stays so. These nodes have learned already, and no operation has carried a
  /// number of `fresh`.
  void take_over(const World<P>& world, const Configuration& configuration, std::uint64_t seed,
                 NodeSet learned, FreshNumbers fresh) {
    clear(configuration, seed);
    plan_.now = world.now;
    nodes_learned_ = learned;
    workload_.take_over(plan_, world, fresh);
    nemesis_.take_over(plan_, world);
    for (Slot slot = 0; slot < world.in_flight.slot_end(); ++slot) {
      if (world.in_flight.holds(slot)) {
        on(world, Sent<P>{slot, world.in_flight[slot], false});
      }
    }
    for (const PendingWrite<P>& write : world.writes) {
      on(world, WriteIssued{write.node, write.number});
    }
    for (const NodeId node : world.node_ids()) {
      for (std::size_t timer = 0; timer < P::timer_count; ++timer) {
        if (world[node].timers[timer].is_armed) {
          on(world, TimerSet<P>{node, static_cast<typename P::Timer>(timer)});
        }
      }
      if (waits_for_luck(world[node])) {
        on(world, LuckAsked{node});
      }
    }
    plan_.queue.push(std::max(world.now, end_of_chaos()), {.kind = EventKind::end_of_chaos});
  }

  /// Picks the next step. Returns false when the run is over.
  bool try_next(const World<P>& world, Step<P>& step) {
    if (++step_count_ > plan_.configuration.steps_max || timers_.set_count() > drawn_timers_max) {
      end_ = End::out_of_steps;
      return false;
    }
    while (plan_.is_backlog_done()) {
      plan_.clear_backlog();
      if (is_over(world) || plan_.queue.is_empty()) {
        return false;
      }
      if (!plan_.is_backlog_done()) {
        break;  // chaos has just ended
      }
      const Event event = plan_.queue.pop(plan_.now);
      if (try_step_directly(world, event, step)) {
        return true;
      }
      act(world, event);
      // Trouble may come again and again where there is nothing left to trouble.
      if (plan_.is_backlog_done() &&
          ++idle_events_ > plan_.configuration.steps_max * idle_events_a_step) {
        end_ = End::out_of_steps;
        return false;
      }
    }
    step.at = plan_.now;
    step.action = plan_.backlog[plan_.backlog_next++];
    return true;
  }

  [[nodiscard]] End end() const { return end_; }
  /// What is to come. For measuring.
  [[nodiscard]] const auto& queue() const { return plan_.queue; }
  /// Numbers that no operation of this run has carried.
  [[nodiscard]] const FreshNumbers& fresh() const { return workload_.fresh(); }
  /// Counted over all runs since the object was made.
  [[nodiscard]] const FaultCounts& fault_counts() const { return plan_.fault_counts; }

  // What the schedule must know of the world's doings.

  void on(const World<P>& world, const Sent<P>& sent) {
    messages_.on(plan_, nemesis_, world, sent);
  }

  void on(const World<P>& world, const WriteIssued& issued) {
    nemesis_.on(plan_, world, issued);
    disks_.on(plan_, issued);
  }

  void on(const World<P>& world, const TimerSet<P>& set) { timers_.on(plan_, world, set); }

  void on(const World<P>& world, const LuckAsked& asked) {
    plan_.queue.push(world.now, {.kind = EventKind::luck, .subject = asked.node.index});
  }

  void on(const World<P>& world, const Skewed& skewed) { timers_.on(plan_, world, skewed); }

  void on(const World<P>& /*world*/, const Learned<P>& learned) {
    nodes_learned_.insert(learned.node);
  }

  void on(const World<P>& world, const Crashed& crashed) {
    nodes_learned_.erase(crashed.node);
    disks_.forget(crashed.node);
    nemesis_.on(plan_, world, crashed);
  }

  void on(const World<P>& /*world*/, const WritesFailed<P>& failed) { disks_.forget(failed.node); }

  void on(const World<P>& world, const Restarted& restarted) {
    nemesis_.on(plan_, world, restarted);
  }

  void on(const World<P>& world, const Returned<P>& returned) {
    workload_.on(plan_, world, returned);
  }

 private:
  using Slot = typename InFlight<P>::Slot;

  static constexpr std::uint64_t idle_events_a_step = 10;

  void clear(const Configuration& configuration, std::uint64_t seed) {
    plan_.start(configuration, seed);
    messages_.start(configuration);
    disks_.start();
    timers_.start();
    luck_given_ = {};
    nodes_learned_ = {};
    is_out_of_time_ = false;
    end_ = End::broken;
    step_count_ = 0;
    idle_events_ = 0;
  }

  // The common kinds, without a detour through the backlog.
  bool try_step_directly(const World<P>& world, const Event& event, Step<P>& step) {
    step.at = plan_.now;
    switch (event.kind) {
      case EventKind::deliver:
        return Messages<P>::try_deliver(plan_, world, event, step);
      case EventKind::drop:
        Messages<P>::drop(plan_, world, event, step);
        return true;
      case EventKind::duplicate:
        Messages<P>::duplicate(plan_, world, event, step);
        return true;
      case EventKind::finish_write:
        return Disks<P>::try_finish(plan_, world, event, step);
      case EventKind::fire:
        return timers_.try_fire(plan_, world, event, step);
      case EventKind::luck:
        return try_give_luck(world, event, step);
      default:
        return false;
    }
  }

  bool try_give_luck(const World<P>& world, const Event& event, Step<P>& step) {
    if constexpr (asks_for_luck<P>) {
      const NodeId node{event.subject};
      if (world[node].is_paused) {
        plan_.park(node, event);
        return false;
      }
      if (!waits_for_luck(world[node])) {
        return false;  // it has crashed, or was answered when it had asked before
      }
      Draws draws(plan_.luck, Stream::asked_for, node.index, luck_given_[node.index]++);
      auto& luck = step.action.template emplace<LuckStep>();
      luck.node = node;
      luck.number = draws.below(world[node].luck_below);
      return true;
    }
    return false;
  }

  // The other kinds, each of which may make some steps due.
  void act(const World<P>& world, const Event& event) {
    switch (event.kind) {
      case EventKind::next_operation:
        return workload_.ask(plan_, world, {event.subject});
      case EventKind::client_timeout:
        return workload_.on_timeout(plan_, world, {event.subject}, event.number);
      case EventKind::trouble:
      case EventKind::undo:
        return nemesis_.act(plan_, world, event);
      case EventKind::timed:
        return nemesis_.come(plan_, world, event.number);
      case EventKind::end_of_chaos:
        return end_chaos(world);
      case EventKind::end_of_progress:
        is_out_of_time_ = true;
        return;
      default:
        return;
    }
  }

  // The ending.

  bool is_over(const World<P>& world) {
    if (plan_.is_settling()) {
      if (is_out_of_time_) {
        end_ = End::unsettled;
        return true;
      }
      const NodeSet must_learn = this->must_learn(world);
      if (must_learn.is_empty()) {
        end_ = End::broken;
        return true;
      }
      end_ = End::settled;
      return workload_.is_done() && has_learned(world, must_learn);
    }
    if (!workload_.is_done() || plan_.timed_to_come > 0) {
      return false;
    }
    if (plan_.configuration.ending != Ending::broken) {
      end_chaos(world);
      return false;
    }
    return plan_.phase == Phase::broken || (world.in_flight.size() == 0 && world.writes.empty());
  }

  /// Faults that have a time of their own come, whatever else.
  [[nodiscard]] Time end_of_chaos() const {
    Time last = Time{} + plan_.configuration.chaos;
    for (const TimedFault& fault : plan_.configuration.faults) {
      last = std::max(last, fault.until());
    }
    return last;
  }

  [[nodiscard]] NodeSet must_learn(const World<P>& world) const {
    switch (plan_.configuration.ending) {
      case Ending::healed:
        return world.node_ids();
      case Ending::partitioned:
        return plan_.must_decide;
      default:
        return world.nodes_up();
    }
  }
  /// Where cuts stay, nobody may be there to tell a node that has learned nothing: it is asked.
  bool has_learned(const World<P>& world, NodeSet nodes) {
    const NodeSet waiting = learns<P> ? nodes - nodes_learned_ : NodeSet();
    if (!waiting.is_empty() && plan_.configuration.ending == Ending::partitioned) {
      workload_.ask_also(plan_, world, *waiting.begin());
    }
    return waiting.is_empty();
  }

  void end_chaos(const World<P>& world) {
    if (plan_.phase != Phase::chaos) {
      return;
    }
    if (plan_.configuration.ending == Ending::broken) {
      plan_.phase = Phase::broken;
      workload_.stop();
      return;
    }
    plan_.phase = Phase::settling;
    plan_.queue.push(latest_decision(), {.kind = EventKind::end_of_progress});
    nemesis_.repair(plan_, world);
    if (plan_.configuration.ending == Ending::partitioned) {
      plan_.must_decide = nemesis_.keep_some_cuts(plan_, world, amid_cuts_);
    }
    disks_.repair(plan_, world);
    workload_.start_settling(plan_, world);
  }

  /// When a decision must have come. Where clocks have jumped back a long way, the timers that were
  /// set before keep their nodes waiting for as long: that is granted, unless the configuration
  /// gives a time of its own.
  [[nodiscard]] Time latest_decision() const {
    const Configuration& configuration = plan_.configuration;
    constexpr std::uint64_t little = 8;  // is an eighth of the time that there is anyway
    const Duration late = nemesis_.template of<faults::Skew>().longest_jump_back();
    const bool is_granted = configuration.progress.ticks == 0 &&
                            late.ticks > progress_needed(configuration).ticks / little;
    return plan_.now + progress_given(configuration) + (is_granted ? late : Duration{});
  }

  Plan<P> plan_;
  Workload<P, C> workload_;
  Nemesis<P> nemesis_;
  Messages<P> messages_;
  Disks<P> disks_;
  Timers<P> timers_;
  std::array<std::uint32_t, node_count_max> luck_given_{};  ///< numbers
  AmidCuts amid_cuts_;
  NodeSet nodes_learned_;
  std::uint32_t step_count_ = 0;
  std::uint64_t idle_events_ = 0;  ///< that became no step
  bool is_out_of_time_ = false;
  End end_ = End::broken;
};

}  // namespace synod
