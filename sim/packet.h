// What is in flight: a message between nodes, or a client's request, or an answer to one.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "core/ids.h"
#include "core/text.h"
#include "sim/protocol.h"

namespace synod {

inline constexpr std::size_t endpoint_count_max = node_count_max + client_count_max;

/// A node or a client.
struct Endpoint {
  std::uint8_t index = 0;

  static constexpr Endpoint of(NodeId node) { return {node.index}; }
  static constexpr Endpoint of(ClientId client) {
    return {static_cast<std::uint8_t>(node_count_max + client.index)};
  }
  [[nodiscard]] constexpr bool is_node() const { return index < node_count_max; }
  [[nodiscard]] constexpr NodeId node() const { return {index}; }
  [[nodiscard]] constexpr ClientId client() const {
    return {static_cast<std::uint8_t>(index - node_count_max)};
  }
  auto operator<=>(const Endpoint&) const = default;
};

std::string to_text(Endpoint endpoint);
bool try_parse(std::string_view text, Endpoint& endpoint);

/// A set of endpoints, as bits.
struct EndpointSet {
  std::uint16_t bits = 0;

  constexpr void insert(Endpoint endpoint) {
    bits = static_cast<std::uint16_t>(bits | (1U << endpoint.index));
  }
  [[nodiscard]] constexpr bool contains(Endpoint endpoint) const {
    return (bits >> endpoint.index & 1U) != 0;
  }
  [[nodiscard]] constexpr std::size_t size() const {
    return static_cast<std::size_t>(std::popcount(bits));
  }
  friend constexpr EndpointSet operator&(EndpointSet a, EndpointSet b) {
    return {static_cast<std::uint16_t>(a.bits & b.bits)};
  }
  static constexpr EndpointSet of(NodeSet nodes) { return {nodes.bits()}; }
  static constexpr EndpointSet all() { return {(1U << endpoint_count_max) - 1U}; }
  bool operator==(const EndpointSet&) const = default;
};

/// "{n1, n3, c2}"
std::string to_text(EndpointSet endpoints);

template <class P>
struct Packet {
  using Payload = std::variant<typename P::Message, RequestFor<P>, AnswerFor<P>>;
  Endpoint from;
  Endpoint to;
  Payload payload;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("from", self.from);
    visit("to", self.to);
    visit("message", self.payload);
  }
  bool operator==(const Packet&) const = default;
};

/// A place among the packets in flight.
using PacketSlot = std::uint32_t;

/// The packets in flight, each in a slot that keeps its number until the packet leaves.
/// Two equal packets are interchangeable, so a packet is named by its content and never by its
/// slot; a slot is only where to look first.
template <class P>
class InFlight {
 public:
  using Slot = PacketSlot;

  Slot insert(Packet<P> packet) {  // by value: it may be one of those in flight
    const Slot slot = take_slot();
    slots_[slot].packet = std::move(packet);
    return slot;
  }
  /// The same, made in its place.
  template <class Content>
  Slot insert(Endpoint from, Endpoint to, const Content& content) {
    const Slot slot = take_slot();
    Packet<P>& packet = slots_[slot].packet;
    packet.from = from;
    packet.to = to;
    packet.payload.template emplace<Content>(content);
    return slot;
  }
  void erase(Slot slot) {
    slots_[slot].next_free = first_free_;
    first_free_ = slot;
    --size_;
  }
  /// Looks at `hint` first. Returns false when no such packet is in flight.
  bool try_find(const Packet<P>& packet, Slot hint, Slot& found) const {
    if constexpr (std::is_trivially_copyable_v<Packet<P>>) {
      // Equal bytes are equal packets; unequal ones may differ in padding only, so ask again.
      // NOLINTNEXTLINE(bugprone-suspicious-memory-comparison)
      if (holds(hint) && std::memcmp(&slots_[hint].packet, &packet, sizeof packet) == 0)
          [[likely]] {
        found = hint;
        return true;
      }
    }
    return try_search(packet, hint, found);
  }
  [[nodiscard]] bool holds(Slot slot) const {
    return slot < slots_.size() && slots_[slot].is_used();
  }
  const Packet<P>& operator[](Slot slot) const { return slots_[slot].packet; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] Slot slot_end() const { return static_cast<Slot>(slots_.size()); }
  void clear() {
    slots_.clear();
    first_free_ = none;
    size_ = 0;
  }

  /// Equal when the same packets are in flight, whatever their slots.
  bool operator==(const InFlight& other) const {
    if (size() != other.size()) {
      return false;
    }
    for (Slot slot = 0; slot < slot_end(); ++slot) {
      if (holds(slot) && count(slots_[slot].packet) != other.count(slots_[slot].packet)) {
        return false;
      }
    }
    return true;
  }

 private:
  // Far beyond in_flight_max (sim/limits.h), which the engine sees to.
  static constexpr Slot none = UINT32_MAX;
  static constexpr Slot used = UINT32_MAX - 1;
  struct Entry {
    Packet<P> packet;
    Slot next_free = none;  ///< `used` while there is a packet here
    [[nodiscard]] bool is_used() const { return next_free == used; }
  };
  Slot take_slot() {
    if (first_free_ == none) [[unlikely]] {
      add_free_slot();
    }
    const Slot slot = first_free_;
    first_free_ = slots_[slot].next_free;
    slots_[slot].next_free = used;
    ++size_;
    return slot;
  }
  // What is rare stays out of line, so that what is common is small enough to be inlined.
  [[gnu::noinline]] void add_free_slot() {
    first_free_ = slot_end();
    slots_.emplace_back();
  }
  [[gnu::noinline]] bool try_search(const Packet<P>& packet, Slot hint, Slot& found) const {
    if (holds(hint) && slots_[hint].packet == packet) {
      found = hint;
      return true;
    }
    for (Slot slot = 0; slot < slot_end(); ++slot) {
      if (holds(slot) && slots_[slot].packet == packet) {
        found = slot;
        return true;
      }
    }
    return false;
  }
  [[nodiscard]] std::size_t count(const Packet<P>& packet) const {
    std::size_t count = 0;
    for (const Entry& entry : slots_) {
      count += entry.is_used() && entry.packet == packet ? 1U : 0U;
    }
    return count;
  }

  std::vector<Entry> slots_;
  Slot first_free_ = none;  ///< of a chain through `slots_`, the latest to leave first
  std::size_t size_ = 0;
};

}  // namespace synod
