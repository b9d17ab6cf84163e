// The schedule drawn from a seed: it decides when what is in flight arrives, which timers fire
// when, what the clients ask, and what goes wrong (the nemesis).
//
// It watches the world as an observer, keeps what is to come in a queue, and turns each entry into
// a step when its time has come. It never changes the world itself.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "sim/configuration.h"
#include "sim/event_queue.h"
#include "sim/luck.h"
#include "sim/observation.h"
#include "sim/step.h"
#include "sim/world.h"

namespace synod {

template <Protocol P>
class RandomSchedule {
 public:
  /// How the run stands when `try_next` has returned false.
  enum class End : std::uint8_t {
    decided,      ///< a healed world: every client has its answer and every node has learned
    undecided,    ///< a healed world that did not get there in time
    broken,       ///< a broken world: nothing was demanded of it
    out_of_steps  ///< the limit of steps came first
  };

  /// Before the world is started, because the schedule observes the start too.
  void start(const Configuration& configuration, std::uint64_t seed) {
    configuration_ = configuration;
    luck_ = Luck(seed);
    queue_.clear();
    backlog_.clear();
    backlog_next_ = 0;
    parked_.clear();
    cuts_.clear();
    pauses_ = {};
    sent_ = {};
    timers_ = {};
    client_plans_ = {};
    nodes_learned_ = {};
    nodes_down_ = {};
    disk_free_ = {};
    now_ = {};
    is_chaos_over_ = false;
    is_settling_ = false;
    is_out_of_time_ = false;
    end_ = End::broken;
    step_count_ = 0;
    values_drawn_ = 0;
    nemesis_draws_ = {};
    clients_busy_ = configuration.client_count;
    for (std::uint8_t i = 0; i < configuration.client_count; ++i) {
      plan_next_operation({i}, {0});
    }
    plan(EventKind::crash, configuration.crash_interval, {0});
    plan(EventKind::cut, configuration.cut_interval, {0});
    plan(EventKind::pause, configuration.pause_interval, {0});
    plan(EventKind::skew, configuration.skew_interval, {0});
    queue_.push(Time{} + configuration.chaos, {.kind = EventKind::end_of_chaos});
  }

  /// Picks the next step. Returns false when the run is over.
  bool try_next(const World<P>& world, Step<P>& step) {
    if (++step_count_ > configuration_.steps_max) {
      end_ = End::out_of_steps;
      return false;
    }
    while (backlog_next_ == backlog_.size()) {
      backlog_.clear();
      backlog_next_ = 0;
      if (is_over(world) || queue_.is_empty()) {
        return false;
      }
      if (!backlog_.empty()) {
        break;  // chaos has just ended
      }
      const Event event = queue_.pop(now_);
      if (try_step_directly(world, event, step)) {
        return true;
      }
      act(world, event);
    }
    step.at = now_;
    step.action = backlog_[backlog_next_++];
    return true;
  }

  [[nodiscard]] End end() const { return end_; }
  /// What is to come. For measuring.
  [[nodiscard]] const auto& queue() const { return queue_; }
  /// A value that no client has asked for in this run.
  [[nodiscard]] Value next_value() const { return {values_drawn_ + 1}; }
  /// Counted over all runs since the object was made.
  [[nodiscard]] const FaultCounts& fault_counts() const { return fault_counts_; }

  // What the schedule must know of the world's doings.

  void on(const World<P>& world, const Sent<P>& sent) {
    const Packet<P>& packet = sent.packet;
    if (packet.from == packet.to) {  // a node talks to itself at once, and is never misheard
      queue_.push(world.now, {.kind = EventKind::deliver, .slot = sent.slot});
      return;
    }
    const auto link =
        static_cast<std::uint32_t>(packet.from.index * endpoint_count_max + packet.to.index);
    const std::uint32_t index = sent_[link]++;
    const bool may_be_faulty = !is_settling_;
    const bool is_message = std::holds_alternative<typename P::Message>(packet.payload);
    Draws delay(luck_, Stream::delay, link, index * 2);
    DurationRange range = configuration_.delay;
    if (may_be_faulty) {
      if (!configuration_.drop.is_zero() &&
          Draws(luck_, Stream::drop, link, index).chance(configuration_.drop)) {
        queue_.push(world.now, {.kind = EventKind::drop, .slot = sent.slot});
        return;
      }
      if (is_message && !configuration_.duplicate.is_zero() &&
          Draws(luck_, Stream::duplicate, link, index).chance(configuration_.duplicate)) {
        queue_.push(world.now, {.kind = EventKind::duplicate, .slot = sent.slot});
      }
      if (!configuration_.tail.is_zero() &&
          Draws(luck_, Stream::delay, link, index * 2 + 1).chance(configuration_.tail)) {
        range = configuration_.tail_delay;
        count(Fault::delay);
      }
      if (!configuration_.slow_links.is_zero() &&
          Draws(luck_, Stream::slow_link, link).chance(configuration_.slow_links)) {
        range = configuration_.tail_delay;
        count(Fault::slow_link);
      }
    }
    queue_.push(world.now + delay.within(range), {.kind = EventKind::deliver, .slot = sent.slot});
  }

  void on(const World<P>& world, const WriteIssued& issued) {
    Draws draws(luck_, Stream::disk, issued.node.index, issued.number * 2);
    DurationRange range = configuration_.disk;
    if (!is_settling_ && !configuration_.slow_write.is_zero() &&
        draws.chance(configuration_.slow_write)) {
      range = configuration_.slow_disk;
      count(Fault::slow_write);
    }
    Time& free = disk_free_[issued.node.index];  // a disk keeps the order of its writes
    free = std::max(world.now + draws.within(range), free);
    queue_.push(
        free,
        {.kind = EventKind::finish_write, .subject = issued.node.index, .number = issued.number});
  }

  void on(const World<P>& world, const TimerSet<P>& set) {
    TimerPlan& plan = timers_[set.node.index][static_cast<std::size_t>(set.timer)];
    const ArmedTimer& armed = world[set.node].timers[static_cast<std::size_t>(set.timer)];
    const std::uint32_t entity = set.node.index * static_cast<std::uint32_t>(P::timer_count) +
                                 static_cast<std::uint32_t>(set.timer);
    const auto width = static_cast<std::uint64_t>(armed.latest.ticks - armed.earliest.ticks);
    Draws draws(luck_, Stream::timer, entity, plan.draws++);
    plan.due = {armed.earliest.ticks +
                static_cast<std::int64_t>(draws.within({{0}, {width}}).ticks)};
    plan_timer(world, set.node, static_cast<std::size_t>(set.timer));
  }

  void on(const World<P>& world, const Skewed& skewed) {
    for (std::size_t timer = 0; timer < P::timer_count; ++timer) {
      if (world[skewed.node].timers[timer].is_armed) {
        plan_timer(world, skewed.node, timer);
      }
    }
  }

  void on(const World<P>& /*world*/, const Learned& learned) {
    nodes_learned_.insert(learned.node);
  }

  void on(const World<P>& world, const Crashed& crashed) {
    nodes_learned_.erase(crashed.node);
    nodes_down_.insert(crashed.node);
    disk_free_[crashed.node.index] = {};
    ++pauses_[crashed.node.index];
    unpark(crashed.node, world.now);
    count(Fault::crash);
    count_if(crashed.is_mid_effects, Fault::crash_mid_effects);
    count_if(crashed.writes_lost > 0, Fault::lose_write);
    count_if(crashed.writes_kept > 0, Fault::keep_write);
    if (!is_settling_) {
      Draws draws = nemesis(Stream::crash);
      queue_.push(world.now + draws.within(configuration_.crash_duration),
                  {.kind = EventKind::restart, .subject = crashed.node.index});
      keep(Stream::crash, draws);
    }
  }

  void on(const World<P>& /*world*/, const Restarted& restarted) {
    nodes_down_.erase(restarted.node);
  }

  void on(const World<P>& world, const Returned& returned) {
    const ClientId client = returned.request.id.client;
    ClientPlan& plan = client_plans_[client.index];
    ++plan.timeout;  // whatever it was waiting for is settled
    if (is_settling_) {
      if (returned.answer.outcome != Outcome::chosen) {
        queue_.push(world.now, {.kind = EventKind::next_operation, .subject = client.index});
      } else if (!plan.has_decision) {
        plan.has_decision = true;
        --clients_busy_;
      }
    } else if (!is_chaos_over_) {
      plan_next_operation(client, world.now);
    }
  }

 private:
  enum class EventKind : std::uint8_t {
    deliver,
    drop,
    duplicate,
    finish_write,
    fire,
    next_operation,
    client_timeout,
    crash,
    restart,
    cut,
    heal,
    pause,
    resume,
    skew,
    end_of_chaos,
    end_of_progress,
  };
  struct Event {
    EventKind kind{};
    std::uint8_t subject = 0;  ///< a node, a client
    std::uint8_t timer = 0;
    std::uint16_t slot = 0;
    std::uint32_t number = 0;  ///< of a write, a timer's arming, a client's wait, a cut
  };
  struct TimerPlan {
    LocalTime due;
    std::uint32_t arming = 0;  ///< an event of an earlier arming is void
    std::uint32_t draws = 0;
  };
  struct ClientPlan {
    std::uint32_t draws = 0;
    std::uint32_t operations = 0;
    std::uint32_t timeout = 0;  ///< an event of an earlier wait is void
    std::uint32_t contact = 0;  ///< the latest, of those that clients ask
    bool has_decision = false;  ///< since the world was healed
  };
  using Slot = typename InFlight<P>::Slot;

  void count(Fault fault) { ++fault_counts_[static_cast<std::size_t>(fault)]; }
  void count_if(bool happened, Fault fault) {
    fault_counts_[static_cast<std::size_t>(fault)] += happened ? 1U : 0U;
  }

  // The common kinds, without a detour through the backlog.
  bool try_step_directly(const World<P>& world, const Event& event, Step<P>& step) {
    step.at = now_;
    switch (event.kind) {
      case EventKind::deliver: {
        const Packet<P>& packet = world.in_flight[event.slot];
        if (packet.to.is_node()) {
          const NodeState<P>& receiver = world[packet.to.node()];
          if (receiver.is_paused) {
            parked_.push_back({packet.to.node(), event});
            return false;
          }
          if (!receiver.is_up) {
            set_packet_step(step.action.template emplace<DropStep<P>>(), packet, event.slot);
            return true;
          }
        }
        if (world.is_cut(packet.from, packet.to)) {
          set_packet_step(step.action.template emplace<DropStep<P>>(), packet, event.slot);
        } else {
          set_packet_step(step.action.template emplace<DeliverStep<P>>(), packet, event.slot);
        }
        return true;
      }
      case EventKind::drop:
        count(Fault::drop);
        set_packet_step(step.action.template emplace<DropStep<P>>(), world.in_flight[event.slot],
                        event.slot);
        return true;
      case EventKind::duplicate:
        count(Fault::duplicate);
        set_packet_step(step.action.template emplace<DuplicateStep<P>>(),
                        world.in_flight[event.slot], event.slot);
        return true;
      case EventKind::finish_write: {
        const NodeId node{event.subject};
        if (world[node].is_paused) {
          parked_.push_back({node, event});
          return false;
        }
        if (event.number <= world[node].writes_finished) {
          return false;  // lost in a crash
        }
        if (event.number > world[node].writes_finished + 1) {
          queue_.push(now_ + Duration{1}, event);  // the one before it was held up by a pause
          return false;
        }
        step.action.template emplace<FinishWriteStep>().node = node;
        return true;
      }
      case EventKind::fire: {
        const NodeId node{event.subject};
        if (timers_[node.index][event.timer].arming != event.number ||
            !world[node].timers[event.timer].is_armed) {
          return false;
        }
        if (world[node].is_paused) {
          parked_.push_back({node, event});
          return false;
        }
        auto& fire = step.action.template emplace<FireStep<P>>();
        fire.node = node;
        fire.timer = static_cast<typename P::Timer>(event.timer);
        return true;
      }
      default:
        return false;
    }
  }

  static void set_packet_step(PacketStep<P>& step, const Packet<P>& packet, Slot slot) {
    step.packet = packet;
    step.hint = {slot};
  }

  void act(const World<P>& world, const Event& event) {
    switch (event.kind) {
      case EventKind::next_operation:
        return ask(world, {event.subject});
      case EventKind::client_timeout:
        return on_client_timeout(world, {event.subject}, event.number);
      case EventKind::crash:
        return draw_crash(world);
      case EventKind::restart:
        if (!world[NodeId{event.subject}].is_up) {
          add(RestartStep{{NodeId{event.subject}}});
        }
        return;
      case EventKind::cut:
        return draw_cut(world);
      case EventKind::heal:
        return heal(world, event.number);
      case EventKind::pause:
        return draw_pause(world);
      case EventKind::resume:
        if (event.number == pauses_[event.subject]) {  // else a crash has ended that pause
          resume(world, {event.subject});
        }
        return;
      case EventKind::skew:
        return draw_skew();
      case EventKind::end_of_chaos:
        return end_chaos(world);
      case EventKind::end_of_progress:
        is_out_of_time_ = true;
        return;
      default:
        return;
    }
  }

  bool is_over(const World<P>& world) {
    if (is_settling_) {
      if (is_out_of_time_) {
        end_ = End::undecided;
        return true;
      }
      end_ = End::decided;
      return clients_busy_ == 0 && nodes_learned_ == world.node_ids();
    }
    if (clients_busy_ > 0) {
      return false;
    }
    if (configuration_.ending == Ending::healed) {
      end_chaos(world);
      return false;
    }
    return is_chaos_over_ || (world.in_flight.size() == 0 && world.writes.empty());
  }

  // Planning.

  void plan(EventKind kind, DurationRange interval, Time now) {
    if (interval.max.ticks == 0 || is_settling_) {
      return;
    }
    const Stream stream = stream_of(kind);
    Draws draws = nemesis(stream);
    queue_.push(now + draws.within(interval), {.kind = kind});
    keep(stream, draws);
  }

  static Stream stream_of(EventKind kind) {
    switch (kind) {
      case EventKind::crash:
        return Stream::crash;
      case EventKind::cut:
        return Stream::cut;
      case EventKind::pause:
        return Stream::pause;
      default:
        return Stream::skew;
    }
  }

  /// The draws of one kind of trouble, from where the last one stopped; `keep` says where that is.
  Draws nemesis(Stream stream) const {
    return Draws(luck_, stream, 0, nemesis_draws_[static_cast<std::size_t>(stream)]);
  }
  void keep(Stream stream, const Draws& draws) {
    nemesis_draws_[static_cast<std::size_t>(stream)] = draws.index();
  }

  void plan_timer(const World<P>& world, NodeId node, std::size_t timer) {
    TimerPlan& plan = timers_[node.index][timer];
    queue_.push(world[node].clock.when(plan.due, world.now),
                {.kind = EventKind::fire,
                 .subject = node.index,
                 .timer = static_cast<std::uint8_t>(timer),
                 .number = ++plan.arming});
  }

  void plan_next_operation(ClientId client, Time now) {
    ClientPlan& plan = client_plans_[client.index];
    if (plan.operations >= configuration_.operations) {
      --clients_busy_;
      return;
    }
    ++plan.operations;
    Draws draws(luck_, Stream::client, client.index, plan.draws);
    queue_.push(now + draws.within(configuration_.think),
                {.kind = EventKind::next_operation, .subject = client.index});
    plan.draws = draws.index();
  }

  template <class A>
  void add(const A& action) {
    backlog_.push_back(action);
  }

  // Clients.

  void ask(const World<P>& world, ClientId client) {
    if (world[client].is_waiting) {
      return;
    }
    ClientPlan& plan = client_plans_[client.index];
    Draws draws(luck_, Stream::client, client.index, plan.draws);
    const RequestId id{client, static_cast<std::uint16_t>(world[client].request.id.number + 1)};
    Request request{id, Operation::write, {}};
    const bool is_read = draws.chance(configuration_.reads);
    const bool is_quorum_read = draws.chance(configuration_.quorum_reads);
    if (!is_settling_ && is_read) {
      request.operation = Operation::read;
    } else if (!is_settling_ && is_quorum_read) {
      request.operation = Operation::quorum_read;
    } else {
      request.value = {++values_drawn_};  // every write its own, so that an answer has one cause
    }
    plan.contact = draws.below(contact_count());
    add(AskStep{contact(plan.contact), request});
    plan_timeout(client, plan, draws);
    plan.draws = draws.index();
  }

  /// The nodes that clients ask: some in a row, from a drawn one on.
  [[nodiscard]] std::uint32_t contact_count() const {
    return std::min(configuration_.contacts, configuration_.node_count);
  }
  [[nodiscard]] NodeId contact(std::uint32_t index) const {
    constexpr std::uint32_t all_clients = client_count_max;
    const std::uint32_t first =
        Draws(luck_, Stream::client, all_clients).below(configuration_.node_count);
    return {static_cast<std::uint8_t>((first + index) % configuration_.node_count)};
  }

  void plan_timeout(ClientId client, ClientPlan& plan, Draws& draws) {
    queue_.push(
        now_ + draws.within(configuration_.client_timeout),
        {.kind = EventKind::client_timeout, .subject = client.index, .number = ++plan.timeout});
  }

  void on_client_timeout(const World<P>& world, ClientId client, std::uint32_t timeout) {
    ClientPlan& plan = client_plans_[client.index];
    const ClientState& state = world[client];
    if (plan.timeout != timeout || !state.is_waiting) {
      return;
    }
    if (state.attempts >= configuration_.attempts_max) {
      add(AbandonStep{client});
      return;
    }
    Draws draws(luck_, Stream::client, client.index, plan.draws);
    if (contact_count() > 1) {  // elsewhere
      plan.contact = (plan.contact + 1 + draws.below(contact_count() - 1)) % contact_count();
    }
    add(AskStep{contact(plan.contact), state.request});
    plan_timeout(client, plan, draws);
    plan.draws = draws.index();
  }

  // The nemesis.

  static NodeId draw_node(Draws& draws, NodeSet nodes) {
    std::uint32_t skip = draws.below(static_cast<std::uint32_t>(nodes.size()));
    auto node = nodes.begin();
    for (; skip > 0; --skip) {
      ++node;
    }
    return *node;
  }

  void draw_crash(const World<P>& world) {
    if (is_settling_) {
      return;
    }
    plan(EventKind::crash, configuration_.crash_interval, now_);
    Draws draws = nemesis(Stream::crash);
    const bool is_mid_effects = draws.chance(configuration_.crash_mid_effects);
    const bool keeps_writes = draws.chance(configuration_.crash_keeps_writes);
    CrashStep crash;
    crash.after_effects = static_cast<std::uint8_t>(is_mid_effects ? 1 + draws.below(8) : 0);
    crash.writes_kept = static_cast<std::uint8_t>(keeps_writes ? 1 + draws.below(3) : 0);
    NodeSet down = nodes_down_;
    for (const NodeId node : world.node_ids()) {
      if (world[node].crash_countdown >= 0) {
        down.insert(node);  // as good as down
      }
    }
    const NodeSet up = world.node_ids() - down;
    if (!up.is_empty() && down.size() < configuration_.crashed_max) {
      crash.node = draw_node(draws, up);
      add(crash);
    }
    keep(Stream::crash, draws);
  }

  void draw_pause(const World<P>& world) {
    if (is_settling_) {
      return;
    }
    plan(EventKind::pause, configuration_.pause_interval, now_);
    Draws draws = nemesis(Stream::pause);
    const NodeId node = draw_node(draws, world.node_ids());
    const Duration duration = draws.within(configuration_.pause_duration);
    keep(Stream::pause, draws);
    if (world[node].is_up && !world[node].is_paused) {
      count(Fault::pause);
      add(PauseStep{{node}});
      queue_.push(
          now_ + duration,
          {.kind = EventKind::resume, .subject = node.index, .number = ++pauses_[node.index]});
    }
  }

  void resume(const World<P>& world, NodeId node) {
    if (world[node].is_paused) {
      add(ResumeStep{{node}});
    }
    unpark(node, now_);
  }

  /// What piled up arrives now, in its old order.
  void unpark(NodeId node, Time now) {
    std::size_t kept = 0;
    for (const Parked& parked : parked_) {
      if (parked.node == node) {
        queue_.push(now, parked.event);
      } else {
        parked_[kept++] = parked;
      }
    }
    parked_.resize(kept);
  }

  void draw_skew() {
    if (is_settling_) {
      return;
    }
    plan(EventKind::skew, configuration_.skew_interval, now_);
    Draws draws = nemesis(Stream::skew);
    SkewStep skew;
    skew.node = draw_node(draws, NodeSet::first(configuration_.node_count));
    skew.rate = configuration_.skew_rate_min +
                draws.below(configuration_.skew_rate_max - configuration_.skew_rate_min + 1);
    skew.jump_ticks = static_cast<std::int32_t>(draws.below(2 * configuration_.skew_jump_max + 1)) -
                      static_cast<std::int32_t>(configuration_.skew_jump_max);
    keep(Stream::skew, draws);
    count(Fault::skew);
    add(skew);
  }

  void draw_cut(const World<P>& world) {
    if (is_settling_) {
      return;
    }
    plan(EventKind::cut, configuration_.cut_interval, now_);
    Draws draws = nemesis(Stream::cut);
    const std::uint32_t first = draws.below(static_cast<std::uint32_t>(cut_shape_names.size()));
    const Duration duration = draws.within(configuration_.cut_duration);
    const bool is_forever = draws.chance(configuration_.cut_forever);
    for (std::uint32_t i = 0; i < cut_shape_names.size(); ++i) {
      const auto shape = static_cast<CutShape>((first + i) % cut_shape_names.size());
      const auto fault = static_cast<Fault>(static_cast<std::uint32_t>(Fault::cut_two_way) +
                                            static_cast<std::uint32_t>(shape));
      if (is_enabled(configuration_, fault)) {
        const std::size_t cuts_before = cuts_.size();
        cut(world, shape, draws);
        const bool is_new = cuts_.size() > cuts_before;
        count_if(is_new, fault);
        count_if(is_new && is_forever, Fault::cut_forever);
        for (std::size_t n = cuts_before; n < cuts_.size() && !is_forever; ++n) {
          queue_.push(now_ + duration,
                      {.kind = EventKind::heal, .number = static_cast<std::uint32_t>(n)});
        }
        break;
      }
    }
    keep(Stream::cut, draws);
  }

  void cut(const World<P>& world, CutShape shape, Draws& draws) {
    const NodeSet all = world.node_ids();
    switch (shape) {
      case CutShape::two_way:
      case CutShape::one_way: {
        const NodeId a = draw_node(draws, all);
        const NodeId b = draw_node(draws, all - NodeSet::only(a));
        cut_links(world, NodeSet::only(a), NodeSet::only(b), shape == CutShape::two_way);
        return;
      }
      case CutShape::alone: {
        const NodeSet one = NodeSet::only(draw_node(draws, all));
        cut_links(world, one, all - one, true);
        return;
      }
      case CutShape::halves: {
        NodeSet side;
        const std::uint32_t size = 1 + draws.below(world.node_count - 1U);
        while (side.size() < size) {
          side.insert(draw_node(draws, all - side));
        }
        cut_links(world, side, all - side, true);
        return;
      }
      case CutShape::ring:
        for (const NodeId node : all) {
          const auto neighbour = [&](std::uint32_t away) {
            return NodeSet::only({static_cast<std::uint8_t>((node.index + away) % all.size())});
          };
          cut_links(world, NodeSet::only(node),
                    all - NodeSet::only(node) - neighbour(1) -
                        neighbour(static_cast<std::uint32_t>(all.size()) - 1),
                    false);
        }
        return;
    }
  }

  void cut_links(const World<P>& world, NodeSet from, NodeSet to, bool is_two_way) {
    const auto one_way = [&](NodeSet a, NodeSet b) {
      const LinkStep links{EndpointSet::of(a), EndpointSet::of(b)};
      if (world.count_cut(links) < links.count()) {
        cuts_.push_back(links);
        add(CutStep{links});
      }
    };
    one_way(from, to);
    if (is_two_way) {
      one_way(to, from);
    }
  }

  void heal(const World<P>& world, std::uint32_t cut_index) {
    if (world.count_cut(cuts_[cut_index]) > 0) {
      add(HealStep{cuts_[cut_index]});
    }
  }

  // The ending.

  void end_chaos(const World<P>& world) {
    if (is_settling_ || is_chaos_over_) {
      return;
    }
    is_chaos_over_ = true;
    if (configuration_.ending == Ending::broken) {
      clients_busy_ = 0;  // nobody waits for them any more
      return;
    }
    is_settling_ = true;
    clients_busy_ = world.client_count;  // each must learn the decision once more
    queue_.push(now_ + configuration_.progress, {.kind = EventKind::end_of_progress});
    const LinkStep all_links{EndpointSet::all(), EndpointSet::all()};
    if (world.count_cut(all_links) > 0) {
      add(HealStep{all_links});
    }
    for (const NodeId node : world.node_ids()) {
      if (world[node].is_paused) {
        resume(world, node);
      }
      const bool is_about_to_crash = world[node].crash_countdown >= 0;
      if (is_about_to_crash) {
        add(CrashStep{node, 0, world[node].crash_writes_kept});
      }
      if (!world[node].is_up || is_about_to_crash) {
        add(RestartStep{{node}});
      }
    }
    for (std::uint8_t i = 0; i < world.client_count; ++i) {
      queue_.push(now_, {.kind = EventKind::next_operation, .subject = i});
    }
  }

  struct Parked {
    NodeId node;
    Event event;
  };

  Configuration configuration_;
  Luck luck_;
  EventQueue<Event> queue_;
  Time now_;
  std::vector<Action<P>> backlog_;  ///< steps that are due now, from backlog_next_ on
  std::size_t backlog_next_ = 0;
  std::vector<Parked> parked_;                          ///< for paused nodes
  std::vector<LinkStep> cuts_;                          ///< all that were made, by their number
  std::array<std::uint32_t, node_count_max> pauses_{};  ///< an event of an earlier pause is void
  std::array<std::uint32_t, endpoint_count_max * endpoint_count_max> sent_{};  ///< by link
  std::array<std::array<TimerPlan, P::timer_count>, node_count_max> timers_{};
  std::array<ClientPlan, client_count_max> client_plans_{};
  std::array<std::uint32_t, static_cast<std::size_t>(Stream::count)> nemesis_draws_{};
  std::array<Time, node_count_max> disk_free_{};  ///< when the last write in line is done
  NodeSet nodes_learned_;
  NodeSet nodes_down_;
  std::uint32_t clients_busy_ = 0;  ///< with operations, and once healed with the last one
  std::uint32_t step_count_ = 0;
  std::uint32_t values_drawn_ = 0;
  bool is_chaos_over_ = false;
  bool is_settling_ = false;
  bool is_out_of_time_ = false;
  End end_ = End::broken;
  FaultCounts fault_counts_{};
};

}  // namespace synod
