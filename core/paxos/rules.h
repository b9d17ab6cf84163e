// The decisions on which the safety of Paxos rests. Everything else in this folder is plumbing.
//
// Each is a small pure function that cites its source: PMS is Lamport, "Paxos Made Simple" (2001).
// A node asks them through the table `Rules`, so that a planted bug is a table with one entry
// replaced, and the protocol's own code holds no trace of it.
#pragma once

#include <array>
#include <string_view>

#include "core/one_decision.h"
#include "core/paxos/messages.h"
#include "core/per_id.h"
#include "core/quorum.h"
#include "core/rule_entry.h"

namespace synod::paxos {

/// What a proposer or learner has heard of each acceptor's vote, by acceptor.
using Votes = PerNode<Vote>;

namespace rules {

/// A ballot of `self` above every ballot it knows of: those it has tried, those it has heard of,
/// and what the acceptor in the same node has promised.
/// PMS 2.2: proposers draw numbers from disjoint sets; 2.5: "each proposer remembers (in stable
/// storage) the highest-numbered proposal it has tried to issue".
Ballot next_ballot(const Durable& node, Ballot highest_heard, NodeId self);

/// PMS 2.2, phase 1(b): respond "if an acceptor receives a prepare request with number n greater
/// than that of any prepare request to which it has already responded".
bool may_promise(const Durable& acceptor, Ballot ballot);

/// PMS 2.2, phase 1(b): a promise not to accept any more proposals numbered less than n. The value
/// that came with the Prepare is not voted for, and nothing of it is kept.
Durable after_promise(Durable acceptor, Ballot ballot, Value value);

/// PMS 2.2, phase 1(b): "… and with the highest-numbered proposal (if any) that it has accepted".
Vote vote_to_report(const Durable& acceptor);

/// Does a reply belong to the ballot its receiver is running? One of an older ballot proves
/// nothing about this one.
bool is_reply_to(Ballot current, Ballot replied);

/// Who has promised, now that `from` has. A set: a promise that arrives twice counts once.
NodeSet count_promise(NodeSet promised_by, NodeId from);

/// PMS 2.2, phase 2(a): responses "from a majority of acceptors"; "Flexible Paxos" 3 for other
/// quorums. Asked before a Prepare is sent, too: then nobody has promised.
bool is_phase1_quorum(const QuorumSystem& quorums, NodeSet promised_by);

/// PMS 2.2, phase 2(a): "the value of the highest-numbered proposal among the responses, or any
/// value if the responses reported no proposals". `own` is that any value; none if there is none.
Value value_to_propose(NodeSet promised_by, const Votes& reported, Value own);

/// What an Accept is repeated with when it has brought no decision in time. PMS 2.2: "different
/// proposals have different numbers": one ballot, one value, however often it is sent.
Value value_to_repeat(Value proposed, Value own);

/// PMS 2.2, phase 2(b): accept "unless it has already responded to a prepare request having a
/// number greater than n".
bool may_accept(const Durable& acceptor, Ballot ballot, Value value);

/// The vote itself. Accepting also promises: otherwise an older ballot could still be accepted
/// after a newer one, and its vote would hide the newer one (P1a "any" includes later requests).
Durable after_accept(Durable acceptor, Ballot ballot, Value value);

/// Notes that `from` has voted. Each acceptor's highest-numbered vote is kept. Votes never lie and
/// are never withdrawn, so late and repeated news of one is harmless. (PMS 2.3)
void count_vote(Votes& heard, NodeId from, Vote vote);

/// PMS 2.1 and 2.3: a value is chosen when a majority has accepted it *in one proposal*. Votes for
/// the same value in different ballots do not add up.
bool is_chosen(const QuorumSystem& quorums, const Votes& heard, Vote vote);

/// What an acceptor tells a reader or learner that asks: the vote that it has cast. (PMS 2.3:
/// learners "find out that a proposal has been accepted by a majority of acceptors".)
Vote vote_to_tell(const Durable& acceptor);

/// What a quorum read finds, from what the acceptors in `heard_from` have reported: the value that
/// a quorum holds in one ballot. None when there is none: reports of a value in different ballots
/// do not add up, and the highest one need not be chosen.
Value value_read(const QuorumSystem& quorums, NodeSet heard_from, const Votes& reported);

/// PMS 2.5: an acceptor's state must survive a restart. What is written, and what is read back.
Durable to_store(const Durable& state);
Durable recovered(const Durable& stored);

/// What a write's client is told when the node stops trying. Once an Accept with the value has
/// left, some later ballot may find a vote for it and get it chosen.
Outcome outcome_of_giving_up(bool was_value_sent);

/// When a quorum has promised a ballot and reported no vote, may a read be told that nothing was
/// chosen? A promise may be older than a request that came after the Prepare had left; a higher
/// ballot may have chosen a value in between.
bool may_answer_nothing_chosen(bool was_asked_first);

/// What a client is told to be chosen: the decision, for a write too when it is another's value.
Value value_to_answer(const Request& request, Value decision);

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
  decltype(&rules::value_to_repeat) value_to_repeat = &rules::value_to_repeat;
  decltype(&rules::may_accept) may_accept = &rules::may_accept;
  decltype(&rules::after_accept) after_accept = &rules::after_accept;
  decltype(&rules::count_vote) count_vote = &rules::count_vote;
  decltype(&rules::is_chosen) is_chosen = &rules::is_chosen;
  decltype(&rules::vote_to_tell) vote_to_tell = &rules::vote_to_tell;
  decltype(&rules::value_read) value_read = &rules::value_read;
  decltype(&rules::to_store) to_store = &rules::to_store;
  decltype(&rules::recovered) recovered = &rules::recovered;
  decltype(&rules::outcome_of_giving_up) outcome_of_giving_up = &rules::outcome_of_giving_up;
  decltype(&rules::may_answer_nothing_chosen) may_answer_nothing_chosen =
      &rules::may_answer_nothing_chosen;
  decltype(&rules::value_to_answer) value_to_answer = &rules::value_to_answer;

  static constexpr std::string_view protocol = "paxos";
  /// Calls visit(name, RuleEntry) for each, in the order of the table.
  static constexpr void entries(auto&& visit) {
    visit("next_ballot", RuleEntry<&Rules::next_ballot>{});
    visit("may_promise", RuleEntry<&Rules::may_promise>{});
    visit("after_promise", RuleEntry<&Rules::after_promise>{});
    visit("vote_to_report", RuleEntry<&Rules::vote_to_report>{});
    visit("is_reply_to", RuleEntry<&Rules::is_reply_to>{});
    visit("count_promise", RuleEntry<&Rules::count_promise>{});
    visit("is_phase1_quorum", RuleEntry<&Rules::is_phase1_quorum>{});
    visit("value_to_propose", RuleEntry<&Rules::value_to_propose>{});
    visit("value_to_repeat", RuleEntry<&Rules::value_to_repeat>{});
    visit("may_accept", RuleEntry<&Rules::may_accept>{});
    visit("after_accept", RuleEntry<&Rules::after_accept>{});
    visit("count_vote", RuleEntry<&Rules::count_vote>{});
    visit("is_chosen", RuleEntry<&Rules::is_chosen>{});
    visit("vote_to_tell", RuleEntry<&Rules::vote_to_tell>{});
    visit("value_read", RuleEntry<&Rules::value_read>{});
    visit("to_store", RuleEntry<&Rules::to_store>{});
    visit("recovered", RuleEntry<&Rules::recovered>{});
    visit("outcome_of_giving_up", RuleEntry<&Rules::outcome_of_giving_up>{});
    visit("may_answer_nothing_chosen", RuleEntry<&Rules::may_answer_nothing_chosen>{});
    visit("value_to_answer", RuleEntry<&Rules::value_to_answer>{});
  }
};

}  // namespace synod::paxos
