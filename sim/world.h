// The world is a value: everything that a run's future depends on, in one struct that can be
// copied, compared and hashed. A copy continues exactly as the original does.
//
// Only `Engine::apply` changes a world.
#pragma once

#include <array>
#include <cstdint>
#include <variant>
#include <vector>

#include "core/ids.h"
#include "sim/clock.h"
#include "sim/hash.h"
#include "sim/packet.h"
#include "sim/protocol.h"
#include "sim/step.h"
#include "sim/time.h"

namespace synod {

/// A timer fires at a moment between these two, by its node's clock. Which one is the schedule's
/// choice.
struct ArmedTimer {
  bool is_armed = false;
  LocalTime earliest;
  LocalTime latest;
  bool operator==(const ArmedTimer&) const = default;
};

template <Protocol P>
struct NodeState {
  typename P::Node node{};     ///< in memory: gone with a crash
  typename P::Durable disk{};  ///< on disk: all that a restart has
  std::array<ArmedTimer, P::timer_count> timers{};
  Clock clock;
  std::uint32_t writes_issued = 0;    ///< since the start of the run, lost ones included
  std::uint32_t writes_finished = 0;  ///< Invariant: at most writes_issued
  bool is_up = false;
  bool is_paused = false;
  /// A crash is due after so many effects; none is when negative.
  std::int16_t crash_countdown = -1;
  std::uint8_t crash_writes_kept = 0;
  bool operator==(const NodeState&) const = default;
};

template <Protocol P>
struct ClientState {
  RequestFor<P> request;    ///< the latest
  bool is_waiting = false;  ///< for its answer
  std::uint16_t attempts = 0;
  /// That settle nothing: not chosen, unknown. Invariant: fewer than `attempts` while it waits.
  std::uint16_t answers = 0;
  std::uint16_t refusals = 0;  ///< of those, the definite ones
  bool operator==(const ClientState&) const = default;
};

template <Protocol P>
struct PendingWrite {
  NodeId node;
  std::uint32_t number = 0;
  WriteOf<P> state{};
  bool operator==(const PendingWrite&) const = default;
};

/// A message that waits until write `number` of its sender is durable.
template <Protocol P>
struct HeldPacket {
  NodeId node;
  std::uint32_t write_number = 0;
  Packet<P> packet;
  bool operator==(const HeldPacket&) const = default;
};

/// What a node claims once write `number` of it is durable: to know something, or to have applied
/// an entry.
template <Protocol P>
struct HeldClaim {
  NodeId node;
  std::uint32_t write_number = 0;
  std::variant<LearntOf<P>, EntryOf<P>> claim;
  bool operator==(const HeldClaim&) const = default;
};

template <Protocol P>
struct World {
  Time now;
  std::uint8_t node_count = 0;
  std::uint8_t client_count = 0;
  std::array<NodeState<P>, node_count_max> nodes{};
  std::array<ClientState<P>, client_count_max> clients{};
  std::array<EndpointSet, endpoint_count_max> cut{};  ///< by sender: whom it cannot reach
  InFlight<P> in_flight;
  std::vector<PendingWrite<P>> writes;  ///< in the order of issue
  std::vector<HeldPacket<P>> held;      ///< in the order of sending
  std::vector<HeldClaim<P>> claims;     ///< in the order in which they were made

  [[nodiscard]] bool is_cut(Endpoint from, Endpoint to) const {
    return cut[from.index].contains(to);
  }
  /// How many of these links are cut.
  [[nodiscard]] std::size_t count_cut(const LinkStep& links) const {
    std::size_t count = 0;
    for (std::uint8_t from = 0; from < endpoint_count_max; ++from) {
      if (links.from.contains({from})) {
        count += (links.to & cut[from]).size();
      }
    }
    return count;
  }
  [[nodiscard]] NodeSet node_ids() const { return NodeSet::first(node_count); }
  [[nodiscard]] NodeSet nodes_up() const {
    NodeSet up;
    for (const NodeId node : node_ids()) {
      if (nodes[node.index].is_up) {
        up.insert(node);
      }
    }
    return up;
  }
  NodeState<P>& operator[](NodeId node) { return nodes[node.index]; }
  const NodeState<P>& operator[](NodeId node) const { return nodes[node.index]; }
  ClientState<P>& operator[](ClientId client) { return clients[client.index]; }
  const ClientState<P>& operator[](ClientId client) const { return clients[client.index]; }

  /// Empties the world and keeps its memory.
  void clear() {
    now = {};
    node_count = 0;
    client_count = 0;
    nodes = {};
    clients = {};
    cut = {};
    in_flight.clear();
    writes.clear();
    held.clear();
    claims.clear();
  }

  bool operator==(const World&) const = default;
};

/// Equal worlds have equal hashes.
template <Protocol P>
std::uint64_t hash_of(const World<P>& world) {
  Hasher hasher;
  hasher.add(world.now.ticks);
  for (const NodeId id : world.node_ids()) {
    const NodeState<P>& state = world[id];
    hasher.add(state.node);
    hasher.add(state.disk);
    for (const ArmedTimer& timer : state.timers) {
      hasher.add(timer.is_armed);
      hasher.add(timer.earliest.ticks);
      hasher.add(timer.latest.ticks);
    }
    hasher.add(state.clock.base.ticks);
    hasher.add(state.clock.local_at_base.ticks);
    hasher.add(state.clock.rate);
    hasher.add(state.writes_issued);
    hasher.add(state.writes_finished);
    hasher.add(state.is_up);
    hasher.add(state.is_paused);
    hasher.add(state.crash_countdown);
    hasher.add(state.crash_writes_kept);
  }
  for (std::uint8_t i = 0; i < world.client_count; ++i) {
    const ClientState<P>& client = world.clients[i];
    hasher.add(client.request);
    hasher.add(client.is_waiting);
    hasher.add(client.attempts);
    hasher.add(client.answers);
    hasher.add(client.refusals);
  }
  hasher.add(world.cut);
  std::uint64_t packets = 0;  // a sum, because packets in flight have no order
  for (typename InFlight<P>::Slot slot = 0; slot < world.in_flight.slot_end(); ++slot) {
    if (world.in_flight.holds(slot)) {
      const Packet<P>& packet = world.in_flight[slot];
      Hasher one;
      one.add(packet.from);
      one.add(packet.to);
      one.add(packet.payload);
      packets += one.value();
    }
  }
  hasher.add(packets);
  for (const PendingWrite<P>& write : world.writes) {
    hasher.add(write.node);
    hasher.add(write.number);
    hasher.add(write.state);
  }
  for (const HeldPacket<P>& held : world.held) {
    hasher.add(held.node);
    hasher.add(held.write_number);
    hasher.add(held.packet.to);
    hasher.add(held.packet.payload);
  }
  for (const HeldClaim<P>& held : world.claims) {
    hasher.add(held.node);
    hasher.add(held.write_number);
    hasher.add(held.claim);
  }
  return hasher.value();
}

}  // namespace synod
