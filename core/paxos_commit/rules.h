// The decisions on which the safety of Paxos Commit rests, beyond those of Paxos itself.
//
// Each is a small pure function that cites its source: GL is Gray and Lamport, "Consensus on
// Transaction Commit" (2006), whose ballot 0 is our round 1. A node asks them through the table
// `Rules`, so that a planted bug is a table with one entry replaced, and the protocol's own code
// holds no trace of it.
#pragma once

#include <array>
#include <string_view>

#include "core/atomic_commit.h"
#include "core/ballot.h"
#include "core/paxos/rules.h"
#include "core/paxos_commit/messages.h"
#include "core/per_id.h"
#include "core/rule_entry.h"

namespace synod::paxos_commit {

/// What each instance is known to have chosen, by participant; none while unknown.
using ChosenValues = PerNode<Value>;

namespace rules {

/// GL 2: a participant can refuse for any reason of its own; then its instance is to choose abort.
Value vote(const Transaction& transaction, NodeId participant);

/// GL A.3: a participant votes "by sending a phase 2a message for ballot number 0". The ballot is
/// its own and below all others of its instance, so there is no earlier vote to ask for: it needs
/// no phase 1.
Ballot first_ballot(NodeId participant);

/// GL A.3: whoever leads uses ballots above 0. The rounds above the first are the leaders': in the
/// first, a leader that is a participant too would speak twice in one ballot of its own instance.
Ballot take_over_ballot(const paxos::Rules& paxos, Ballot highest_seen, NodeId self);

/// GL A.3: when a majority has voted in no ballot of an instance, "the leader sends the value
/// 'aborted'". It must not speak for the participant, which may be about to refuse.
Value value_for_free_instance();

/// GL 4.2: commit once every instance has chosen commit, abort as soon as one has chosen abort.
Decision decision(const Transaction& transaction, const ChosenValues& chosen);

/// What follows from having waited long enough: nothing. GL A.3: a leader that "times out without
/// learning that a decision has been reached" begins a new ballot; others may know a decision.
Decision decision_at_time_out();

/// GL 4.2: votes and acceptors' states go to stable storage before they are spoken of. What is
/// written, and what is read back.
Durable to_store(const Durable& state);
Durable recovered(const Durable& stored);

}  // namespace rules

/// The rules as a table. The defaults are Paxos Commit.
struct Rules {
  decltype(&rules::vote) vote = &rules::vote;
  decltype(&rules::first_ballot) first_ballot = &rules::first_ballot;
  decltype(&rules::take_over_ballot) take_over_ballot = &rules::take_over_ballot;
  decltype(&rules::value_for_free_instance) value_for_free_instance =
      &rules::value_for_free_instance;
  decltype(&rules::decision) decision = &rules::decision;
  decltype(&rules::decision_at_time_out) decision_at_time_out = &rules::decision_at_time_out;
  decltype(&rules::to_store) to_store = &rules::to_store;
  decltype(&rules::recovered) recovered = &rules::recovered;

  static constexpr std::string_view protocol = "paxos_commit";
  /// Calls visit(name, RuleEntry) for each, in the order of the table.
  static constexpr void entries(auto&& visit) {
    visit("vote", RuleEntry<&Rules::vote>{});
    visit("first_ballot", RuleEntry<&Rules::first_ballot>{});
    visit("take_over_ballot", RuleEntry<&Rules::take_over_ballot>{});
    visit("value_for_free_instance", RuleEntry<&Rules::value_for_free_instance>{});
    visit("decision", RuleEntry<&Rules::decision>{});
    visit("decision_at_time_out", RuleEntry<&Rules::decision_at_time_out>{});
    visit("to_store", RuleEntry<&Rules::to_store>{});
    visit("recovered", RuleEntry<&Rules::recovered>{});
  }
};

}  // namespace synod::paxos_commit
