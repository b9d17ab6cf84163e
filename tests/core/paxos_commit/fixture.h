// One node of Paxos Commit on a table, and the clusters that its tests play in.
#pragma once

#include <cstdint>
#include <ostream>

#include "core/paxos_commit/node.h"
#include "tests/core/printing.h"
#include "tests/core/tested_node.h"

namespace synod::paxos_commit {

using synod::PrintTo;

inline void PrintTo(const Durable& state,  // NOLINT(readability-identifier-naming)
                    std::ostream* out) {
  *out << "vote=" << to_text(state.vote);
  for (std::uint8_t index = 0; index < node_count_max; ++index) {
    if (state.instances[index] != paxos::Durable{}) {
      *out << " [" << to_text(NodeId{index}) << ": ";
      PrintTo(state.instances[index], out);
      *out << "]";
    }
  }
}

inline constexpr NodeId n1{0};
inline constexpr NodeId n2{1};
inline constexpr NodeId n3{2};
inline constexpr NodeId n4{3};
inline constexpr ClientId c1{0};
inline constexpr ClientId c2{1};

inline Request request(ClientId client, OperationKind kind = OperationKind::write,
                       std::uint16_t number = 1) {
  return {{client, number}, {kind, kind == OperationKind::write ? Value{1} : Value{}}};
}
inline Answer answer(const Request& request, Decision decision) {
  return {request.id, {Outcome::chosen, value_of(decision)}};
}

/// Paxos Commit with all its rules: n1 coordinates, the others take part.
inline Config cluster_of(std::size_t node_count, std::size_t acceptor_count,
                         NodeSet refusing = {}) {
  Config config;
  config.transaction = Transaction::of(node_count, refusing);
  config.acceptors = QuorumSystem::majority(acceptor_count);
  return config;
}
/// n1, n2 and n3, all of them acceptors: F = 1.
inline Config cluster(NodeSet refusing = {}) { return cluster_of(3, 3, refusing); }

// What they say to one another of the instance of one participant.

inline Prepare prepare(NodeId participant, Ballot ballot) { return {participant, {ballot}}; }
inline Promise promise(NodeId participant, Ballot ballot, Vote vote = {}) {
  return {participant, {ballot, vote}};
}
inline Accept accept(NodeId participant, Ballot ballot, Value value) {
  return {participant, {ballot, value}};
}
inline Accepted accepted(NodeId participant, Ballot ballot, Value value) {
  return {participant, {ballot, value}};
}
inline Nack nack(NodeId participant, Ballot ballot, Ballot promised) {
  return {participant, {ballot, promised}};
}
inline constexpr Decide commit{Decision::commit};
inline constexpr Decide abort{Decision::abort};

using Tested = TestedNode<Protocol>;

/// n1, when it has asked for the votes.
inline Tested collecting(const Config& config = cluster()) {
  Tested node(config, n1);
  node.is_asked(request(c1));
  return node;
}
/// n3, when its time was over and it has sent Prepare in ballot 2.n3.
inline Tested leading(const Config& config = cluster(), NodeId self = n3) {
  Tested node(config, self);
  node.is_asked(request(c1));
  node.sees_fire(Timer::take_over);
  return node;
}

}  // namespace synod::paxos_commit
