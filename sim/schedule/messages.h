// What becomes of what was sent, drawn from a seed: when it arrives, whether it is lost or comes
// twice. Each link has draws of its own, so that a message more on one changes nothing on another.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <variant>

#include "sim/luck.h"
#include "sim/schedule/nemesis.h"
#include "sim/schedule/plan.h"
#include "sim/world/observation.h"
#include "sim/world/step.h"
#include "sim/world/world.h"

namespace synod {

template <Protocol P>
class Messages {
 public:
  void start(const Configuration& configuration) {
    sent_ = {};
    has_slow_nodes_ = std::ranges::any_of(configuration.faults, [](const TimedFault& fault) {
      return std::holds_alternative<faults::SlowNode>(fault.action);
    });
  }

  void on(Plan<P>& plan, const Nemesis<P>& nemesis, const World<P>& world, const Sent<P>& sent) {
    const Packet<P>& packet = sent.packet;
    if (packet.from == packet.to) {  // a node talks to itself at once, and is never misheard
      plan.queue.push(world.now, {.kind = EventKind::deliver, .slot = sent.slot});
      return;
    }
    const auto link =
        static_cast<std::uint32_t>(packet.from.index * endpoint_count_max + packet.to.index);
    const std::uint32_t index = sent_[link]++;
    Draws delay(plan.luck, Stream::delay, link, index * 2);
    DurationRange range = plan.configuration.delay;
    Time leaves = world.now;
    if (!plan.is_settling()) {
      if (happens(plan, plan.configuration.drop, Stream::drop, link, index)) {
        plan.queue.push(world.now, {.kind = EventKind::drop, .slot = sent.slot});
        return;
      }
      const bool is_message = std::holds_alternative<typename P::Message>(packet.payload);
      if (is_message &&
          happens(plan, plan.configuration.duplicate, Stream::duplicate, link, index)) {
        plan.queue.push(world.now, {.kind = EventKind::duplicate, .slot = sent.slot});
      }
      if (is_late(plan, packet, link, index)) {
        range = plan.configuration.tail_delay;
      }
      if (has_slow_nodes_) [[unlikely]] {
        slow_down(plan, packet, range);
      }
      const Time let_go = nemesis.template of<faults::Hold>().held_until(packet.from, packet.to);
      if (let_go > leaves) {
        leaves = let_go;
        plan.template count<faults::Hold>(faults::Hold::hold);
      }
    }
    plan.queue.push(leaves + delay.within(range), {.kind = EventKind::deliver, .slot = sent.slot});
  }

  /// Returns false where the time has not come: its receiver is paused.
  static bool try_deliver(Plan<P>& plan, const World<P>& world, const Event& event, Step<P>& step) {
    const Packet<P>& packet = world.in_flight[event.slot];
    bool can_arrive = !world.is_cut(packet.from, packet.to);
    if (packet.to.is_node()) {
      const NodeState<P>& receiver = world[packet.to.node()];
      if (receiver.is_paused) {
        plan.park(packet.to.node(), event);
        return false;
      }
      can_arrive = can_arrive && receiver.is_up;
    }
    if (can_arrive) {
      set_packet_step(step.action.template emplace<DeliverStep<P>>(), world, event.slot);
    } else {
      set_packet_step(step.action.template emplace<DropStep<P>>(), world, event.slot);
    }
    return true;
  }
  static void drop(Plan<P>& plan, const World<P>& world, const Event& event, Step<P>& step) {
    plan.template count<faults::Drop>(faults::Drop::drop);
    set_packet_step(step.action.template emplace<DropStep<P>>(), world, event.slot);
  }
  static void duplicate(Plan<P>& plan, const World<P>& world, const Event& event, Step<P>& step) {
    plan.template count<faults::Duplicate>(faults::Duplicate::duplicate);
    set_packet_step(step.action.template emplace<DuplicateStep<P>>(), world, event.slot);
  }

 private:
  static bool happens(const Plan<P>& plan, Ratio ratio, Stream stream, std::uint32_t link,
                      std::uint32_t index) {
    return !ratio.is_zero() && Draws(plan.luck, stream, link, index).chance(ratio);
  }

  /// Some are late one by one; some links are slow throughout; and some kinds of message, for all
  /// that this sender sends of the kind, so that what it says comes in another order throughout:
  /// its Accepts after its rivals' Prepares, as it were.
  static bool is_late(Plan<P>& plan, const Packet<P>& packet, std::uint32_t link,
                      std::uint32_t index) {
    const Configuration& configuration = plan.configuration;
    using Late = faults::LateMessage;
    const bool is_late = happens(plan, configuration.tail, Stream::delay, link, index * 2 + 1);
    const bool is_slow_link =
        !configuration.slow_links.is_zero() &&
        Draws(plan.luck, Stream::slow_link, link).chance(configuration.slow_links);
    const bool is_slow_kind = !configuration.slow_kinds.is_zero() && is_of_slow_kind(plan, packet);
    plan.template count_if<Late>(is_late, Late::late);
    plan.template count_if<Late>(is_slow_link, Late::slow_link);
    plan.template count_if<Late>(is_slow_kind, Late::slow_kind);
    return is_late || is_slow_link || is_slow_kind;
  }
  /// Where its sender or its receiver is slow now; the sender's slowness comes first.
  static void slow_down(Plan<P>& plan, const Packet<P>& packet, DurationRange& range) {
    for (const Endpoint end : {packet.to, packet.from}) {
      for (const TimedFault& fault : plan.configuration.faults) {
        const auto* const slow = std::get_if<faults::SlowNode>(&fault.action);
        const bool is_slow = slow != nullptr && Endpoint::of(slow->node) == end &&
                             plan.now >= fault.at &&
                             (slow->until == Time{} || plan.now < slow->until);
        range = is_slow ? slow->delay : range;
      }
    }
  }
  static bool is_of_slow_kind(const Plan<P>& plan, const Packet<P>& packet) {
    const auto* const message = std::get_if<typename P::Message>(&packet.payload);
    if (message == nullptr) {
      return false;
    }
    const auto kind =
        static_cast<std::uint32_t>(message->index() * endpoint_count_max + packet.from.index);
    return Draws(plan.luck, Stream::slow_kind, kind).chance(plan.configuration.slow_kinds);
  }

  static void set_packet_step(PacketStep<P>& step, const World<P>& world, PacketSlot slot) {
    step.packet = world.in_flight[slot];
    step.hint = {slot};
  }

  std::array<std::uint32_t, endpoint_count_max * endpoint_count_max> sent_{};  ///< by link
  bool has_slow_nodes_ = false;
};

}  // namespace synod
