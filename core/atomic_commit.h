// Atomic commit: what two-phase commit, three-phase commit and Paxos Commit have in common.
//
// One transaction. Node n1 coordinates it at first, every other node is a participant, and each of
// them votes: yes, it can commit, or no. All are to come to one decision, and it is to be commit
// only if all voted yes (Bernstein, Hadzilacos and Goodman, "Concurrency Control and Recovery in
// Database Systems", 7.3; in short BHG). That is not consensus: here a single no is a veto.
//
// Clients ask any node to have the transaction done and are told `Outcome::chosen` with one of the
// two values below.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/ids.h"
#include "core/value.h"

namespace synod {

enum class Decision : std::uint8_t { none, commit, abort };

/// A decision as a value, for answers and for what a node has learned.
inline constexpr Value abort_value{UINT32_MAX - 1};
inline constexpr Value commit_value{UINT32_MAX};

constexpr Value value_of(Decision decision) {
  switch (decision) {
    case Decision::commit:
      return commit_value;
    case Decision::abort:
      return abort_value;
    case Decision::none:
      break;
  }
  return {};
}
constexpr Decision decision_of(Value value) {
  return value == commit_value  ? Decision::commit
         : value == abort_value ? Decision::abort
                                : Decision::none;
}

/// Who takes part in the transaction.
struct Transaction {
  NodeId coordinator;  ///< the first one; always n1
  NodeSet participants;
  NodeSet refusing;  ///< the participants that vote no; what a vote depends on is not our business

  static constexpr Transaction of(std::size_t node_count, NodeSet refusing = {}) {
    const NodeSet participants = NodeSet::first(node_count) - NodeSet::only({0});
    return {{0}, participants, refusing & participants};
  }
  [[nodiscard]] constexpr NodeSet nodes() const {
    return participants | NodeSet::only(coordinator);
  }
  [[nodiscard]] constexpr bool can_commit(NodeId participant) const {
    return !refusing.contains(participant);
  }
};

}  // namespace synod
