// One Paxos node on a table: give it an input, then look at what it asked the world for.
#pragma once

#include "core/paxos/node.h"
#include "tests/core/printing.h"
#include "tests/core/tested_node.h"

namespace synod::paxos {

inline constexpr NodeId n1{0};
inline constexpr NodeId n2{1};
inline constexpr NodeId n3{2};
inline constexpr NodeId n4{3};
inline constexpr NodeId n5{4};
inline constexpr ClientId c1{0};
inline constexpr ClientId c2{1};
inline constexpr ClientId c3{2};
inline constexpr Value red{1};
inline constexpr Value blue{2};
inline constexpr Value green{3};

inline Request write(ClientId client, Value value, std::uint16_t number = 1) {
  return {{client, number}, {OperationKind::write, value}};
}
inline Request read(ClientId client, std::uint16_t number = 1) {
  return {{client, number}, {OperationKind::read, {}}};
}
inline Request quorum_read(ClientId client, std::uint16_t number = 1) {
  return {{client, number}, {OperationKind::quorum_read, {}}};
}
inline Answer answer(const Request& request, Outcome outcome, Value value = {}) {
  return {request.id, outcome, value};
}

/// Paxos, with all its rules.
inline Config cluster(const QuorumSystem& quorums, const Timing& timing = {}) {
  return {quorums, {}, timing};
}
inline Config cluster_of(std::size_t node_count) {
  return cluster(QuorumSystem::majority(node_count));
}

/// n1 of a cluster of three, unless told otherwise.
class TestedNode : public synod::TestedNode<Protocol> {
 public:
  explicit TestedNode(const Config& config = cluster_of(3), NodeId self = n1,
                      const Durable& disk = {})
      : synod::TestedNode<Protocol>(config, self, disk) {}
};

}  // namespace synod::paxos
