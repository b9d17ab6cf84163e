// What is in flight: a message between nodes, or a client's request, or an answer to one.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/client.h"
#include "core/ids.h"
#include "core/text.h"

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

template <class P>
struct Packet {
  using Payload = std::variant<typename P::Message, Request, Answer>;
  Endpoint from;
  Endpoint to;
  Payload payload;
  bool operator==(const Packet&) const = default;
};

/// The packets in flight, each in a slot that keeps its number until the packet leaves.
/// Two equal packets are interchangeable, so a packet is named by its content and never by its
/// slot; a slot is only where to look first.
template <class P>
class InFlight {
 public:
  using Slot = std::uint16_t;

  Slot insert(const Packet<P>& packet) {
    Slot slot = 0;
    if (free_.empty()) {
      slot = static_cast<Slot>(slots_.size());
      slots_.push_back({packet, true});
    } else {
      slot = free_.back();
      free_.pop_back();
      slots_[slot] = {packet, true};
    }
    return slot;
  }
  void erase(Slot slot) {
    slots_[slot].is_used = false;
    free_.push_back(slot);
  }
  /// Looks at `hint` first. Returns false when no such packet is in flight.
  bool try_find(const Packet<P>& packet, Slot hint, Slot& found) const {
    // Equal bytes are equal packets; unequal ones may differ in padding only, so ask again.
    if (holds(hint) && (std::memcmp(&slots_[hint].packet, &packet, sizeof packet) == 0 ||
                        slots_[hint].packet == packet)) {
      found = hint;
      return true;
    }
    for (Slot slot = 0; slot < slots_.size(); ++slot) {
      if (holds(slot) && slots_[slot].packet == packet) {
        found = slot;
        return true;
      }
    }
    return false;
  }
  [[nodiscard]] bool holds(Slot slot) const { return slot < slots_.size() && slots_[slot].is_used; }
  const Packet<P>& operator[](Slot slot) const { return slots_[slot].packet; }
  [[nodiscard]] std::size_t size() const { return slots_.size() - free_.size(); }
  [[nodiscard]] Slot slot_end() const { return static_cast<Slot>(slots_.size()); }
  void clear() {
    slots_.clear();
    free_.clear();
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
  struct Entry {
    Packet<P> packet;
    bool is_used = false;
  };
  [[nodiscard]] std::size_t count(const Packet<P>& packet) const {
    std::size_t count = 0;
    for (const Entry& entry : slots_) {
      count += entry.is_used && entry.packet == packet ? 1U : 0U;
    }
    return count;
  }

  std::vector<Entry> slots_;
  std::vector<Slot> free_;
};

}  // namespace synod
