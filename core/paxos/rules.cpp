#include "core/paxos/rules.h"

namespace synod::paxos::rules {

Ballot next_ballot(Ballot highest_seen, NodeId self) { return {highest_seen.round + 1, self}; }

bool may_promise(const Durable& acceptor, Ballot ballot) { return ballot > acceptor.promised; }

Durable after_promise(Durable acceptor, Ballot ballot) {
  acceptor.promised = ballot;
  return acceptor;
}

Vote vote_to_report(const Durable& acceptor) { return acceptor.vote; }

bool is_reply_to(Ballot current, Ballot replied) { return replied == current; }

NodeSet count_promise(NodeSet promised_by, NodeId from) {
  promised_by.insert(from);
  return promised_by;
}

bool is_phase1_quorum(const QuorumSystem& quorums, NodeSet promised_by) {
  return quorums.is_phase1_quorum(promised_by);
}

Value value_to_propose(NodeSet promised_by, const Votes& reported, Value own) {
  Vote highest;
  for (const NodeId acceptor : promised_by) {
    if (reported[acceptor.index].ballot > highest.ballot) {
      highest = reported[acceptor.index];
    }
  }
  return highest.is_none() ? own : highest.value;
}

bool may_accept(const Durable& acceptor, Ballot ballot, Value /*value*/) {
  return ballot >= acceptor.promised;
}

Durable after_accept(Durable acceptor, Ballot ballot, Value value) {
  acceptor.promised = ballot;
  acceptor.vote = {ballot, value};
  return acceptor;
}

bool is_chosen(const QuorumSystem& quorums, const Votes& heard, Vote vote) {
  NodeSet voters;
  for (const NodeId acceptor : quorums.nodes()) {
    if (heard[acceptor.index] == vote) {
      voters.insert(acceptor);
    }
  }
  return quorums.is_phase2_quorum(voters);
}

Durable to_store(const Durable& state) { return state; }
Durable recovered(const Durable& stored) { return stored; }

Outcome outcome_of_giving_up(bool was_value_sent) {
  return was_value_sent ? Outcome::unknown : Outcome::not_chosen;
}

}  // namespace synod::paxos::rules
