// The schedule drawn from a seed: it decides when what is in flight arrives, how long writes take,
// which timers fire when, and when the run is over. What the clients ask is the workload's
// business, what goes wrong with nodes, links and clocks the nemesis's.
//
// It watches the world as an observer, keeps what is to come in the plan's queue, and turns each
// entry into a step when its time has come. It never changes the world itself.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "sim/limits.h"
#include "sim/luck.h"
#include "sim/schedule/nemesis.h"
#include "sim/schedule/plan.h"
#include "sim/schedule/schedule.h"
#include "sim/schedule/workload.h"
#include "sim/world/clients.h"
#include "sim/world/configuration.h"
#include "sim/world/observation.h"
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

  /// Before the world is started, because the schedule observes the start too.
  void start(const Configuration& configuration, std::uint64_t seed) {
    clear(configuration, seed);
    workload_.start(plan_);
    nemesis_.start(plan_);
    plan_.queue.push(Time{} + configuration.chaos, {.kind = EventKind::end_of_chaos});
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
    plan_.queue.push(std::max(world.now, Time{} + configuration.chaos),
                     {.kind = EventKind::end_of_chaos});
  }

  /// Picks the next step. Returns false when the run is over.
  bool try_next(const World<P>& world, Step<P>& step) {
    if (++step_count_ > plan_.configuration.steps_max || timers_set_ > drawn_timers_max) {
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
    const Packet<P>& packet = sent.packet;
    const Configuration& configuration = plan_.configuration;
    if (packet.from == packet.to) {  // a node talks to itself at once, and is never misheard
      plan_.queue.push(world.now, {.kind = EventKind::deliver, .slot = sent.slot});
      return;
    }
    const auto link =
        static_cast<std::uint32_t>(packet.from.index * endpoint_count_max + packet.to.index);
    const std::uint32_t index = sent_[link]++;
    const bool may_be_faulty = !plan_.is_settling();
    const bool is_message = std::holds_alternative<typename P::Message>(packet.payload);
    Draws delay(plan_.luck, Stream::delay, link, index * 2);
    DurationRange range = configuration.delay;
    Time leaves = world.now;
    if (may_be_faulty) {
      if (!configuration.drop.is_zero() &&
          Draws(plan_.luck, Stream::drop, link, index).chance(configuration.drop)) {
        plan_.queue.push(world.now, {.kind = EventKind::drop, .slot = sent.slot});
        return;
      }
      if (is_message && !configuration.duplicate.is_zero() &&
          Draws(plan_.luck, Stream::duplicate, link, index).chance(configuration.duplicate)) {
        plan_.queue.push(world.now, {.kind = EventKind::duplicate, .slot = sent.slot});
      }
      if (!configuration.tail.is_zero() &&
          Draws(plan_.luck, Stream::delay, link, index * 2 + 1).chance(configuration.tail)) {
        range = configuration.tail_delay;
        plan_.template count<faults::LateMessage>(faults::LateMessage::late);
      }
      if (!configuration.slow_links.is_zero() &&
          Draws(plan_.luck, Stream::slow_link, link).chance(configuration.slow_links)) {
        range = configuration.tail_delay;
        plan_.template count<faults::LateMessage>(faults::LateMessage::slow_link);
      }
      if (is_message && !configuration.slow_kinds.is_zero() &&
          is_slow_kind(packet.from, std::get<typename P::Message>(packet.payload))) {
        range = configuration.tail_delay;
        plan_.template count<faults::LateMessage>(faults::LateMessage::slow_kind);
      }
      if (const Time let_go =
              nemesis_.template of<faults::Hold>().held_until(packet.from, packet.to);
          let_go > leaves) {
        leaves = let_go;
        plan_.template count<faults::Hold>(faults::Hold::hold);
      }
    }
    plan_.queue.push(leaves + delay.within(range), {.kind = EventKind::deliver, .slot = sent.slot});
  }

  void on(const World<P>& world, const WriteIssued& issued) {
    nemesis_.on(plan_, world, issued);
    Draws draws(plan_.luck, Stream::disk, issued.node.index, issued.number * 2);
    DurationRange range = plan_.configuration.disk;
    if (!plan_.is_settling() && !plan_.configuration.slow_write.is_zero() &&
        draws.chance(plan_.configuration.slow_write)) {
      range = plan_.configuration.slow_disk;
      plan_.template count<faults::SlowWrite>(faults::SlowWrite::slow_write);
    }
    plan_write(issued, draws.within(range));
  }

  void on(const World<P>& world, const TimerSet<P>& set) {
    TimerPlan& own = timers_[set.node.index][static_cast<std::size_t>(set.timer)];
    const ArmedTimer& armed = world[set.node].timers[static_cast<std::size_t>(set.timer)];
    const std::uint32_t entity = set.node.index * static_cast<std::uint32_t>(P::timer_count) +
                                 static_cast<std::uint32_t>(set.timer);
    const auto width = static_cast<std::uint64_t>(armed.latest.ticks - armed.earliest.ticks);
    Draws draws(plan_.luck, Stream::timer, entity, own.draws++);
    ++timers_set_;
    own.due = {armed.earliest.ticks +
               static_cast<std::int64_t>(draws.within({{0}, {width}}).ticks)};
    plan_timer(world, set.node, static_cast<std::size_t>(set.timer));
  }

  void on(const World<P>& world, const LuckAsked& asked) {
    plan_.queue.push(world.now, {.kind = EventKind::luck, .subject = asked.node.index});
  }

  void on(const World<P>& world, const Skewed& skewed) {
    for (std::size_t timer = 0; timer < P::timer_count; ++timer) {
      if (world[skewed.node].timers[timer].is_armed) {
        plan_timer(world, skewed.node, timer);
      }
    }
  }

  void on(const World<P>& /*world*/, const Learned<P>& learned) {
    nodes_learned_.insert(learned.node);
  }

  void on(const World<P>& world, const Crashed& crashed) {
    nodes_learned_.erase(crashed.node);
    disk_free_[crashed.node.index] = {};
    nemesis_.on(plan_, world, crashed);
  }

  void on(const World<P>& /*world*/, const WritesFailed<P>& failed) {
    disk_free_[failed.node.index] = {};
  }

  void on(const World<P>& world, const Restarted& restarted) {
    nemesis_.on(plan_, world, restarted);
  }

  void on(const World<P>& world, const Returned<P>& returned) {
    workload_.on(plan_, world, returned);
  }

 private:
  struct TimerPlan {
    LocalTime due;
    std::uint32_t arming = 0;  ///< an event of an earlier arming is void
    std::uint32_t draws = 0;
  };
  using Slot = typename InFlight<P>::Slot;

  static constexpr std::uint64_t idle_events_a_step = 10;

  void clear(const Configuration& configuration, std::uint64_t seed) {
    plan_.start(configuration, seed);
    sent_ = {};
    timers_ = {};
    disk_free_ = {};
    luck_given_ = {};
    nodes_learned_ = {};
    is_out_of_time_ = false;
    end_ = End::broken;
    step_count_ = 0;
    timers_set_ = 0;
    idle_events_ = 0;
  }

  /// The same for all that this sender sends of the kind, so that what it says comes in another
  /// order throughout: its Accepts after its rivals' Prepares, as it were.
  [[nodiscard]] bool is_slow_kind(Endpoint from, const typename P::Message& message) const {
    const auto kind = static_cast<std::uint32_t>(message.index() * endpoint_count_max + from.index);
    return Draws(plan_.luck, Stream::slow_kind, kind).chance(plan_.configuration.slow_kinds);
  }

  // The common kinds, without a detour through the backlog.
  bool try_step_directly(const World<P>& world, const Event& event, Step<P>& step) {
    step.at = plan_.now;
    switch (event.kind) {
      case EventKind::deliver:
        return try_deliver(world, event, step);
      case EventKind::drop:
        plan_.template count<faults::Drop>(faults::Drop::drop);
        set_packet_step(step.action.template emplace<DropStep<P>>(), world, event.slot);
        return true;
      case EventKind::duplicate:
        plan_.template count<faults::Duplicate>(faults::Duplicate::duplicate);
        set_packet_step(step.action.template emplace<DuplicateStep<P>>(), world, event.slot);
        return true;
      case EventKind::finish_write:
        return try_finish_write(world, event, step);
      case EventKind::fire:
        return try_fire(world, event, step);
      case EventKind::luck:
        return try_give_luck(world, event, step);
      default:
        return false;
    }
  }

  bool try_deliver(const World<P>& world, const Event& event, Step<P>& step) {
    const Packet<P>& packet = world.in_flight[event.slot];
    if (packet.to.is_node()) {
      const NodeState<P>& receiver = world[packet.to.node()];
      if (receiver.is_paused) {
        plan_.park(packet.to.node(), event);
        return false;
      }
      if (!receiver.is_up) {
        set_packet_step(step.action.template emplace<DropStep<P>>(), world, event.slot);
        return true;
      }
    }
    if (world.is_cut(packet.from, packet.to)) {
      set_packet_step(step.action.template emplace<DropStep<P>>(), world, event.slot);
    } else {
      set_packet_step(step.action.template emplace<DeliverStep<P>>(), world, event.slot);
    }
    return true;
  }

  static void set_packet_step(PacketStep<P>& step, const World<P>& world, Slot slot) {
    step.packet = world.in_flight[slot];
    step.hint = {slot};
  }

  bool try_finish_write(const World<P>& world, const Event& event, Step<P>& step) {
    const NodeId node{event.subject};
    if (world[node].is_paused) {
      plan_.park(node, event);
      return false;
    }
    if (event.number <= world[node].writes_finished) {
      return false;  // lost in a crash
    }
    if (event.number > world[node].writes_finished + 1) {
      // The one before was held up by a pause, and may come as late as a message.
      const Duration soon{1 + plan_.configuration.delay.max.ticks / 1000};
      plan_.queue.push(plan_.now + soon, event);
      return false;
    }
    if (fails(event)) {
      plan_.template count<faults::FailWrite>(faults::FailWrite::fail_write);
      step.action.template emplace<FailWriteStep>().node = node;
    } else {
      step.action.template emplace<FinishWriteStep>().node = node;
    }
    return true;
  }

  /// Once the world is settling, none does.
  [[nodiscard]] bool fails(const Event& write) const {
    if constexpr (is_told_of_writes<P>) {
      const Ratio ratio = plan_.configuration.fail_write;
      return !ratio.is_zero() && !plan_.is_settling() &&
             Draws(plan_.luck, Stream::fail_write, write.subject, write.number).chance(ratio);
    }
    return false;
  }

  bool try_fire(const World<P>& world, const Event& event, Step<P>& step) {
    const NodeId node{event.subject};
    if (timers_[node.index][event.timer].arming != event.number ||
        !world[node].timers[event.timer].is_armed) {
      return false;
    }
    if (world[node].is_paused) {
      plan_.park(node, event);
      return false;
    }
    auto& fire = step.action.template emplace<FireStep<P>>();
    fire.node = node;
    fire.timer = static_cast<typename P::Timer>(event.timer);
    return true;
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
      case EventKind::end_of_chaos:
        return end_chaos(world);
      case EventKind::end_of_progress:
        is_out_of_time_ = true;
        return;
      default:
        return;
    }
  }

  /// A disk keeps the order of its writes.
  void plan_write(const WriteIssued& issued, Duration duration) {
    Time& free = disk_free_[issued.node.index];
    free = std::max(plan_.now + duration, free);
    plan_.queue.push(
        free,
        {.kind = EventKind::finish_write, .subject = issued.node.index, .number = issued.number});
  }

  void plan_timer(const World<P>& world, NodeId node, std::size_t timer) {
    TimerPlan& own = timers_[node.index][timer];
    plan_.queue.push(world[node].clock.when(own.due, world.now),
                     {.kind = EventKind::fire,
                      .subject = node.index,
                      .timer = static_cast<std::uint8_t>(timer),
                      .number = ++own.arming});
  }

  // The ending.

  bool is_over(const World<P>& world) {
    if (plan_.is_settling()) {
      if (is_out_of_time_) {
        end_ = End::unsettled;
        return true;
      }
      const bool is_healed = plan_.configuration.ending == Ending::healed;
      const NodeSet must_learn = is_healed ? world.node_ids() : world.nodes_up();
      if (must_learn.is_empty()) {
        end_ = End::broken;
        return true;
      }
      end_ = End::settled;
      return workload_.is_done() && (!learns<P> || (must_learn - nodes_learned_).is_empty());
    }
    if (!workload_.is_done()) {
      return false;
    }
    if (plan_.configuration.ending != Ending::broken) {
      end_chaos(world);
      return false;
    }
    return plan_.phase == Phase::broken || (world.in_flight.size() == 0 && world.writes.empty());
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
    repair_disks(world);
    workload_.start_settling(plan_, world);
  }

  /// When a decision must have come. Where clocks have jumped back a long way, the timers that were
  /// set before keep their nodes waiting for as long: that is granted, unless the configuration
  /// gives a time of its own.
  [[nodiscard]] Time latest_decision() const {
    const Configuration& configuration = plan_.configuration;
    constexpr std::uint64_t little = 8;  // is an eighth of the time that there is anyway
    const Duration late = nemesis_.template of<faults::Skew>().longest_jump_back(configuration);
    const bool is_granted = configuration.progress.ticks == 0 &&
                            late.ticks > progress_needed(configuration).ticks / little;
    return plan_.now + progress_given(configuration) + (is_granted ? late : Duration{});
  }

  /// What a slow disk was asked to write before stays under way; but where that would take most of
  /// the time that there is, it is written as it would be now.
  void repair_disks(const World<P>& world) {
    constexpr std::uint64_t share = 4;
    const Time latest = plan_.now + Duration{progress_needed(plan_.configuration).ticks / share};
    NodeSet repaired;
    for (const NodeId node : world.node_ids()) {
      if (disk_free_[node.index] > latest) {
        disk_free_[node.index] = plan_.now;
        repaired.insert(node);
      }
    }
    for (const PendingWrite<P>& write : world.writes) {
      if (repaired.contains(write.node)) {
        Draws draws(plan_.luck, Stream::disk, write.node.index, write.number * 2 + 1);
        plan_write({write.node, write.number}, draws.within(plan_.configuration.disk));
      }
    }
  }

  Plan<P> plan_;
  Workload<P, C> workload_;
  Nemesis<P> nemesis_;
  std::array<std::uint32_t, endpoint_count_max * endpoint_count_max> sent_{};  ///< by link
  std::array<std::array<TimerPlan, P::timer_count>, node_count_max> timers_{};
  std::array<Time, node_count_max> disk_free_{};            ///< when the last write in line is done
  std::array<std::uint32_t, node_count_max> luck_given_{};  ///< numbers
  NodeSet nodes_learned_;
  std::uint32_t step_count_ = 0;
  std::uint64_t timers_set_ = 0;
  std::uint64_t idle_events_ = 0;  ///< that became no step
  bool is_out_of_time_ = false;
  End end_ = End::broken;
};

}  // namespace synod
