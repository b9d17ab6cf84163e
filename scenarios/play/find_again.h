// A packet that a step names, found again in a world that came about in another way.
#pragma once

#include <algorithm>
#include <type_traits>
#include <variant>

#include "sim/packet.h"
#include "sim/world/step.h"
#include "sim/world/world.h"

namespace synod {

namespace detail {

template <Protocol P>
bool are_alike(const Packet<P>& a, const Packet<P>& b) {
  using Message = typename P::Message;
  if (a.from != b.from || a.to != b.to || a.payload.index() != b.payload.index()) {
    return false;
  }
  const auto* message = std::get_if<Message>(&a.payload);
  return message == nullptr || message->index() == std::get<Message>(b.payload).index();
}

template <Protocol P>
void find_packet_again(const InFlight<P>& in_flight, PacketStep<P>& step) {
  typename InFlight<P>::Slot slot = 0;
  if (in_flight.try_find(step.packet, step.hint.slot, slot)) {
    return;
  }
  for (slot = 0; slot < in_flight.slot_end(); ++slot) {
    if (in_flight.holds(slot) && are_alike<P>(in_flight[slot], step.packet)) {
      step.packet = in_flight[slot];
      step.hint = {slot};
      return;
    }
  }
}

}  // namespace detail

/// Where the packet is not in flight, the step is taken to mean another of the same kind, from and
/// to the same, if there is one: it may have another ballot or value. Where a node has asked for a
/// number of fewer, the highest of those is meant.
template <Protocol P>
void find_again(const World<P>& world, Action<P>& action) {
  std::visit(
      [&](auto& step) {
        if constexpr (requires { step.packet; }) {
          detail::find_packet_again<P>(world.in_flight, step);
        } else if constexpr (asks_for_luck<P> && std::is_same_v<decltype(step), LuckStep&>) {
          if (step.node.index < world.node_count && waits_for_luck(world[step.node])) {
            step.number = std::min(step.number, world[step.node].luck_below - 1);
          }
        }
      },
      action);
}

}  // namespace synod
