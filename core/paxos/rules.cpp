#include "core/paxos/rules.h"

#include <algorithm>

namespace synod::paxos::rules {

Ballot next_ballot(const Durable& node, Ballot highest_heard, NodeId self) {
  const std::uint32_t own = std::max(node.promised.round, node.round_tried);
  return {std::max(own, highest_heard.round) + 1, self};
}

bool may_promise(const Durable& acceptor, Ballot ballot) { return ballot > acceptor.promised; }

Durable after_promise(Durable acceptor, Ballot ballot, Value /*value*/) {
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

Value value_to_repeat(Value proposed, Value /*own*/) { return proposed; }

bool may_accept(const Durable& acceptor, Ballot ballot, Value /*value*/) {
  return ballot >= acceptor.promised;
}

Durable after_accept(Durable acceptor, Ballot ballot, Value value) {
  acceptor.promised = ballot;
  acceptor.vote = {ballot, value};
  return acceptor;
}

void count_vote(Votes& heard, NodeId from, Vote vote) {
  if (vote.ballot >= heard[from.index].ballot) {
    heard[from.index] = vote;
  }
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

Vote vote_to_tell(const Durable& acceptor) { return acceptor.vote; }

Value value_read(const QuorumSystem& quorums, NodeSet heard_from, const Votes& reported) {
  for (const NodeId acceptor : heard_from) {
    const Vote vote = reported[acceptor.index];
    if (!vote.is_none() && is_chosen(quorums, reported, vote)) {
      return vote.value;
    }
  }
  return {};
}

Durable to_store(const Durable& state) { return state; }
Durable recovered(const Durable& stored) { return stored; }

Outcome outcome_of_giving_up(bool was_value_sent) {
  return was_value_sent ? Outcome::unknown : Outcome::not_chosen;
}

bool may_answer_nothing_chosen(bool was_asked_first) { return was_asked_first; }

Value value_to_answer(const Request& /*request*/, Value decision) { return decision; }

}  // namespace synod::paxos::rules
