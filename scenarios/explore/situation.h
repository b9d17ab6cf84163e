// A situation: a world, what its witness remembers, and what of the bounds is spent. As bytes, it
// is a state of an exhaustive search.
//
// Left away is what no future depends on: the time (but for how far off timers are, where time-outs
// tell the truth), the numbers of writes, and the slots of packets.
#pragma once

#include <algorithm>
#include <array>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/fields.h"
#include "scenarios/explore/bounds.h"
#include "scenarios/explore/state_bytes.h"
#include "sim/world/world.h"

namespace synod {

struct Spent {
  std::uint8_t timeouts = 0;
  std::uint8_t crashes = 0;
  std::uint8_t restarts = 0;
  std::uint8_t losses = 0;
  std::uint8_t duplicates = 0;
  std::uint8_t cuts = 0;
  std::uint8_t abandons = 0;
  std::uint8_t retries = 0;
  std::uint8_t failed_writes = 0;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("timeouts", self.timeouts);
    visit("crashes", self.crashes);
    visit("restarts", self.restarts);
    visit("losses", self.losses);
    visit("duplicates", self.duplicates);
    visit("cuts", self.cuts);
    visit("abandons", self.abandons);
    visit("retries", self.retries);
    visit("failed_writes", self.failed_writes);
  }
};

/// Every member of a world has its place here, where situations are copied, written and read: one
/// that is new does not compile until somebody has said what becomes of it.
///
/// Left away are `now` (the time); `node_count` and `client_count`, the same in all states of a
/// search; of a node, `clock` (clocks are true), `is_paused` (nobody is), `writes_issued` and
/// `writes_finished` (only how far a write is behind the finished ones is written); `older_disks`,
/// which are kept only where a step can ask for them, and no search takes such a step.
template <Protocol P>
constexpr bool has_every_member_its_place() {
  return are_fields_of<World<P>>("now", "node_count", "client_count", "nodes", "clients", "cut",
                                 "in_flight", "writes", "held", "claims", "older_disks") &&
         are_fields_of<NodeState<P>>("node", "disk", "timers", "clock", "writes_issued",
                                     "writes_finished", "is_up", "is_paused", "crash_countdown",
                                     "crash_writes_kept", "luck_below") &&
         are_fields_of<ClientState<P>>("request", "is_waiting", "attempts", "answers",
                                       "refusals") &&
         are_fields_of<ArmedTimer>("is_armed", "earliest", "latest") &&
         are_fields_of<PendingWrite<P>>("node", "number", "state") &&
         are_fields_of<HeldPacket<P>>("node", "write_number", "packet") &&
         are_fields_of<HeldClaim<P>>("node", "write_number", "claim") &&
         are_fields_of<Packet<P>>("from", "to", "message");
}

template <Protocol P, class Witness>
struct Situation {
  static_assert(has_every_member_its_place<P>());
  using Slot = typename InFlight<P>::Slot;

  World<P> world;
  Witness witness;
  Spent spent;
  NodeSet learned;          ///< who knows the decision
  std::vector<Slot> order;  ///< of the packets in flight, the first sent first

  /// Keeps its memory.
  void assign(const Situation& other) {
    const std::size_t node_count = other.world.node_count;
    world.now = other.world.now;
    world.node_count = other.world.node_count;
    world.client_count = other.world.client_count;
    std::copy_n(other.world.nodes.begin(), node_count, world.nodes.begin());
    world.clients = other.world.clients;
    world.cut = other.world.cut;
    world.in_flight = other.world.in_flight;
    world.writes = other.world.writes;
    world.held = other.world.held;
    world.claims = other.world.claims;
    witness = other.witness;
    spent = other.spent;
    learned = other.learned;
    order = other.order;
  }
};

/// Writes situations, and reads what was written without renaming.
template <Protocol P, class Witness>
class SituationBytes {
 public:
  using Some = Situation<P, Witness>;
  using Slot = typename Some::Slot;

  SituationBytes(std::size_t node_count, std::size_t client_count, const ExploreBounds& bounds)
      : node_count_(static_cast<std::uint8_t>(node_count)),
        client_count_(static_cast<std::uint8_t>(client_count)),
        bounds_(bounds) {}

  /// Of the nodes in `as_read`, the bytes are those that the latest `read` came upon.
  template <bool Renames>
  void write(const Some& some, const Renaming& renaming, NodeSet as_read, ByteBuffer& bytes) const {
    write_all_but_witness<Renames>(some, renaming, as_read, bytes);
    StateWriter<Renames>(bytes, node_count_, renaming).add(some.witness);
  }
  /// And puts the packets of `some` in the order in which they are written, which is that in which
  /// `read` gives them.
  void write_and_sort(Some& some, NodeSet as_read, ByteBuffer& bytes) {
    write_all_but_witness<false>(some, Renaming::none(), as_read, bytes);
    if (!bytes.places.empty()) {
      order_.clear();
      for (const std::size_t place : bytes.places) {
        order_.push_back(some.order[place]);
      }
      some.order.swap(order_);
    }
    StateWriter<false>(bytes, node_count_, Renaming::none()).add(some.witness);
  }
  template <bool Renames>
  void write_all_but_witness(const Some& some, const Renaming& renaming, NodeSet as_read,
                             ByteBuffer& bytes) const {
    StateWriter<Renames> writer(bytes, node_count_, renaming);
    writer.add(some.spent);
    writer.add(some.learned);
    for (std::uint8_t i = 0; i < node_count_; ++i) {
      const NodeId node{renaming.nodes.from[i]};
      if (as_read.contains(node)) {
        writer.add_written(nodes_read_[node.index]);
      } else {
        write_node(writer, some, node, renaming);
      }
    }
    for (std::uint8_t i = 0; i < client_count_; ++i) {
      write_client(writer, some.world.clients[renaming.clients.from[i]]);
    }
    write_cuts(writer, some.world, renaming);
    write_packets(writer, some, renaming, bytes);
  }

  /// `some` has a fresh witness, or one that was read before. The bytes must live until the next.
  void read(std::string_view bytes, Some& some) {
    StateReader reader(bytes, node_count_);
    World<P>& world = some.world;
    world.now = {};
    world.node_count = node_count_;
    world.client_count = client_count_;
    world.writes.clear();
    world.held.clear();
    world.claims.clear();
    world.in_flight.clear();
    some.order.clear();
    reader.read(some.spent);
    reader.read(some.learned);
    for (const NodeId node : world.node_ids()) {
      const std::size_t begin = reader.position();
      read_node(reader, world, node);
      nodes_read_[node.index] = bytes.substr(begin, reader.position() - begin);
    }
    for (std::uint8_t i = 0; i < client_count_; ++i) {
      read_client(reader, world.clients[i]);
    }
    read_cuts(reader, world);
    for (auto left = reader.number(); left > 0; --left) {
      some.order.push_back(world.in_flight.insert(read_packet(reader)));
    }
    reader.read(some.witness);
    if constexpr (requires { some.witness.begin_now(world); }) {
      some.witness.begin_now(world);
    }
  }

 private:
  /// Where something stands in a queue, and what comes before its place there.
  struct Queued {
    std::uint32_t first = 0;
    std::uint32_t second = 0;
    std::size_t place = 0;
    auto operator<=>(const Queued&) const = default;
  };

  template <class Writer>
  void write_node(Writer& writer, const Some& some, NodeId id, const Renaming& renaming) const {
    const NodeState<P>& state = some.world[id];
    const bool has_claims = std::any_of(some.world.claims.begin(), some.world.claims.end(),
                                        [&](const HeldClaim<P>& one) { return one.node == id; });
    writer.add(std::uint64_t{(state.is_up ? 1U : 0U) | (state.crash_countdown >= 0 ? 2U : 0U) |
                             (has_claims ? 4U : 0U)});
    if (state.crash_countdown >= 0) {
      writer.add(static_cast<std::uint64_t>(state.crash_countdown));
      writer.add(state.crash_writes_kept);
    }
    writer.add(state.disk);
    if (state.is_up) {
      writer.add(state.node);
      writer.add(state.luck_below);
      write_timers(writer, some.world, state);
      write_disk_queue(writer, some.world, id, renaming);
    }
    if (has_claims) {
      write_claims(writer, some.world, id);
    }
  }
  void read_node(StateReader& reader, World<P>& world, NodeId id) const {
    NodeState<P>& state = world[id];
    state = {};
    const auto flags = reader.number();
    state.is_up = (flags & 1U) != 0;
    if ((flags & 2U) != 0) {
      state.crash_countdown = static_cast<std::int16_t>(reader.number());
      reader.read(state.crash_writes_kept);
    }
    reader.read(state.disk);
    if (state.is_up) {
      reader.read(state.node);
      reader.read(state.luck_below);
      read_timers(reader, state);
      read_disk_queue(reader, world, id);
    }
    if ((flags & 4U) != 0) {
      read_claims(reader, world, id);
    }
  }

  template <class Writer>
  void write_timers(Writer& writer, const World<P>& world, const NodeState<P>& state) const {
    static_assert(P::timer_count <= 64);
    std::uint64_t armed = 0;
    for (std::size_t i = 0; i < P::timer_count; ++i) {
      armed |= (state.timers[i].is_armed ? 1ULL : 0ULL) << i;
    }
    writer.add(armed);
    if (bounds_.timeouts == Timeouts::truth) {
      const auto ahead = [&](LocalTime local) {  // clocks are true
        const auto now = static_cast<std::int64_t>(world.now.ticks);
        return static_cast<std::uint64_t>(std::max(local.ticks - now, std::int64_t{0}));
      };
      for (const ArmedTimer& timer : state.timers) {
        if (timer.is_armed) {
          writer.add(ahead(timer.earliest));
          writer.add(ahead(timer.latest));
        }
      }
    }
  }
  void read_timers(StateReader& reader, NodeState<P>& state) const {
    const auto armed = reader.number();
    for (std::size_t i = 0; i < P::timer_count; ++i) {
      ArmedTimer& timer = state.timers[i];
      timer.is_armed = (armed >> i & 1U) != 0;
      if (timer.is_armed && bounds_.timeouts == Timeouts::truth) {
        timer.earliest.ticks = static_cast<std::int64_t>(reader.number());
        timer.latest.ticks = static_cast<std::int64_t>(reader.number());
      }
    }
  }

  /// The node's unfinished writes, and what waits for each.
  template <class Writer>
  void write_disk_queue(Writer& writer, const World<P>& world, NodeId id,
                        const Renaming& renaming) const {
    std::uint64_t write_count = 0;
    for (const PendingWrite<P>& write : world.writes) {
      write_count += write.node == id ? 1U : 0U;
    }
    writer.add(write_count);
    for (const PendingWrite<P>& write : world.writes) {
      if (write.node == id) {
        writer.add(write.state);
      }
    }
    std::vector<Queued> queue;
    for (std::size_t i = 0; i < world.held.size(); ++i) {
      const HeldPacket<P>& held = world.held[i];
      if (held.node == id) {
        // What waits for one write leaves all at once, so its order counts only on each link; but
        // not where a crash may come between.
        const bool is_by_link = bounds_.crash_effects_max == 0;
        queue.push_back({held.write_number, is_by_link ? named(held.packet.to, renaming) : 0U, i});
      }
    }
    std::sort(queue.begin(), queue.end());
    writer.add(queue.size());
    for (const Queued& queued : queue) {
      const HeldPacket<P>& held = world.held[queued.place];
      writer.add(held.write_number - world[id].writes_finished);
      write_packet(writer, held.packet);
    }
  }
  static void read_disk_queue(StateReader& reader, World<P>& world, NodeId id) {
    const auto write_count = static_cast<std::uint32_t>(reader.number());
    for (std::uint32_t number = 1; number <= write_count; ++number) {
      PendingWrite<P>& write = world.writes.emplace_back();
      write.node = id;
      write.number = number;
      reader.read(write.state);
    }
    world[id].writes_issued = write_count;
    for (auto left = reader.number(); left > 0; --left) {
      HeldPacket<P>& held = world.held.emplace_back();
      held.node = id;
      reader.read(held.write_number);
      held.packet = read_packet(reader);
    }
  }

  /// What waits for its writes to be claimed.
  template <class Writer>
  static void write_claims(Writer& writer, const World<P>& world, NodeId id) {
    const auto is_own = [&](const HeldClaim<P>& one) { return one.node == id; };
    writer.add(static_cast<std::uint64_t>(
        std::count_if(world.claims.begin(), world.claims.end(), is_own)));
    for (const HeldClaim<P>& held : world.claims) {
      if (is_own(held)) {
        writer.add(held.write_number - world[id].writes_finished);
        writer.add(held.claim);
      }
    }
  }
  static void read_claims(StateReader& reader, World<P>& world, NodeId id) {
    for (auto left = reader.number(); left > 0; --left) {
      HeldClaim<P>& held = world.claims.emplace_back();
      held.node = id;
      reader.read(held.write_number);
      reader.read(held.claim);
    }
  }

  template <class Writer>
  static void write_client(Writer& writer, const ClientState<P>& client) {
    writer.add(client.request.id.number);
    if (client.request.id.number != 0) {
      writer.add(client.request);
      writer.add(client.is_waiting);
      writer.add(client.attempts);
      writer.add(client.answers);
      writer.add(client.refusals);
    }
  }
  static void read_client(StateReader& reader, ClientState<P>& client) {
    client = {};
    if (reader.number() != 0) {
      reader.read(client.request);
      reader.read(client.is_waiting);
      reader.read(client.attempts);
      reader.read(client.answers);
      reader.read(client.refusals);
    }
  }

  template <class Writer>
  void write_cuts(Writer& writer, const World<P>& world, const Renaming& renaming) const {
    if (bounds_.cuts_max > 0) {
      for (std::uint8_t i = 0; i < node_count_; ++i) {
        writer.add(world.cut[renaming.nodes.from[i]]);
      }
    }
  }
  void read_cuts(StateReader& reader, World<P>& world) const {
    world.cut = {};
    if (bounds_.cuts_max > 0) {
      for (const NodeId node : world.node_ids()) {
        reader.read(world.cut[node.index]);
      }
    }
  }

  template <class Writer>
  void write_packets(Writer& writer, const Some& some, const Renaming& renaming,
                     ByteBuffer& bytes) const {
    const InFlight<P>& in_flight = some.world.in_flight;
    if (bounds_.network != Network::ordered) {
      writer.add_unordered(
          some.order.size(), [&](std::size_t i) { write_packet(writer, in_flight[some.order[i]]); },
          bounds_.network == Network::set);
      return;
    }
    std::vector<Queued> queue;  // by link, each in the order of sending
    for (std::size_t i = 0; i < some.order.size(); ++i) {
      const Packet<P>& packet = in_flight[some.order[i]];
      queue.push_back({named(packet.from, renaming), named(packet.to, renaming), i});
    }
    std::sort(queue.begin(), queue.end());
    writer.add(queue.size());
    bytes.places.clear();
    for (const Queued& queued : queue) {
      write_packet(writer, in_flight[some.order[queued.place]]);
      bytes.places.push_back(queued.place);
    }
  }

  static std::uint32_t named(Endpoint end, const Renaming& renaming) {
    return end.is_node() ? renaming.nodes.to[end.index]
                         : Endpoint::of(ClientId{renaming.clients.to[end.client().index]}).index;
  }
  static void write_packet(auto& writer, const Packet<P>& packet) {
    writer.add(packet.from);
    writer.add(packet.to);
    writer.add(packet.payload);
  }
  static Packet<P> read_packet(StateReader& reader) {
    Packet<P> packet;
    reader.read(packet.from);
    reader.read(packet.to);
    reader.read(packet.payload);
    return packet;
  }

  std::uint8_t node_count_;
  std::uint8_t client_count_;
  ExploreBounds bounds_;
  std::array<std::string_view, node_count_max> nodes_read_{};
  std::vector<Slot> order_;
};

}  // namespace synod
