// The decisions on which the safety of three-phase commit rests. Everything else in this folder,
// the durations of timing.h apart, is plumbing.
//
// BHG is Bernstein, Hadzilacos and Goodman, 7.5, with its termination rules TR1 to TR4; Skeen is
// "Nonblocking Commit Protocols" (1981). A node asks the rules through the table `Rules`, so that a
// planted bug is a table with one entry replaced.
//
// Why they are safe, uniformly (the decisions of the dead count), in the model of timing.h:
// - Nobody is pre-committed unless all participants have voted yes: only the coordinator sends a
//   first PreCommit, and a leader only if it found somebody pre-committed.
// - Whoever decides to commit has first heard from every participant that it is pre-committed, or
//   has waited so long that it is dead. So if anybody, dead or alive, has decided to commit, every
//   participant alive is pre-committed, or decided so too. Every later leader is one of them, and
//   commits.
// - Whoever takes over and aborts found nobody alive pre-committed. Nobody has decided to commit,
//   then; and as no earlier PreCommit is still under way (the lemma of timing.h), nobody alive will
//   ever be found pre-committed.
// - A leader that dies while it brings others to pre-committed leaves some pre-committed and some
//   waiting. It had not decided, so its successor is free to do either.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/atomic_commit.h"
#include "core/per_id.h"
#include "core/rule_entry.h"
#include "core/three_phase_commit/messages.h"

namespace synod::three_phase_commit {

/// What whoever leads does next.
enum class Plan : std::uint8_t { wait, abort, pre_commit, commit };
inline constexpr std::array<std::string_view, 4> plans = {"wait", "abort", "pre-commit", "commit"};
constexpr std::span<const std::string_view> words_of(Plan /*plan*/) { return plans; }

/// What a node that takes over has heard, its own state included.
struct Reports {
  NodeSet from;
  PerNode<State> states{};  ///< of those in `from`

  void add(NodeId node, State state) {
    from.insert(node);
    states[node.index] = state;
  }
  [[nodiscard]] bool has(State state) const {
    for (const NodeId node : from) {
      if (states[node.index] == state) {
        return true;
      }
    }
    return false;
  }
  static constexpr void fields(auto& self, auto&& visit) {
    visit("from", self.from);
    visit("states", self.states);
  }
  bool operator==(const Reports&) const = default;
};

namespace rules {

/// The state that a participant moves to when it is asked for its vote: `waiting` is yes, `aborted`
/// is no. BHG 7.5, step 2: a participant that votes no decides to abort, and stops.
State vote(const Transaction& transaction, NodeId self);

/// May a node in this state abort without asking anyone? Before it has voted yes, a participant
/// may; before it has sent a PreCommit, so may the coordinator: nobody can have committed, nor will
/// without it. (BHG 7.5, time-out actions: a participant that waits for a VOTE-REQ, the coordinator
/// that waits for votes.)
bool may_abort_alone(State state);

/// The coordinator, after each vote and when its time for votes is up. BHG 7.5, step 3: any no, or
/// a time-out, and it decides to abort; yes from all, and it sends PRE-COMMIT.
Plan after_votes(const Transaction& transaction, NodeSet yes, NodeSet no, bool is_time_up);

/// May a participant in this state become pre-committed when it is told to? From waiting only.
bool may_pre_commit(State state);

/// Whoever sent PreCommit to all participants but itself, at once, after each acknowledgement, and
/// when its time for them is up. BHG 7.5, step 5 and its time-out action, Skeen: who has not
/// acknowledged is dead, and those alive are pre-committed. So it commits.
Plan after_acks(const Transaction& transaction, NodeId self, NodeSet acked, bool is_time_up);

/// A participant that has taken over, after each report and when its time for them is up: TR1,
/// somebody aborted, abort; TR2, somebody committed, commit; TR3, all are waiting, abort; TR4,
/// somebody is pre-committed, bring the others there first, then commit. TR3 and TR4 need the word
/// of all that are alive.
Plan after_reports(const Transaction& transaction, const Reports& reports, bool is_time_up);

}  // namespace rules

/// The rules as a table. The defaults are three-phase commit.
struct Rules {
  decltype(&rules::vote) vote = &rules::vote;
  decltype(&rules::may_abort_alone) may_abort_alone = &rules::may_abort_alone;
  decltype(&rules::after_votes) after_votes = &rules::after_votes;
  decltype(&rules::may_pre_commit) may_pre_commit = &rules::may_pre_commit;
  decltype(&rules::after_acks) after_acks = &rules::after_acks;
  decltype(&rules::after_reports) after_reports = &rules::after_reports;

  static constexpr std::string_view protocol = "three_phase_commit";
  /// Calls visit(name, RuleEntry) for each, in the order of the table.
  static constexpr void entries(auto&& visit) {
    visit("vote", RuleEntry<&Rules::vote>{});
    visit("may_abort_alone", RuleEntry<&Rules::may_abort_alone>{});
    visit("after_votes", RuleEntry<&Rules::after_votes>{});
    visit("may_pre_commit", RuleEntry<&Rules::may_pre_commit>{});
    visit("after_acks", RuleEntry<&Rules::after_acks>{});
    visit("after_reports", RuleEntry<&Rules::after_reports>{});
  }
};

}  // namespace synod::three_phase_commit
