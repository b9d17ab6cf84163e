// What the tests of the properties of Paxos share: planted faults, searched for over many seeds,
// and a witness that is told of a run by hand.
#pragma once

#include <fmt/format.h>

#include <optional>
#include <string>
#include <string_view>

#include "tests/sim/sim_testing.h"

namespace synod::paxos_testing {

using namespace sim_testing;
using paxos::Durable;
using paxos::Rules;
using paxos::Votes;
using paxos::Witness;

/// The first finding of this property in the runs with the seeds 0 … `seeds_max`; none if there is
/// none.
inline std::optional<Finding> find_violation(const Rules& rules, std::string_view property,
                                             std::uint64_t seeds_max) {
  RandomRun run;
  for (std::uint64_t seed = 0; seed < seeds_max; ++seed) {
    run.run(seed, rules);
    if (run.witness.findings().has_any() && run.witness.findings().first().property == property) {
      return run.witness.findings().first();
    }
  }
  return std::nullopt;
}

/// The first finding of any property, with its seed; empty if there is none.
inline std::string find_any_violation(const Rules& rules, std::uint64_t seeds_max) {
  RandomRun run;
  for (std::uint64_t seed = 0; seed < seeds_max; ++seed) {
    run.run(seed, rules);
    if (run.witness.findings().has_any()) {
      const Finding& finding = run.witness.findings().first();
      return fmt::format("seed {}: {}: {}", seed, finding.property, finding.text);
    }
  }
  return {};
}

/// A witness that hears what the engine would report of three nodes, event by event. Each function
/// is one thing that happens.
class Told {
 public:
  explicit Told(std::size_t node_count = 3) {
    world_.node_count = static_cast<std::uint8_t>(node_count);
    witness.start(QuorumSystem::majority(node_count));
  }

  void ask(ClientId client, std::uint16_t number, Value value) {
    witness.on(world_, Called<paxos::Protocol>{write_of(client, number, value)});
  }
  void ask_for_read(ClientId client, std::uint16_t number) {
    witness.on(world_, Called<paxos::Protocol>{read_of(client, number)});
  }
  void send(NodeId from, NodeId to, const paxos::Message& message, bool is_duplicate = false) {
    const Packet<P> sent = packet(from, to, message);
    witness.on(world_, Sent<P>{0, sent, is_duplicate});
  }
  void deliver(NodeId from, NodeId to, const paxos::Message& message) {
    const Packet<P> delivered = packet(from, to, message);
    witness.on(world_, Delivered<P>{0, delivered});
  }
  /// `node` writes down a vote that it was asked for; nobody heard the proposer say so.
  void store_vote_unproposed(NodeId node, Vote vote) {
    deliver(vote.ballot.node, node, paxos::Accept{vote.ballot, vote.value});
    store(node, {vote.ballot, vote, 0});
  }
  void store(NodeId node, const Durable& state) {
    const Durable before = world_[node].disk;
    world_[node].disk = state;
    witness.on(world_, Stored<P>{node, before, state});
  }
  void prepare(Ballot ballot) { send(ballot.node, n1, paxos::Prepare{ballot, red}); }
  /// `acceptor` writes its promise down, and its promise arrives.
  void promise(NodeId acceptor, Ballot ballot, Vote vote = {}) {
    Durable state = world_[acceptor].disk;
    state.promised = std::max(state.promised, ballot);
    store(acceptor, state);
    send(acceptor, ballot.node, paxos::Promise{ballot, vote});
    deliver(acceptor, ballot.node, paxos::Promise{ballot, vote});
  }
  void propose(Ballot ballot, Value value) { send(ballot.node, n1, paxos::Accept{ballot, value}); }
  /// `acceptor` writes its vote down, and says so.
  void vote(NodeId acceptor, Vote vote) {
    deliver(vote.ballot.node, acceptor, paxos::Accept{vote.ballot, vote.value});
    store(acceptor, {vote.ballot, vote, 0});
    send(acceptor, vote.ballot.node, paxos::Accepted{vote.ballot, vote.value});
  }
  void learn(NodeId node, Value value) {
    witness.on(world_, Learned<paxos::Protocol>{node, value});
  }
  void restart(NodeId node) { witness.on(world_, Restarted{node}); }
  void answer(NodeId node, const Answer& answer) {
    const Packet<P> sent = packet(node, answer);
    witness.on(world_, Sent<P>{0, sent, false});
  }
  void conclude(const Request& request, Outcome outcome, Value value = {}) {
    witness.on(world_, Returned<paxos::Protocol>{request, {outcome, value}});
  }
  void break_assertion(NodeId node, const char* invariant) {
    witness.on(world_, Broken{node, invariant});
  }
  /// n1 and n2 promise and vote in this ballot.
  void choose(Ballot ballot, Value value) {
    promise(n1, ballot);
    promise(n2, ballot);
    propose(ballot, value);
    vote(n1, {ballot, value});
    vote(n2, {ballot, value});
  }

  /// "property: text" of the first finding; empty when all is well.
  [[nodiscard]] std::string finding() const {
    const Findings& findings = witness.findings();
    return findings.has_any()
               ? fmt::format("{}: {}", findings.first().property, findings.first().text)
               : std::string();
  }

  Witness witness;

 private:
  World<P> world_;
};

inline constexpr Ballot b1{1, n1};
inline constexpr Ballot b2{2, n2};
inline constexpr Ballot b3{3, n3};

}  // namespace synod::paxos_testing
