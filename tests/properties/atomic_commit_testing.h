// What the tests of the properties of atomic commit share: a witness that is told of a run by hand.
#pragma once

#include <fmt/format.h>

#include <string>

#include "properties/atomic_commit/paxos_commit.h"
#include "properties/atomic_commit/three_phase_commit.h"
#include "properties/atomic_commit/two_phase_commit.h"
#include "properties/atomic_commit/witness.h"

namespace synod::atomic_commit_testing {

using atomic_commit::PaxosCommitWords;
using atomic_commit::ThreePhaseCommitWords;
using atomic_commit::TwoPhaseCommitWords;

inline constexpr NodeId n1{0};
inline constexpr NodeId n2{1};
inline constexpr NodeId n3{2};
inline constexpr ClientId c1{0};

inline constexpr Duration delay_max{10};
inline constexpr Duration disk_max{2};

/// A witness that hears what the engine would report of a transaction, event by event. Each
/// function is one thing that happens.
template <class Words>
class Told {
 public:
  using P = typename Words::Protocol;
  using Slot = typename InFlight<P>::Slot;

  explicit Told(std::size_t node_count = 3, NodeSet refusing = {}) {
    world.node_count = static_cast<std::uint8_t>(node_count);
    for (const NodeId node : world.node_ids()) {
      world[node].is_up = true;
    }
    witness.start(Transaction::of(node_count, refusing), delay_max, disk_max);
  }

  void wait(std::uint64_t ticks) { world.now = world.now + Duration{ticks}; }

  Slot send(Endpoint from, Endpoint to, const typename Packet<P>::Payload& payload) {
    const Slot slot = world.in_flight.insert({from, to, payload});
    witness.on(world, Sent<P>{slot, world.in_flight[slot], false});
    return slot;
  }
  Slot send(NodeId from, NodeId to, const typename P::Message& message) {
    return send(Endpoint::of(from), Endpoint::of(to), message);
  }
  Slot duplicate(Slot original) {
    const Packet<P> packet = world.in_flight[original];
    const Slot slot = world.in_flight.insert(packet);
    witness.on(world, Sent<P>{slot, world.in_flight[slot], true});
    return slot;
  }
  void deliver(Slot slot) {
    const Packet<P> packet = world.in_flight[slot];
    world.in_flight.erase(slot);
    witness.on(world, Delivered<P>{slot, packet});
    apply(DeliverStep<P>{{packet, {slot}}});
  }
  void drop(Slot slot) {
    const Packet<P> packet = world.in_flight[slot];
    world.in_flight.erase(slot);
    apply(DropStep<P>{{packet, {slot}}});
  }
  void apply(const Action<P>& action) {
    const Step<P> step{world.now, action};
    witness.on(world, Applied<P>{step});
  }
  void answer(NodeId node, Outcome outcome, Value value = {}) {
    send(Endpoint::of(node), Endpoint::of(c1), Answer{{c1, 1}, outcome, value});
  }
  void issue_write(NodeId node) {
    witness.on(world, WriteIssued{node, ++world[node].writes_issued});
  }
  void finish_write(NodeId node) { apply(FinishWriteStep{node}); }
  void store(NodeId node, const typename P::Durable& state) {
    const typename P::Durable before = world[node].disk;
    world[node].disk = state;
    witness.on(world, Stored<P>{node, before, state});
  }
  void learn(NodeId node, Decision decision) {
    witness.on(world, Learned<P>{node, value_of(decision)});
  }
  void fire(NodeId node, typename P::Timer timer) { witness.on(world, TimerFired<P>{node, timer}); }
  void crash(NodeId node) {
    world[node].is_up = false;
    witness.on(world, Crashed{.node = node});
  }
  void restart(NodeId node) {
    world[node].is_up = true;
    witness.on(world, Restarted{node});
  }
  void skew(NodeId node) { witness.on(world, Skewed{node}); }

  /// "property: text" of the first finding; empty when all is well.
  [[nodiscard]] std::string finding() const {
    const Findings& findings = witness.findings();
    return findings.has_any()
               ? fmt::format("{}: {}", findings.first().property, findings.first().text)
               : std::string();
  }

  World<P> world;
  atomic_commit::Witness<Words> witness;
};

/// Two-phase commit, in its own words.
class ToldOfTwoPhases : public Told<TwoPhaseCommitWords> {
 public:
  using Told::Told;
  void vote_yes(NodeId node) { send(node, n1, two_phase_commit::VoteYes{}); }
  void vote_no(NodeId node) { send(node, n1, two_phase_commit::VoteNo{}); }
  void all_vote_yes() {
    for (const NodeId node : witness.history().transaction().participants) {
      vote_yes(node);
    }
  }
  void tell(NodeId from, NodeId to, Decision decision) {
    send(from, to, two_phase_commit::Decide{decision});
  }
};

}  // namespace synod::atomic_commit_testing
