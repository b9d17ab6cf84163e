// Who is who: nodes, clients, requests, and small sets of nodes.
//
// Every kind of name is a type of its own, so that a node is never taken for a client or a count.
// In text, nodes are n1, n2, … and clients c1, c2, … (index + 1).
#pragma once

#include <bit>
#include <compare>
#include <cstddef>
#include <cstdint>

namespace synod {

/// The largest cluster. Fixed, so that state is flat, copyable, and fits in a few cache lines.
inline constexpr std::size_t node_count_max = 9;
inline constexpr std::size_t client_count_max = 4;

struct NodeId {
  std::uint8_t index = 0;  ///< 0 … node_count - 1
  auto operator<=>(const NodeId&) const = default;
};

struct ClientId {
  std::uint8_t index = 0;  ///< 0 … client_count - 1
  auto operator<=>(const ClientId&) const = default;
};

/// One operation of one client. A retry elsewhere is the same request and keeps its number.
struct RequestId {
  ClientId client;
  std::uint16_t number = 0;  ///< 1 for a client's first operation; 0 is no request

  /// For code that calls its requests by numbers. 0 is no request.
  [[nodiscard]] constexpr std::uint64_t as_number() const {
    return (std::uint64_t{client.index} << 16U) | number;
  }
  static constexpr RequestId from_number(std::uint64_t number) {
    return {{static_cast<std::uint8_t>(number >> 16U)}, static_cast<std::uint16_t>(number)};
  }
  auto operator<=>(const RequestId&) const = default;
};

/// A set of nodes, as bits. Iterates in rising order.
class NodeSet {
 public:
  constexpr NodeSet() = default;
  constexpr explicit NodeSet(std::uint16_t bits) : bits_(bits) {}

  static constexpr NodeSet first(std::size_t count) {
    return NodeSet(static_cast<std::uint16_t>((1U << count) - 1U));
  }
  static constexpr NodeSet only(NodeId node) {
    return NodeSet(static_cast<std::uint16_t>(1U << node.index));
  }

  constexpr void insert(NodeId node) { bits_ = static_cast<std::uint16_t>(bits_ | bit(node)); }
  constexpr void erase(NodeId node) { bits_ = static_cast<std::uint16_t>(bits_ & ~bit(node)); }
  [[nodiscard]] constexpr bool contains(NodeId node) const { return (bits_ & bit(node)) != 0; }
  [[nodiscard]] constexpr std::size_t size() const {
    return static_cast<std::size_t>(std::popcount(bits_));
  }
  [[nodiscard]] constexpr bool is_empty() const { return bits_ == 0; }
  [[nodiscard]] constexpr std::uint16_t bits() const { return bits_; }

  friend constexpr NodeSet operator|(NodeSet a, NodeSet b) {
    return NodeSet(static_cast<std::uint16_t>(a.bits_ | b.bits_));
  }
  friend constexpr NodeSet operator&(NodeSet a, NodeSet b) {
    return NodeSet(static_cast<std::uint16_t>(a.bits_ & b.bits_));
  }
  friend constexpr NodeSet operator-(NodeSet a, NodeSet b) {
    return NodeSet(static_cast<std::uint16_t>(a.bits_ & ~b.bits_));
  }
  constexpr bool operator==(const NodeSet&) const = default;

  class Iterator {
   public:
    constexpr explicit Iterator(std::uint16_t rest) : rest_(rest) {}
    constexpr NodeId operator*() const {
      return NodeId{static_cast<std::uint8_t>(std::countr_zero(rest_))};
    }
    constexpr Iterator& operator++() {
      rest_ = static_cast<std::uint16_t>(rest_ & (rest_ - 1U));
      return *this;
    }
    constexpr bool operator==(const Iterator&) const = default;

   private:
    std::uint16_t rest_;
  };
  [[nodiscard]] constexpr Iterator begin() const { return Iterator(bits_); }
  [[nodiscard]] constexpr Iterator end() const { return Iterator(0); }

 private:
  static constexpr unsigned bit(NodeId node) { return 1U << node.index; }
  std::uint16_t bits_ = 0;
};

}  // namespace synod
