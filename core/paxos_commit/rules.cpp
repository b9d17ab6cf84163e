#include "core/paxos_commit/rules.h"

#include <algorithm>

namespace synod::paxos_commit::rules {

Value vote(const Transaction& transaction, NodeId participant) {
  return transaction.can_commit(participant) ? commit_value : abort_value;
}

Ballot first_ballot(NodeId participant) { return {1, participant}; }

Ballot take_over_ballot(const paxos::Rules& paxos, Ballot highest_seen, NodeId self) {
  // What the node itself has promised is part of `highest_seen`.
  return paxos.next_ballot({}, std::max(highest_seen, first_ballot(self)), self);
}

Value value_for_free_instance() { return abort_value; }

Decision decision(const Transaction& transaction, const ChosenValues& chosen) {
  bool is_commit = true;
  for (const NodeId participant : transaction.participants) {
    if (chosen[participant.index] == abort_value) {
      return Decision::abort;
    }
    is_commit = is_commit && chosen[participant.index] == commit_value;
  }
  return is_commit ? Decision::commit : Decision::none;
}

Decision decision_at_time_out() { return Decision::none; }

Durable to_store(const Durable& state) { return state; }
Durable recovered(const Durable& stored) { return stored; }

}  // namespace synod::paxos_commit::rules
