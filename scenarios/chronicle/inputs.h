// The inputs of nodes, as who watches a run hears of them just before they are taken: so that a
// copy of the node can take the same.
#pragma once

#include <cstdint>
#include <string_view>
#include <variant>

#include "core/effects.h"
#include "sim/clock.h"
#include "sim/plain_steps.h"
#include "sim/world/observation.h"
#include "sim/world/world.h"

namespace synod {

// Each is a function (config, node, out) that gives the node this input. None outlives what it was
// made of.

template <Protocol P>
auto taking(const Delivered<P>& delivered) {
  return [&delivered](const auto& config, auto& node, auto& out) {
    const auto& payload = delivered.packet.payload;
    if (const auto* message = std::get_if<typename P::Message>(&payload)) {
      node.on(config, delivered.packet.from.node(), *message, out);
    } else if (const auto* request = std::get_if<RequestFor<P>>(&payload)) {
      node.on(config, *request, out);
    }
  };
}
template <Protocol P>
auto taking(const TimerFired<P>& fired) {
  return [&fired](const auto& config, auto& node, auto& out) { node.on(config, fired.timer, out); };
}
/// Only where nodes ask for luck.
inline auto taking(const LuckGiven& given) {
  return [&given](const auto& config, auto& node, auto& out) {
    node.on(config, Drawn{given.number}, out);
  };
}
/// Only where nodes are told of their writes: of so many that ended so.
inline auto taking(WriteDone done, std::uint32_t count) {
  return [done, count](const auto& config, auto& node, auto& out) {
    for (std::uint32_t i = 0; i < count; ++i) {
      node.on(config, done, out);
    }
  };
}
template <Protocol P>
auto taking(const World<P>& world, const Restarted& restarted) {
  const typename P::Durable& disk = world[restarted.node].disk;
  return [&restarted, &disk](const auto& config, auto& node, auto& out) {
    node.start(config, restarted.node, disk, out);
  };
}

/// As a Chronicle calls such an input: the type of the message, the name of the timer, "restart".
template <Protocol P>
std::string_view input_name(const Delivered<P>& delivered) {
  const auto* const message = std::get_if<typename P::Message>(&delivered.packet.payload);
  return message == nullptr
             ? RequestFor<P>::name
             : std::visit([]<class M>(const M&) -> std::string_view { return M::name; }, *message);
}
template <Protocol P>
std::string_view input_name(const TimerFired<P>& fired) {
  return P::timer_name(fired.timer);
}
inline std::string_view input_name(const LuckGiven& /*given*/) { return LuckStep::name; }
inline std::string_view input_name(const Restarted& /*restarted*/) { return "restart"; }
inline std::string_view input_name(WriteDone done) {
  return done.has_failed ? FailWriteStep::name : FinishWriteStep::name;
}

/// What its clock shows.
template <Protocol P>
LocalTime local_now(const World<P>& world, NodeId node) {
  return world[node].clock.read(world.now);
}

}  // namespace synod
