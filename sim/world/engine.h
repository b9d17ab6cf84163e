// The engine: `apply(world, step)` is the only thing that changes a world.
//
// It knows no protocol and draws no luck. Who picks the next step (a seed, a file, a search) is a
// schedule's business.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "core/effects.h"
#include "sim/limits.h"
#include "sim/protocol.h"
#include "sim/world/observation.h"
#include "sim/world/step.h"
#include "sim/world/world.h"

namespace synod {

template <Protocol P, class Observer>
class Engine {
 public:
  using Output = EffectsOf<P>;

  /// Both must outlive the engine.
  Engine(const typename P::Config& config, Observer& observer)
      : Engine(config, observer, own_effects_) {}
  /// With memory for the effects of handlers that is there already, and outlives the engine, too.
  Engine(const typename P::Config& config, Observer& observer, Output& memory)
      : config_(config), observer_(observer), effects_(memory) {
    effects_.keep_log(reads_log<World<P>>(observer));
  }
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  /// Nodes read 0 from their clocks from now on: for who knows no time.
  void stop_clocks() { has_time_ = false; }

  /// Empties `world` and starts every node on a blank disk. Steps that ask for what a disk held
  /// before apply only where that is kept.
  void start(World<P>& world, std::size_t node_count, std::size_t client_count,
             bool keeps_older_disks = false) {
    world.clear();
    world.older_disks.resize(keeps_older_disks ? node_count : 0);
    world.node_count = static_cast<std::uint8_t>(node_count);
    world.client_count = static_cast<std::uint8_t>(client_count);
    for (const NodeId node : world.node_ids()) {
      start_node(world, node);
    }
  }

  /// Returns false, and changes nothing, when the step does not apply to this world: what it names
  /// is not there, or cannot act now.
  ///
  /// Where a number comes to its bound (sim/limits.h), `LimitMet` is told: the run is over then.
  bool apply(World<P>& world, const Step<P>& step) {
    if (step.at.ticks > time_ticks_max) [[unlikely]] {
      meet(world, limits::time);
      return false;
    }
    const Time before = world.now;
    world.now = std::max(world.now, step.at);
    const auto* delivery = std::get_if<DeliverStep<P>>(&step.action);  // as most steps are
    const bool is_applied =
        delivery != nullptr
            ? try_do(world, *delivery)
            : std::visit([&](const auto& action) { return try_do(world, action); }, step.action);
    if (is_applied) {
      observer_.on(world, Applied<P>{step});
    } else {
      world.now = before;
    }
    return is_applied;
  }

 private:
  using Slot = typename InFlight<P>::Slot;
  /// Else a log line costs its node a question.
  static constexpr bool may_read_log = hears<Observer, World<P>, Logged>;

  /// By which the step of a fault tells what it has done.
  struct Hand {
    Engine& engine;
    const World<P>& world;
    template <class Event>
    void tell(const Event& event) {
      engine.observer_.on(world, event);
    }
    void meet(std::string_view limit) { engine.meet(world, limit); }
  };

  static bool is_node(const World<P>& world, NodeId node) { return node.index < world.node_count; }
  static bool is_client(const World<P>& world, ClientId client) {
    return client.index < world.client_count;
  }
  /// Up, and not paused.
  static bool is_running(const World<P>& world, NodeId node) {
    return is_node(world, node) && world[node].is_up && !world[node].is_paused;
  }

  bool try_do(World<P>& world, const AskStep<RequestFor<P>>& step) {
    const RequestId id = step.request.id;
    if (!is_client(world, id.client) || !is_node(world, step.to)) {
      return false;
    }
    ClientState<P>& client = world[id.client];
    const bool is_retry = client.is_waiting && client.request == step.request;
    const bool is_new = !client.is_waiting && id.number > client.request.id.number;
    if (!is_retry && !is_new) {
      return false;
    }
    if constexpr (requires { P::may_ask(step.request.operation); }) {
      if (!P::may_ask(step.request.operation)) {
        meet(world, limits::values);
        return false;
      }
    }
    if (is_new) {
      client = {.request = step.request, .is_waiting = true};
      observer_.on(world, Called<P>{step.request});
      if (id.number == UINT16_MAX) {
        meet(world, limits::requests);
      }
    }
    if (++client.attempts == UINT16_MAX) {
      meet(world, limits::attempts);
    }
    put_in_flight(world, Endpoint::of(id.client), Endpoint::of(step.to), step.request);
    return true;
  }

  bool try_do(World<P>& world, const AbandonStep& step) {
    if (!is_client(world, step.client) || !world[step.client].is_waiting) {
      return false;
    }
    return_to_client(world, step.client, Standing::unknown);
    return true;
  }

  bool try_do(World<P>& world, const DeliverStep<P>& step) {
    Slot slot = 0;
    const Endpoint to = step.packet.to;
    const bool can_arrive = !to.is_node() || is_running(world, to.node());
    if (!can_arrive || world.is_cut(step.packet.from, to) || !try_find(world, step, slot)) {
      return false;
    }
    world.in_flight.erase(slot);
    observer_.on(world, Delivered<P>{slot, step.packet});
    if (!to.is_node()) {
      if (const auto* answer = std::get_if<AnswerFor<P>>(&step.packet.payload)) {
        on_answer(world, to.client(), *answer);
      }
      return true;
    }
    const NodeId node = to.node();
    begin_handler(world, node);
    if (const auto* message = std::get_if<typename P::Message>(&step.packet.payload)) {
      world[node].node.on(config_, step.packet.from.node(), *message, effects_);
    } else if (const auto* request = std::get_if<RequestFor<P>>(&step.packet.payload)) {
      world[node].node.on(config_, *request, effects_);
    }
    carry_out_effects(world, node);
    return true;
  }

  bool try_do(World<P>& world, const DropStep<P>& step) {
    Slot slot = 0;
    if (!try_find(world, step, slot)) {
      return false;
    }
    world.in_flight.erase(slot);
    return true;
  }

  bool try_do(World<P>& world, const DuplicateStep<P>& step) {
    Slot slot = 0;
    // A client talks to a node over a session: what they say is lost or late, never doubled.
    const bool is_message = std::holds_alternative<typename P::Message>(step.packet.payload);
    if (!is_message || !try_find(world, step, slot)) {
      return false;
    }
    if (has_room(world)) {
      tell_sent(world, world.in_flight.insert(step.packet), true);
    }
    return true;
  }

  bool try_do(World<P>& world, const FireStep<P>& step) {
    const auto index = static_cast<std::size_t>(step.timer);
    if (!is_running(world, step.node) || !world[step.node].timers[index].is_armed) {
      return false;
    }
    world[step.node].timers[index] = {};
    observer_.on(world, TimerFired<P>{step.node, step.timer});
    begin_handler(world, step.node);
    world[step.node].node.on(config_, step.timer, effects_);
    carry_out_effects(world, step.node);
    return true;
  }

  bool try_do(World<P>& world, const FinishWriteStep& step) {
    if (!is_running(world, step.node)) {
      return false;
    }
    const auto write = std::find_if(world.writes.begin(), world.writes.end(),
                                    [&](const auto& w) { return w.node == step.node; });
    if (write == world.writes.end()) {
      return false;
    }
    const WriteOf<P> state = std::move(write->state);
    world[step.node].writes_finished = write->number;
    world.writes.erase(write);
    store(world, step.node, state);
    release_held(world, step.node);
    tell_of_write(world, step.node, {});
    return true;
  }

  bool try_do(World<P>& world, const FailWriteStep& step) {
    if constexpr (is_told_of_writes<P>) {
      if (!is_running(world, step.node)) {
        return false;
      }
      typename P::Durable missed = world[step.node].disk;
      const auto count =
          static_cast<std::uint32_t>(std::erase_if(world.writes, [&](const PendingWrite<P>& write) {
            if (write.node == step.node) {
              store_write<P>(missed, write.state);
            }
            return write.node == step.node;
          }));
      if (count == 0) {
        return false;
      }
      world[step.node].writes_finished = world[step.node].writes_issued;
      forget_held(world, step.node);
      observer_.on(world, WritesFailed<P>{step.node, count, world[step.node].disk, missed});
      for (std::uint32_t i = 0; i < count; ++i) {
        tell_of_write(world, step.node, {.has_failed = true});
      }
      return true;
    }
    return false;
  }

  bool try_do(World<P>& world, const LuckStep& step) {
    if constexpr (asks_for_luck<P>) {
      if (!is_running(world, step.node) || step.number >= world[step.node].luck_below) {
        return false;
      }
      world[step.node].luck_below = 0;
      observer_.on(world, LuckGiven{step.node, step.number});
      begin_handler(world, step.node);
      world[step.node].node.on(config_, Drawn{step.number}, effects_);
      carry_out_effects(world, step.node);
      return true;
    }
    return false;
  }

  bool try_do(World<P>& world, const CrashStep& step) {
    if (!is_node(world, step.node) || !world[step.node].is_up) {
      return false;
    }
    static_assert(std::numeric_limits<decltype(step.after_effects)>::max() <=
                  std::numeric_limits<decltype(NodeState<P>::crash_countdown)>::max());
    world[step.node].crash_writes_kept = step.writes_kept;
    if (step.after_effects == 0) {
      crash(world, step.node, false);
    } else {
      world[step.node].crash_countdown = step.after_effects;
    }
    return true;
  }

  bool try_do(World<P>& world, const RestartStep& step) {
    if (!is_node(world, step.node) || world[step.node].is_up) {
      return false;
    }
    start_node(world, step.node);
    observer_.on(world, Restarted{step.node});
    return true;
  }

  /// What a fault does by itself is in its file (sim/faults/faults.h).
  template <class OfFault>
    requires requires(const OfFault& step, World<P>& world, Hand& hand) {
      step.try_apply(world, hand);
    }
  bool try_do(World<P>& world, const OfFault& step) {
    Hand hand{*this, world};
    return step.try_apply(world, hand);
  }
  static bool try_find(const World<P>& world, const PacketStep<P>& step, Slot& slot) {
    return world.in_flight.try_find(step.packet, step.hint.slot, slot);
  }

  template <class Content>
  void put_in_flight(World<P>& world, Endpoint from, Endpoint to, const Content& content) {
    if (has_room(world)) {
      tell_sent(world, world.in_flight.insert(from, to, content), false);
    }
  }
  /// For one packet more in flight.
  bool has_room(const World<P>& world) {
    if (world.in_flight.size() < in_flight_max) [[likely]] {
      return true;
    }
    meet(world, limits::in_flight);
    return false;
  }
  [[gnu::noinline]] void meet(const World<P>& world, std::string_view limit) {
    observer_.on(world, LimitMet{limit});
  }
  void tell_sent(const World<P>& world, Slot slot, bool is_duplicate) {
    observer_.on(world, Sent<P>{slot, world.in_flight[slot], is_duplicate});
  }

  void begin_handler(const World<P>& world, NodeId node) {
    effects_.clear();
    effects_.set_now(has_time_ ? world[node].clock.read(world.now).ticks : 0);
  }

  void start_node(World<P>& world, NodeId node) {
    NodeState<P>& state = world[node];
    state.is_up = true;
    begin_handler(world, node);
    state.node.start(config_, node, state.disk, effects_);
    carry_out_effects(world, node);
  }

  void store(World<P>& world, NodeId node, const WriteOf<P>& write) {
    typename P::Durable before = world[node].disk;
    store_write<P>(world[node].disk, write);
    observer_.on(world, Stored<P>{node, before, world[node].disk});
    if (!world.older_disks.empty() && !(before == world[node].disk)) [[unlikely]] {
      world.older_disks[node.index] = std::move(before);
    }
  }
  /// Where nodes take such an input, and this one has not crashed meanwhile.
  void tell_of_write(World<P>& world, NodeId node, WriteDone done) {
    if constexpr (is_told_of_writes<P>) {
      if (world[node].is_up) {
        begin_handler(world, node);
        world[node].node.on(config_, done, effects_);
        carry_out_effects(world, node);
      }
    }
  }

  /// Returns false when the node crashes instead of doing its next effect.
  bool may_do_next_effect(World<P>& world, NodeId node) {
    NodeState<P>& state = world[node];
    if (state.crash_countdown < 0) [[likely]] {
      return true;
    }
    if (state.crash_countdown == 0) {
      crash(world, node, true);
      return false;
    }
    --state.crash_countdown;
    return true;
  }

  /// Does it go only when all writes before it are durable?
  template <class Effect>
  static bool waits_for_disk(const Effect& effect) {
    if constexpr (requires { effect.once_durable; }) {
      return effect.once_durable;
    } else {
      return std::same_as<Effect, typename Output::SendOnceDurable>;
    }
  }

  void carry_out_effects(World<P>& world, NodeId node) {
    if constexpr (may_read_log) {
      for (const std::string& line : effects_.log_lines()) {
        observer_.on(world, Logged{node, line});
      }
    }
    const auto try_carry_out = [&](const auto& effect) {
      const bool is_held =
          waits_for_disk(effect) && world[node].writes_finished != world[node].writes_issued;
      if (!is_held && !may_do_next_effect(world, node)) {  // what is held counts when it leaves
        return false;
      }
      carry_out(world, node, effect, is_held);
      return true;
    };
    for (const auto& effect : effects_) {
      if (!std::visit(try_carry_out, effect)) {
        return;
      }
    }
  }

  void carry_out(World<P>& world, NodeId node, const typename Output::Send& send, bool /*held*/) {
    put_in_flight(world, Endpoint::of(node), Endpoint::of(send.to), send.message);
  }
  void carry_out(World<P>& world, NodeId node, const typename Output::SendOnceDurable& send,
                 bool is_held) {
    say(world, node, Endpoint::of(send.to), send.message, is_held);
  }
  void carry_out(World<P>& world, NodeId node, const typename Output::Reply& reply, bool is_held) {
    say(world, node, Endpoint::of(reply.answer.id.client), reply.answer, is_held);
  }
  void carry_out(World<P>& world, NodeId node, const typename Output::Learn& learn, bool is_held) {
    if (is_held) {
      hold_claim<0>(world, node, learn.value);
    } else {
      observer_.on(world, Learned<P>{node, learn.value});
    }
  }
  void carry_out(World<P>& world, NodeId node, const typename Output::Apply& apply, bool is_held) {
    if (is_held) {
      hold_claim<1>(world, node, apply.entry);
    } else {
      observer_.on(world, EntryApplied<P>{node, apply.entry});
    }
  }
  void carry_out(World<P>& world, NodeId node, const typename Output::Persist& persist,
                 bool /*held*/) {
    const std::uint32_t number = ++world[node].writes_issued;
    if (number == UINT32_MAX) [[unlikely]] {
      meet(world, limits::writes);
    }
    world.writes.push_back({node, number, persist.state});
    observer_.on(world, WriteIssued{node, number});
  }
  void carry_out(World<P>& world, NodeId node, const typename Output::SetTimer& set,
                 bool /*held*/) {
    NodeState<P>& state = world[node];
    const std::int64_t local_now = state.clock.read(world.now).ticks;
    state.timers[static_cast<std::size_t>(set.timer)] = {
        true,
        {local_now + static_cast<std::int64_t>(set.earliest.ticks)},
        {local_now + static_cast<std::int64_t>(set.latest.ticks)}};
    observer_.on(world, TimerSet<P>{node, set.timer});
  }
  void carry_out(World<P>& world, NodeId node, const typename Output::CancelTimer& cancel,
                 bool /*held*/) {
    world[node].timers[static_cast<std::size_t>(cancel.timer)] = {};
  }
  void carry_out(World<P>& world, NodeId node, const typename Output::Draw& draw, bool /*held*/) {
    if constexpr (asks_for_luck<P>) {
      if (draw.count > 0) {
        world[node].luck_below = draw.count;
        observer_.on(world, LuckAsked{node, draw.count});
        return;
      }
    }
    observer_.on(world, Broken{node, "who draws a number takes it, and says of how many"});
  }
  void carry_out(World<P>& world, NodeId node, const typename Output::Broken& broken,
                 bool /*held*/) {
    observer_.on(world, Broken{node, broken.invariant});
  }
  template <class Content>
  void say(World<P>& world, NodeId node, Endpoint to, const Content& content, bool is_held) {
    const Endpoint from = Endpoint::of(node);
    if (is_held) {
      world.held.push_back({node, world[node].writes_issued, {from, to, content}});
    } else {
      put_in_flight(world, from, to, content);
    }
  }
  template <std::size_t Kind>
  static void hold_claim(World<P>& world, NodeId node, const auto& claim) {
    HeldClaim<P>& held = world.claims.emplace_back();
    held.node = node;
    held.write_number = world[node].writes_issued;
    held.claim.template emplace<Kind>(claim);
  }

  /// Sends what waited for the writes that have finished, and then makes the claims that did.
  void release_held(World<P>& world, NodeId node) {
    const auto is_due = [&](const HeldPacket<P>& held) {
      return held.node == node && held.write_number <= world[node].writes_finished;
    };
    for (;;) {
      const auto held = std::find_if(world.held.begin(), world.held.end(), is_due);
      if (held == world.held.end()) {
        break;
      }
      if (!may_do_next_effect(world, node) || !has_room(world)) {
        return;
      }
      const Slot slot = world.in_flight.insert(held->packet);
      world.held.erase(held);
      tell_sent(world, slot, false);
    }
    release_claims(world, node);
  }
  /// What waits for this node's writes is never said.
  static void forget_held(World<P>& world, NodeId node) {
    std::erase_if(world.held, [&](const HeldPacket<P>& held) { return held.node == node; });
    std::erase_if(world.claims, [&](const HeldClaim<P>& held) { return held.node == node; });
  }
  void release_claims(World<P>& world, NodeId node) {
    for (;;) {
      const auto claim =
          std::find_if(world.claims.begin(), world.claims.end(), [&](const HeldClaim<P>& one) {
            return one.node == node && one.write_number <= world[node].writes_finished;
          });
      if (claim == world.claims.end() || !may_do_next_effect(world, node)) {
        return;
      }
      const HeldClaim<P> due = std::move(*claim);
      world.claims.erase(claim);
      if (due.claim.index() == 0) {
        observer_.on(world, Learned<P>{node, std::get<0>(due.claim)});
      } else {
        observer_.on(world, EntryApplied<P>{node, std::get<1>(due.claim)});
      }
    }
  }

  void crash(World<P>& world, NodeId node, bool is_mid_effects) {
    NodeState<P>& state = world[node];
    Crashed crashed{node, 0, 0, is_mid_effects, false};
    std::size_t left = 0;
    for (std::size_t i = 0; i < world.writes.size(); ++i) {
      if (world.writes[i].node != node) {
        if (left != i) {  // none is moved to where it is
          world.writes[left] = std::move(world.writes[i]);
        }
        ++left;
      } else if (crashed.writes_kept < state.crash_writes_kept) {
        ++crashed.writes_kept;
        store(world, node, world.writes[i].state);
      } else {
        ++crashed.writes_lost;
      }
    }
    world.writes.erase(world.writes.begin() + static_cast<std::ptrdiff_t>(left),
                       world.writes.end());
    std::erase_if(world.held, [&](const HeldPacket<P>& held) {
      crashed.is_between_write_and_send |=
          held.node == node && held.write_number <= state.writes_finished;
      return held.node == node;
    });
    std::erase_if(world.claims, [&](const HeldClaim<P>& held) { return held.node == node; });
    state.writes_finished = state.writes_issued;
    state.node = {};
    state.timers = {};
    state.luck_below = {};
    state.is_up = false;
    state.is_paused = false;
    state.crash_countdown = -1;
    state.crash_writes_kept = 0;
    observer_.on(world, crashed);
  }

  void on_answer(World<P>& world, ClientId id, const AnswerFor<P>& answer) {
    ClientState<P>& client = world[id];
    if (!client.is_waiting || client.request.id != answer.id) {
      return;
    }
    const Standing standing = standing_of<P>(answer.result);
    if (standing == Standing::final) {
      client.is_waiting = false;
      observer_.on(world, Returned<P>{client.request, answer.result, standing});
      return;
    }
    ++client.answers;
    if (standing == Standing::refused) {
      ++client.refusals;
    }
    if (client.answers == client.attempts) {
      // A definite no needs one from every node that was asked.
      const bool is_definite = client.refusals == client.attempts;
      return_to_client(world, id, is_definite ? Standing::refused : Standing::unknown);
    }
  }

  /// Without a result.
  void return_to_client(World<P>& world, ClientId id, Standing standing) {
    ClientState<P>& client = world[id];
    client.is_waiting = false;
    observer_.on(world, Returned<P>{client.request, without_answer<P>(standing), standing});
  }

  const typename P::Config& config_;
  Observer& observer_;
  Output own_effects_;
  Output& effects_;
  bool has_time_ = true;
};

}  // namespace synod
