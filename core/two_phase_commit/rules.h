// The decisions on which the safety of two-phase commit rests. Everything else in this folder is
// plumbing.
//
// Each is a small pure function that cites its source: BHG is Bernstein, Hadzilacos and Goodman,
// "Concurrency Control and Recovery in Database Systems" (1987), whose AC1 to AC5 are the
// properties of atomic commit. A node asks them through the table `Rules`, so that a planted bug is
// a table with one entry replaced, and the protocol's own code holds no trace of it.
#pragma once

#include <string_view>

#include "core/atomic_commit.h"
#include "core/rule_entry.h"
#include "core/two_phase_commit/messages.h"

namespace synod::two_phase_commit {

namespace rules {

/// The coordinator begins once. BHG 7.4, recovery: after a failure its start record bids it abort,
/// not ask again.
bool may_begin(const Durable& coordinator);

/// BHG 7.4, step 3: commit if all participants voted yes. Not most of them: one missing vote may
/// be a no (AC3). `yes_votes` is a set: a vote that arrives twice counts once.
bool is_unanimous(const Transaction& transaction, NodeSet yes_votes);

/// BHG 7.4, time-out actions: the coordinator that misses votes decides abort. Nobody can have
/// committed, for nobody commits before the coordinator.
Decision decision_without_votes();

/// BHG 7.4, recovery: a coordinator that finds its start record and no decision aborts. Presumed
/// abort (Mohan and Lindsay) goes on from there: since no record means abort, an abort needs no
/// record. None if it has not begun.
Decision decision_after_restart(const Durable& coordinator);

/// BHG 7.4, step 2. A participant may vote as it likes until it has voted or aborted; then its vote
/// is what it was, and after an abort it is no.
bool is_vote_yes(const Durable& participant, bool can_commit);

/// BHG 7.4, time-out actions: a participant that voted yes is uncertain and cannot decide by
/// itself, however long it waits. Nor do other uncertain ones help it (cooperative termination,
/// case 3): `prepared_peers` are those that answered its latest question so. None: it goes on
/// asking.
Decision decision_when_wait_is_over(NodeSet prepared_peers);

/// BHG 7.4, time-out actions: a participant that misses the vote request is still free to abort by
/// itself, and does; a later request it answers with no. None if it has voted yes, or is decided.
Decision decision_without_vote_request(const Durable& participant);

/// BHG 7.4, cooperative termination, what a participant q answers: 1. it has decided: its decision.
/// 2. It has not voted: it decides abort, which it is still free to do. 3. It has voted yes: none.
Decision decision_when_asked(const Durable& participant);

/// AC2: a process cannot reverse its decision after it has reached one.
Durable after_decision(Durable participant, Decision decision);

/// BHG 7.4, the log: a participant's yes and the coordinator's commit are written before they are
/// sent. What is written, and what is read back.
Durable to_store(const Durable& state);
Durable recovered(const Durable& stored);

}  // namespace rules

/// The rules as a table. The defaults are two-phase commit.
struct Rules {
  decltype(&rules::may_begin) may_begin = &rules::may_begin;
  decltype(&rules::is_unanimous) is_unanimous = &rules::is_unanimous;
  decltype(&rules::decision_without_votes) decision_without_votes = &rules::decision_without_votes;
  decltype(&rules::decision_after_restart) decision_after_restart = &rules::decision_after_restart;
  decltype(&rules::is_vote_yes) is_vote_yes = &rules::is_vote_yes;
  decltype(&rules::decision_when_wait_is_over) decision_when_wait_is_over =
      &rules::decision_when_wait_is_over;
  decltype(&rules::decision_without_vote_request) decision_without_vote_request =
      &rules::decision_without_vote_request;
  decltype(&rules::decision_when_asked) decision_when_asked = &rules::decision_when_asked;
  decltype(&rules::after_decision) after_decision = &rules::after_decision;
  decltype(&rules::to_store) to_store = &rules::to_store;
  decltype(&rules::recovered) recovered = &rules::recovered;

  static constexpr std::string_view protocol = "two_phase_commit";
  /// Calls visit(name, RuleEntry) for each, in the order of the table.
  static constexpr void entries(auto&& visit) {
    visit("may_begin", RuleEntry<&Rules::may_begin>{});
    visit("is_unanimous", RuleEntry<&Rules::is_unanimous>{});
    visit("decision_without_votes", RuleEntry<&Rules::decision_without_votes>{});
    visit("decision_after_restart", RuleEntry<&Rules::decision_after_restart>{});
    visit("is_vote_yes", RuleEntry<&Rules::is_vote_yes>{});
    visit("decision_when_wait_is_over", RuleEntry<&Rules::decision_when_wait_is_over>{});
    visit("decision_without_vote_request", RuleEntry<&Rules::decision_without_vote_request>{});
    visit("decision_when_asked", RuleEntry<&Rules::decision_when_asked>{});
    visit("after_decision", RuleEntry<&Rules::after_decision>{});
    visit("to_store", RuleEntry<&Rules::to_store>{});
    visit("recovered", RuleEntry<&Rules::recovered>{});
  }
};

}  // namespace synod::two_phase_commit
