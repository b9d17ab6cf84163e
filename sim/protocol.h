// What the simulator asks of a protocol. It knows no more of one than this.
//
// A protocol is a struct of types: see `synod::paxos::Protocol` for one that satisfies it. Every
// message type M of the variant `Message` has `M::name`, `M::relies_on_disk`, `operator==` and
// `M::fields(self, visit)`, which calls visit(name, field) for each of its fields.
#pragma once

#include <concepts>
#include <cstddef>
#include <string_view>
#include <type_traits>

#include "core/effects.h"

namespace synod {

template <class P>
concept Protocol =
    std::is_trivially_copyable_v<typename P::Message> &&
    std::is_trivially_copyable_v<typename P::Durable> &&
    std::is_trivially_copyable_v<typename P::Node> &&
    std::equality_comparable<typename P::Message> &&
    std::equality_comparable<typename P::Durable> && std::equality_comparable<typename P::Node> &&
    std::is_enum_v<typename P::Timer> &&
    requires(typename P::Node node, const typename P::Config& config, NodeId id,
             const typename P::Durable& disk, const typename P::Message& message,
             const Request& request, typename P::Timer timer,
             Effects<typename P::Message, typename P::Durable, typename P::Timer>& out) {
      { P::name } -> std::convertible_to<std::string_view>;
      { P::timer_count } -> std::convertible_to<std::size_t>;
      { P::timer_name(timer) } -> std::convertible_to<std::string_view>;
      node.start(config, id, disk, out);
      node.on(config, id, message, out);
      node.on(config, request, out);
      node.on(config, timer, out);
    };

}  // namespace synod
