// Short cuts for protocols that want no types of their own where usual ones do; see sim/protocol.h
// for what a protocol is.
//
//   using Packet = synod::Named<"packet", my::Packet>;
//
//   struct MyNode : synod::NodeOf<MyNode, my::Operation, std::variant<Packet>, my::Disk,
//                               synod::ResultOf<std::string>> {
//     static constexpr std::string_view name = "my_class";
//     void start(const Config& config, synod::NodeId self, const my::Disk& disk, Out& out);
//     void on(const Config& config, synod::NodeId from, const Message& message, Out& out);
//     void on(const Config& config, const Request& request, Out& out);
//     void on(const Config& config, Timer timer, Out& out);
//     …
//   };
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/client.h"
#include "core/duration.h"
#include "core/effects.h"
#include "core/fields.h"
#include "core/ids.h"

namespace synod {

namespace detail {
template <std::size_t Size>
struct Letters {
  char letters[Size]{};
  consteval Letters(const char (&text)[Size]) {  // NOLINT(google-explicit-constructor)
    std::copy_n(static_cast<const char*>(text), Size, static_cast<char*>(letters));
  }
};
}  // namespace detail

/// A type that is there already, as a message of this name.
template <detail::Letters Name, class Content>
struct Named : Content {
  static constexpr std::string_view name{static_cast<const char*>(Name.letters)};
  static constexpr void fields(auto& self, auto&& visit) {
    visit_parts(visit, as_base<Content>(self));
  }
  bool operator==(const Named&) const = default;
};

/// What a client is told: a value, and whether that is the operation's result.
template <class Value>
struct ResultOf {
  Value value{};
  Standing standing = Standing::final;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("value", self.value);
    visit("standing", self.standing);
  }
  auto operator<=>(const ResultOf&) const = default;
};

/// What a node is usually told of its cluster.
struct ClusterConfig {
  std::uint32_t node_count = 1;
  Duration hop;  ///< the longest that a message and a write on its way usually take together

  [[nodiscard]] NodeSet nodes() const { return NodeSet::first(node_count); }
  [[nodiscard]] bool is_majority(NodeSet some) const { return some.size() > node_count / 2; }
  [[nodiscard]] bool is_majority(std::size_t count) const { return count > node_count / 2; }
};

/// A node that is its own protocol, with one timer.
template <class Self, class SomeOperation, class SomeMessage, class SomeDurable, class SomeResult,
          class SomeLearnt = None, class SomeEntry = None>
struct NodeOf {
  using Node = Self;
  using Operation = SomeOperation;
  using Message = SomeMessage;
  using Durable = SomeDurable;
  using Result = SomeResult;
  using Learnt = SomeLearnt;
  using Entry = SomeEntry;
  using Config = ClusterConfig;
  enum class Timer : std::uint8_t { tick };
  static constexpr std::size_t timer_count = 1;
  static constexpr std::string_view timer_name(Timer /*tick*/) { return "tick"; }

  using Request = RequestOf<Operation>;
  using Out = Effects<Message, Durable, Timer, Result, Learnt, Entry>;

  bool operator==(const NodeOf&) const = default;
};

}  // namespace synod
