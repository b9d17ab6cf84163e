// The world is a value: everything that a run's future depends on, in one struct that can be
// copied, compared and hashed. A copy continues exactly as the original does.
//
// Only `Engine::apply` changes a world.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "core/fields.h"
#include "core/ids.h"
#include "core/per_id.h"
#include "sim/clock.h"
#include "sim/hash.h"
#include "sim/packet.h"
#include "sim/protocol.h"
#include "sim/time.h"
#include "sim/world/step.h"

namespace synod {

/// A timer fires at a moment between these two, by its node's clock. Which one is the schedule's
/// choice.
struct ArmedTimer {
  bool is_armed = false;
  LocalTime earliest;
  LocalTime latest;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("is_armed", self.is_armed);
    visit("earliest", self.earliest);
    visit("latest", self.latest);
  }
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
  /// The number that it has asked for is to be below this; 0: it has asked for none.
  [[no_unique_address]] std::conditional_t<asks_for_luck<P>, std::uint32_t, None> luck_below{};
  static constexpr void fields(auto& self, auto&& visit) {
    visit("node", self.node);
    visit("disk", self.disk);
    visit("timers", self.timers);
    visit("clock", self.clock);
    visit("writes_issued", self.writes_issued);
    visit("writes_finished", self.writes_finished);
    visit("is_up", self.is_up);
    visit("is_paused", self.is_paused);
    visit("crash_countdown", self.crash_countdown);
    visit("crash_writes_kept", self.crash_writes_kept);
    visit("luck_below", self.luck_below);
  }
  bool operator==(const NodeState&) const = default;
};

/// The node waits for a number that it has asked for.
template <Protocol P>
bool waits_for_luck(const NodeState<P>& state) {
  if constexpr (asks_for_luck<P>) {
    return state.luck_below != 0;
  } else {
    return false;
  }
}

template <Protocol P>
struct ClientState {
  RequestFor<P> request;    ///< the latest
  bool is_waiting = false;  ///< for its answer
  std::uint16_t attempts = 0;
  /// That settle nothing: not chosen, unknown. Invariant: fewer than `attempts` while it waits.
  std::uint16_t answers = 0;
  std::uint16_t refusals = 0;  ///< of those, the definite ones
  static constexpr void fields(auto& self, auto&& visit) {
    visit("request", self.request);
    visit("is_waiting", self.is_waiting);
    visit("attempts", self.attempts);
    visit("answers", self.answers);
    visit("refusals", self.refusals);
  }
  bool operator==(const ClientState&) const = default;
};

template <Protocol P>
struct PendingWrite {
  NodeId node;
  std::uint32_t number = 0;
  WriteOf<P> state{};
  static constexpr void fields(auto& self, auto&& visit) {
    visit("node", self.node);
    visit("number", self.number);
    visit("state", self.state);
  }
  bool operator==(const PendingWrite&) const = default;
};

/// A message that waits until write `number` of its sender is durable.
template <Protocol P>
struct HeldPacket {
  NodeId node;
  std::uint32_t write_number = 0;
  Packet<P> packet;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("node", self.node);
    visit("write_number", self.write_number);
    visit("packet", self.packet);
  }
  bool operator==(const HeldPacket&) const = default;
};

/// What a node claims once write `number` of it is durable: to know something, or to have applied
/// an entry.
template <Protocol P>
struct HeldClaim {
  NodeId node;
  std::uint32_t write_number = 0;
  std::variant<LearntOf<P>, EntryOf<P>> claim;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("node", self.node);
    visit("write_number", self.write_number);
    visit("claim", self.claim);
  }
  bool operator==(const HeldClaim&) const = default;
};

template <Protocol P>
struct World {
  Time now;
  std::uint8_t node_count = 0;
  std::uint8_t client_count = 0;
  PerNode<NodeState<P>> nodes{};
  PerClient<ClientState<P>> clients{};
  Cuts cut{};
  InFlight<P> in_flight;
  std::vector<PendingWrite<P>> writes;  ///< in the order of issue
  std::vector<HeldPacket<P>> held;      ///< in the order of sending
  std::vector<HeldClaim<P>> claims;     ///< in the order in which they were made
  /// What each disk held before its latest change. Empty in a run in which no step asks for it,
  /// which then costs nothing.
  std::vector<typename P::Durable> older_disks;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("now", self.now);
    visit("node_count", self.node_count);
    visit("client_count", self.client_count);
    visit("nodes", self.nodes);
    visit("clients", self.clients);
    visit("cut", self.cut);
    visit("in_flight", self.in_flight);
    visit("writes", self.writes);
    visit("held", self.held);
    visit("claims", self.claims);
    visit("older_disks", self.older_disks);
  }

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
  NodeState<P>& operator[](NodeId node) { return nodes[node]; }
  const NodeState<P>& operator[](NodeId node) const { return nodes[node]; }
  ClientState<P>& operator[](ClientId client) { return clients[client]; }
  const ClientState<P>& operator[](ClientId client) const { return clients[client]; }

  /// Empties the world and keeps its memory.
  void clear() {
    fields(*this, [](std::string_view, auto& member) {
      if constexpr (requires { member.clear(); }) {
        member.clear();
      } else {
        member = {};
      }
    });
  }

  bool operator==(const World&) const = default;
};

/// Equal worlds have equal hashes. Of nodes and clients, those that there are.
template <Protocol P>
std::uint64_t hash_of(const World<P>& world) {
  expect_fields_cover<World<P>>();
  Hasher hasher;
  World<P>::fields(world, [&]<class Member>(std::string_view, const Member& member) {
    if constexpr (std::same_as<Member, PerNode<NodeState<P>>>) {
      for (const NodeId node : world.node_ids()) {
        hasher.add(member[node]);
      }
    } else if constexpr (std::same_as<Member, PerClient<ClientState<P>>>) {
      for (std::uint8_t i = 0; i < world.client_count; ++i) {
        hasher.add(member[ClientId{i}]);
      }
    } else {
      hasher.add(member);
    }
  });
  return hasher.value();
}

}  // namespace synod
