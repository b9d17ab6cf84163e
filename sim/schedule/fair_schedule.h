// The fixed, fair, fault-free schedule: writes finish at once, messages arrive in the order in
// which they were sent, and a timer fires only when there is nothing else to do. It draws no luck:
// numbers that are asked for come in turn.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "sim/schedule/schedule.h"
#include "sim/world/observation.h"
#include "sim/world/step.h"
#include "sim/world/world.h"

namespace synod {

template <Protocol P>
class FairSchedule {
 public:
  /// Takes over a world in any state. Timers of nodes outside `active` never fire.
  void start(const World<P>& world, NodeSet active) {
    active_ = active;
    luck_given_ = 0;
    order_.clear();
    next_ = 0;
    for (Slot slot = 0; slot < world.in_flight.slot_end(); ++slot) {
      if (world.in_flight.holds(slot)) {
        order_.push_back(slot);
      }
    }
  }

  void on(const World<P>& /*world*/, const Sent<P>& sent) { order_.push_back(sent.slot); }

  /// Returns false when nothing is left to do.
  bool try_next(const World<P>& world, Step<P>& step) {
    step.at = world.now;
    if (try_give_luck(world, step)) {
      return true;
    }
    for (const PendingWrite<P>& write : world.writes) {
      if (is_running(world, write.node)) {
        step.action.template emplace<FinishWriteStep>().node = write.node;
        return true;
      }
    }
    while (next_ < order_.size()) {
      const Slot slot = order_[next_++];
      if (!world.in_flight.holds(slot)) {
        continue;
      }
      const Packet<P>& packet = world.in_flight[slot];
      const bool can_arrive = !packet.to.is_node() || is_running(world, packet.to.node());
      if (can_arrive && !world.is_cut(packet.from, packet.to)) {
        set_packet_step(step.action.template emplace<DeliverStep<P>>(), packet, slot);
      } else {
        set_packet_step(step.action.template emplace<DropStep<P>>(), packet, slot);
      }
      return true;
    }
    order_.clear();
    next_ = 0;
    return try_fire(world, step);
  }

 private:
  using Slot = typename InFlight<P>::Slot;

  static bool is_running(const World<P>& world, NodeId node) {
    return world[node].is_up && !world[node].is_paused;
  }

  static void set_packet_step(PacketStep<P>& step, const Packet<P>& packet, Slot slot) {
    step.packet = packet;
    step.hint = {slot};
  }

  /// Numbers in turn, from another one for each node: who all drew the same for ever might never
  /// get on.
  bool try_give_luck(const World<P>& world, Step<P>& step) {
    if constexpr (asks_for_luck<P>) {
      for (const NodeId node : world.node_ids()) {
        if (is_running(world, node) && waits_for_luck(world[node])) {
          auto& luck = step.action.template emplace<LuckStep>();
          luck.node = node;
          luck.number = (luck_given_++ + node.index) % world[node].luck_below;
          return true;
        }
      }
    }
    return false;
  }

  bool try_fire(const World<P>& world, Step<P>& step) const {
    std::optional<Time> earliest;
    for (const NodeId node : active_) {
      for (std::size_t timer = 0; timer < P::timer_count && is_running(world, node); ++timer) {
        const ArmedTimer& armed = world[node].timers[timer];
        if (!armed.is_armed) {
          continue;
        }
        const Time due = world[node].clock.when(armed.latest, world.now);
        if (!earliest || due < *earliest) {
          earliest = due;
          step.at = due;
          step.action = FireStep<P>{node, static_cast<typename P::Timer>(timer)};
        }
      }
    }
    return earliest.has_value();
  }

  NodeSet active_;
  std::vector<Slot> order_;  ///< slots in the order of sending; those before next_ are done
  std::size_t next_ = 0;
  std::uint32_t luck_given_ = 0;
};

}  // namespace synod
