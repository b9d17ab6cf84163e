// A run is a list of steps, and this is the closed list of what a step can be.
//
// Steps name things by what they are: a delivery names sender, receiver and message, not a place in
// a queue. A list of steps therefore survives an edit of the protocol: a step that no longer
// applies is skipped and counted. The same names serve code, traces, command line and prose.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <variant>

#include "core/fields.h"
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

template <class P>
struct PacketStep {
  Packet<P> packet;
  SlotHint hint;
  static constexpr void fields(auto& self, auto&& visit) {
    visit_parts(visit, self.packet);
    leave_out(visit, self.hint);  // takes no part in what a step means
  }
  bool operator==(const PacketStep&) const = default;
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
/// A packet is lost.
template <class P>
struct DropStep : PacketStep<P> {
  static constexpr std::string_view name = "drop";
  static constexpr void fields(auto& self, auto&& visit) {
    visit_parts(visit, as_base<PacketStep<P>>(self));
  }
  bool operator==(const DropStep&) const = default;
};
/// A message is in flight once more.
template <class P>
struct DuplicateStep : PacketStep<P> {
  static constexpr std::string_view name = "duplicate";
  static constexpr void fields(auto& self, auto&& visit) {
    visit_parts(visit, as_base<PacketStep<P>>(self));
  }
  bool operator==(const DuplicateStep&) const = default;
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

/// The node loses everything but its disk: just before its next effect but `after_effects`, or at
/// once when that is 0. Effects are: a write issued, a message sent, a timer set or cancelled, an
/// answer given, a decision learned; a message held for the disk counts when it leaves. Of the
/// unfinished writes, the first `writes_kept` reach the disk all the same.
struct CrashStep {
  static constexpr std::string_view name = "crash";
  NodeId node;
  std::uint8_t after_effects = 0;
  std::uint8_t writes_kept = 0;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("node", self.node);
    visit("after_effects", self.after_effects);
    visit("writes_kept", self.writes_kept);
  }
  bool operator==(const CrashStep&) const = default;
};

/// The node starts anew, from its disk alone.
struct RestartStep {
  static constexpr std::string_view name = "restart";
  NodeId node;
  static constexpr void fields(auto& self, auto&& visit) { visit("node", self.node); }
  bool operator==(const RestartStep&) const = default;
};
/// The node stands still: nothing arrives, no timer fires, no write is seen to finish.
struct PauseStep {
  static constexpr std::string_view name = "pause";
  NodeId node;
  static constexpr void fields(auto& self, auto&& visit) { visit("node", self.node); }
  bool operator==(const PauseStep&) const = default;
};
/// The node goes on.
struct ResumeStep {
  static constexpr std::string_view name = "resume";
  NodeId node;
  static constexpr void fields(auto& self, auto&& visit) { visit("node", self.node); }
  bool operator==(const ResumeStep&) const = default;
};

/// Links from each of `from` to each of `to`, in that direction.
struct LinkStep {
  EndpointSet from;
  EndpointSet to;
  /// Links in all. A node always reaches itself, so that is none.
  [[nodiscard]] constexpr std::size_t count() const {
    return from.size() * to.size() - (from & to).size();
  }
  static constexpr void fields(auto& self, auto&& visit) {
    visit("from", self.from);
    visit("to", self.to);
  }
  bool operator==(const LinkStep&) const = default;
};
/// Nothing arrives over these links until they heal.
struct CutStep : LinkStep {
  static constexpr std::string_view name = "cut";
  static constexpr void fields(auto& self, auto&& visit) {
    visit_parts(visit, as_base<LinkStep>(self));
  }
  bool operator==(const CutStep&) const = default;
};
struct HealStep : LinkStep {
  static constexpr std::string_view name = "heal";
  static constexpr void fields(auto& self, auto&& visit) {
    visit_parts(visit, as_base<LinkStep>(self));
  }
  bool operator==(const HealStep&) const = default;
};

/// The node's clock jumps, and runs at another rate from now on (1024 is true).
struct SkewStep {
  static constexpr std::string_view name = "skew";
  NodeId node;
  std::uint32_t rate = 1024;
  std::int32_t jump_ticks = 0;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("node", self.node);
    visit("rate", self.rate);
    visit("jump_ticks", self.jump_ticks);
  }
  bool operator==(const SkewStep&) const = default;
};

/// The node's oldest unfinished write fails, and with it those in line behind it. Only where nodes
/// are told of their writes.
struct FailWriteStep {
  static constexpr std::string_view name = "fail_write";
  NodeId node;
  static constexpr void fields(auto& self, auto&& visit) { visit("node", self.node); }
  bool operator==(const FailWriteStep&) const = default;
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

/// New kinds of step go to the end: a fingerprint tells them by their places.
template <class P>
using Action =
    std::variant<AskStep<RequestFor<P>>, AbandonStep, DeliverStep<P>, DropStep<P>, DuplicateStep<P>,
                 FireStep<P>, FinishWriteStep, CrashStep, RestartStep, PauseStep, ResumeStep,
                 CutStep, HealStep, SkewStep, FailWriteStep, LuckStep>;

/// For whoever does something about each kind of step: naming those of which there is nothing to
/// say, so that a kind that is new does not compile until somebody says what becomes of it.
template <class S, class... Steps>
concept IsOneOf = (std::same_as<S, Steps> || ...);

template <class P>
struct Step {
  Time at;
  Action<P> action;
  bool operator==(const Step&) const = default;
};

namespace detail {
/// Stands for any protocol: the kinds of step are the same for all.
struct NoProtocol {
  using Message = std::monostate;
  using Operation = std::monostate;
  using Result = std::monostate;
  enum class Timer : std::uint8_t {};
};
template <class... Steps>
constexpr std::array<std::string_view, sizeof...(Steps)> names_of(
    std::type_identity<std::variant<Steps...>> /*action*/) {
  static_assert((fields_cover<Steps> && ...), "a step's fields are its own, and all of them");
  return {Steps::name...};
}
}  // namespace detail

/// The names of all steps, in the order of `Action`.
inline constexpr auto step_names =
    detail::names_of(std::type_identity<Action<detail::NoProtocol>>{});
inline constexpr std::size_t step_kind_count = step_names.size();

}  // namespace synod
