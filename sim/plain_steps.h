// The steps by which nothing goes wrong.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/fields.h"
#include "core/ids.h"
#include "sim/packet_step.h"
#include "sim/protocol.h"

namespace synod {

/// A client asks a node: something new, or the same again (a retry, at any node).
template <class SomeRequest>
struct AskStep {
  static constexpr std::string_view name = "request";
  NodeId to;
  SomeRequest request;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("client", self.request.id.client);
    visit("number", self.request.id.number);
    visit("to", self.to);
    visit_parts(visit, self.request.operation);
  }
  static constexpr void members(auto& self, auto&& visit) {
    visit("to", self.to);
    visit("request", self.request);
  }
  bool operator==(const AskStep&) const = default;
};

/// A client stops waiting; the outcome of its request stays unknown to it.
struct AbandonStep {
  static constexpr std::string_view name = "abandon";
  ClientId client;
  static constexpr void fields(auto& self, auto&& visit) { visit("client", self.client); }
  bool operator==(const AbandonStep&) const = default;
};

/// A packet arrives, at a node that is up and not paused, over a link that is not cut.
template <class P>
struct DeliverStep : PacketStep<P> {
  static constexpr std::string_view name = "deliver";
  static constexpr void fields(auto& self, auto&& visit) {
    visit_parts(visit, as_base<PacketStep<P>>(self));
  }
  bool operator==(const DeliverStep&) const = default;
};
template <class P>
struct FireStep {
  static constexpr std::string_view name = "fire";
  NodeId node;
  typename P::Timer timer{};
  static constexpr void fields(auto& self, auto&& visit) {
    visit("node", self.node);
    visit("timer", self.timer);
  }
  bool operator==(const FireStep&) const = default;
};

/// The node's oldest unfinished write becomes durable, and what waited for it is sent.
struct FinishWriteStep {
  static constexpr std::string_view name = "finish_write";
  NodeId node;
  static constexpr void fields(auto& self, auto&& visit) { visit("node", self.node); }
  bool operator==(const FinishWriteStep&) const = default;
};

/// The node is given the number that it has asked for.
struct LuckStep {
  static constexpr std::string_view name = "luck";
  NodeId node;
  std::uint32_t number = 0;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("node", self.node);
    visit("number", self.number);
  }
  bool operator==(const LuckStep&) const = default;
};

}  // namespace synod
