// A run is a list of steps, and this is the closed list of what a step can be.
//
// Steps name things by what they are: a delivery names sender, receiver and message, not a place in
// a queue. A list of steps therefore survives an edit of the protocol: a step that no longer
// applies is skipped and counted. The same names serve code, traces, command line and prose.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <tuple>
#include <variant>

#include "core/ids.h"
#include "sim/packet.h"
#include "sim/time.h"

namespace synod {

/// Where a packet probably is. Takes no part in what a step means.
struct SlotHint {
  PacketSlot slot = UINT32_MAX;
  constexpr bool operator==(const SlotHint&) const { return true; }
};

/// A client asks a node: something new, or the same again (a retry, at any node).
template <class SomeRequest>
struct AskStep {
  using Operation = typename SomeRequest::Operation;
  static constexpr std::string_view name = "request";
  NodeId to;
  SomeRequest request;
  static void fields(auto& self, auto&& visit) {
    visit("client", self.request.id.client);
    visit("number", self.request.id.number);
    visit("to", self.to);
    Operation::fields(self.request.operation, visit);
  }
  bool operator==(const AskStep&) const = default;
};

/// A client stops waiting; the outcome of its request stays unknown to it.
struct AbandonStep {
  static constexpr std::string_view name = "abandon";
  ClientId client;
  static void fields(auto& self, auto&& visit) { visit("client", self.client); }
  bool operator==(const AbandonStep&) const = default;
};

template <class P>
struct PacketStep {
  Packet<P> packet;
  SlotHint hint;
  static void fields(auto& self, auto&& visit) {
    visit("from", self.packet.from);
    visit("to", self.packet.to);
    visit("message", self.packet.payload);
  }
  bool operator==(const PacketStep&) const = default;
};
/// A packet arrives, at a node that is up and not paused, over a link that is not cut.
template <class P>
struct DeliverStep : PacketStep<P> {
  static constexpr std::string_view name = "deliver";
};
/// A packet is lost.
template <class P>
struct DropStep : PacketStep<P> {
  static constexpr std::string_view name = "drop";
};
/// A message is in flight once more.
template <class P>
struct DuplicateStep : PacketStep<P> {
  static constexpr std::string_view name = "duplicate";
};

template <class P>
struct FireStep {
  static constexpr std::string_view name = "fire";
  NodeId node;
  typename P::Timer timer{};
  static void fields(auto& self, auto&& visit) {
    visit("node", self.node);
    visit("timer", self.timer);
  }
  bool operator==(const FireStep&) const = default;
};

/// The node's oldest unfinished write becomes durable, and what waited for it is sent.
struct FinishWriteStep {
  static constexpr std::string_view name = "finish_write";
  NodeId node;
  static void fields(auto& self, auto&& visit) { visit("node", self.node); }
  bool operator==(const FinishWriteStep&) const = default;
};

/// The node loses everything but its disk: just before its next effect but `after_effects`, or at
/// once when that is 0. Effects are: a write issued, a message sent, a timer set or cancelled, an
/// answer given, a decision learned; a message held for the disk counts when it leaves. Of the
/// unfinished writes, the first `writes_kept` reach the disk all the same.
struct CrashStep {
  static constexpr std::string_view name = "crash";
  NodeId node;
  std::uint8_t after_effects = 0;
  std::uint8_t writes_kept = 0;
  static void fields(auto& self, auto&& visit) {
    visit("node", self.node);
    visit("after_effects", self.after_effects);
    visit("writes_kept", self.writes_kept);
  }
  bool operator==(const CrashStep&) const = default;
};

struct NodeStep {
  NodeId node;
  static void fields(auto& self, auto&& visit) { visit("node", self.node); }
  bool operator==(const NodeStep&) const = default;
};
/// The node starts anew, from its disk alone.
struct RestartStep : NodeStep {
  static constexpr std::string_view name = "restart";
};
/// The node stands still: nothing arrives, no timer fires, no write is seen to finish.
struct PauseStep : NodeStep {
  static constexpr std::string_view name = "pause";
};
struct ResumeStep : NodeStep {
  static constexpr std::string_view name = "resume";
};

/// Links from each of `from` to each of `to`, in that direction.
struct LinkStep {
  EndpointSet from;
  EndpointSet to;
  /// Links in all. A node always reaches itself, so that is none.
  [[nodiscard]] constexpr std::size_t count() const {
    return from.size() * to.size() - (from & to).size();
  }
  static void fields(auto& self, auto&& visit) {
    visit("from", self.from);
    visit("to", self.to);
  }
  bool operator==(const LinkStep&) const = default;
};
/// Nothing arrives over these links until they heal.
struct CutStep : LinkStep {
  static constexpr std::string_view name = "cut";
};
struct HealStep : LinkStep {
  static constexpr std::string_view name = "heal";
};

/// The node's clock jumps, and runs at another rate from now on (1024 is true).
struct SkewStep {
  static constexpr std::string_view name = "skew";
  NodeId node;
  std::uint32_t rate = 1024;
  std::int32_t jump_ticks = 0;
  static void fields(auto& self, auto&& visit) {
    visit("node", self.node);
    visit("rate", self.rate);
    visit("jump_ticks", self.jump_ticks);
  }
  bool operator==(const SkewStep&) const = default;
};

template <class P>
using Action = std::variant<AskStep<RequestFor<P>>, AbandonStep, DeliverStep<P>, DropStep<P>,
                            DuplicateStep<P>, FireStep<P>, FinishWriteStep, CrashStep, RestartStep,
                            PauseStep, ResumeStep, CutStep, HealStep, SkewStep>;

template <class P>
struct Step {
  Time at;
  Action<P> action;
  bool operator==(const Step&) const = default;
};

inline constexpr std::size_t step_kind_count = 14;

/// The names of all steps, in the order of `Action`.
inline constexpr std::array<std::string_view, step_kind_count> step_names = {
    "request", "abandon", "deliver", "drop",   "duplicate", "fire", "finish_write",
    "crash",   "restart", "pause",   "resume", "cut",       "heal", "skew"};

}  // namespace synod
