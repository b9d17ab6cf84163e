// The decisions on which the safety of Paxos rests. Everything else in this folder is plumbing.
//
// Each is a small pure function that cites its source: PMS is Lamport, "Paxos Made Simple" (2001).
// A node asks them through the table `Rules`, so that a planted bug is a table with one entry
// replaced, and the protocol's own code holds no trace of it.
#pragma once

#include <array>

#include "core/client.h"
#include "core/paxos/messages.h"
#include "core/quorum.h"

namespace synod::paxos {

/// What a proposer or learner has heard of each acceptor's vote, by the acceptor's index.
using Votes = std::array<Vote, node_count_max>;

namespace rules {

/// A ballot of `self` above every ballot it has seen, its own earlier ones included.
/// PMS 2.2: proposers draw numbers from disjoint sets; 2.5: "each proposer remembers (in stable
/// storage) the highest-numbered proposal it has tried to issue".
Ballot next_ballot(Ballot highest_seen, NodeId self);

/// PMS 2.2, phase 1(b): respond "if an acceptor receives a prepare request with number n greater
/// than that of any prepare request to which it has already responded".
bool may_promise(const Durable& acceptor, Ballot ballot);

/// PMS 2.2, phase 1(b): a promise not to accept any more proposals numbered less than n.
Durable after_promise(Durable acceptor, Ballot ballot);

/// PMS 2.2, phase 1(b): "… and with the highest-numbered proposal (if any) that it has accepted".
Vote vote_to_report(const Durable& acceptor);

/// Does a reply belong to the ballot its receiver is running? One of an older ballot proves
/// nothing about this one.
bool is_reply_to(Ballot current, Ballot replied);

/// Who has promised, now that `from` has. A set: a promise that arrives twice counts once.
NodeSet count_promise(NodeSet promised_by, NodeId from);

/// PMS 2.2, phase 2(a): responses "from a majority of acceptors"; "Flexible Paxos" 3 for other
/// quorums.
bool is_phase1_quorum(const QuorumSystem& quorums, NodeSet promised_by);

/// PMS 2.2, phase 2(a): "the value of the highest-numbered proposal among the responses, or any
/// value if the responses reported no proposals". `own` is that any value; none if there is none.
Value value_to_propose(NodeSet promised_by, const Votes& reported, Value own);

/// PMS 2.2, phase 2(b): accept "unless it has already responded to a prepare request having a
/// number greater than n".
bool may_accept(const Durable& acceptor, Ballot ballot, Value value);

/// The vote itself. Accepting also promises: otherwise an older ballot could still be accepted
/// after a newer one, and its vote would hide the newer one (P1a "any" includes later requests).
Durable after_accept(Durable acceptor, Ballot ballot, Value value);

/// PMS 2.1 and 2.3: a value is chosen when a majority has accepted it *in one proposal*. Votes for
/// the same value in different ballots do not add up.
bool is_chosen(const QuorumSystem& quorums, const Votes& heard, Vote vote);

/// PMS 2.5: an acceptor's state must survive a restart. What is written, and what is read back.
Durable to_store(const Durable& state);
Durable recovered(const Durable& stored);

/// What a write's client is told when the node stops trying. Once an Accept with the value has
/// left, some later ballot may find a vote for it and get it chosen.
Outcome outcome_of_giving_up(bool was_value_sent);

}  // namespace rules

/// The rules as a table. The defaults are Paxos.
struct Rules {
  decltype(&rules::next_ballot) next_ballot = &rules::next_ballot;
  decltype(&rules::may_promise) may_promise = &rules::may_promise;
  decltype(&rules::after_promise) after_promise = &rules::after_promise;
  decltype(&rules::vote_to_report) vote_to_report = &rules::vote_to_report;
  decltype(&rules::is_reply_to) is_reply_to = &rules::is_reply_to;
  decltype(&rules::count_promise) count_promise = &rules::count_promise;
  decltype(&rules::is_phase1_quorum) is_phase1_quorum = &rules::is_phase1_quorum;
  decltype(&rules::value_to_propose) value_to_propose = &rules::value_to_propose;
  decltype(&rules::may_accept) may_accept = &rules::may_accept;
  decltype(&rules::after_accept) after_accept = &rules::after_accept;
  decltype(&rules::is_chosen) is_chosen = &rules::is_chosen;
  decltype(&rules::to_store) to_store = &rules::to_store;
  decltype(&rules::recovered) recovered = &rules::recovered;
  decltype(&rules::outcome_of_giving_up) outcome_of_giving_up = &rules::outcome_of_giving_up;
};

}  // namespace synod::paxos
