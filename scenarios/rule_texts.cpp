#include "scenarios/rule_texts.h"

#include <array>

namespace synod {
namespace {

struct RuleOfInput {
  std::string_view protocol;
  std::string_view input;
  Chronicle::Rule rule;
};

// PMS is Lamport, "Paxos Made Simple"; BHG is Bernstein, Hadzilacos and Goodman, "Concurrency
// Control and Recovery in Database Systems"; GL is Gray and Lamport, "Consensus on Transaction
// Commit". The rules are in the protocol's rules.h, with the words of the source.
constexpr auto rules_of_inputs = std::to_array<RuleOfInput>({
    {"paxos", "request", {"next_ballot", "PMS 2.2 and 2.5"}},
    {"paxos", "back_off", {"next_ballot", "PMS 2.2 and 2.5"}},
    {"paxos", "prepare", {"may_promise", "PMS 2.2, phase 1(b)"}},
    {"paxos", "promise", {"value_to_propose", "PMS 2.2, phase 2(a)"}},
    {"paxos", "accept", {"may_accept", "PMS 2.2, phase 2(b)"}},
    {"paxos", "accepted", {"is_chosen", "PMS 2.1 and 2.3"}},
    {"paxos", "attempt", {"value_to_repeat", "PMS 2.2"}},
    {"paxos", "query", {"vote_to_tell", "PMS 2.3"}},
    {"paxos", "report", {"value_read", "PMS 2.3"}},
    {"paxos", "deadline", {"outcome_of_giving_up", "a write may yet take effect"}},
    {"paxos", "restart", {"recovered", "PMS 2.5"}},

    {"two_phase_commit", "request", {"may_begin", "BHG 7.4, recovery"}},
    {"two_phase_commit", "begin", {"may_begin", "BHG 7.4, recovery"}},
    {"two_phase_commit", "vote_request", {"is_vote_yes", "BHG 7.4, step 2"}},
    {"two_phase_commit", "vote_yes", {"is_unanimous", "BHG 7.4, step 3"}},
    {"two_phase_commit", "vote_no", {"is_unanimous", "BHG 7.4, step 3"}},
    {"two_phase_commit", "votes", {"decision_without_votes", "BHG 7.4, time-out actions"}},
    {"two_phase_commit", "decide", {"after_decision", "BHG 7.3, AC2"}},
    {"two_phase_commit",
     "decision_request",
     {"decision_when_asked", "BHG 7.4, cooperative termination"}},
    {"two_phase_commit", "decision", {"decision_when_wait_is_over", "BHG 7.4, time-out actions"}},
    {"two_phase_commit", "restart", {"decision_after_restart", "BHG 7.4, recovery"}},

    {"three_phase_commit", "vote_request", {"vote", "BHG 7.5, step 2"}},
    {"three_phase_commit", "vote_yes", {"after_votes", "BHG 7.5, step 3"}},
    {"three_phase_commit", "vote_no", {"after_votes", "BHG 7.5, step 3"}},
    {"three_phase_commit", "votes", {"after_votes", "BHG 7.5, step 3"}},
    {"three_phase_commit", "pre_commit", {"may_pre_commit", "BHG 7.5, step 4"}},
    {"three_phase_commit", "pre_commit_ack", {"after_acks", "BHG 7.5, step 5"}},
    {"three_phase_commit", "acks", {"after_acks", "BHG 7.5, step 5"}},
    {"three_phase_commit", "silence", {"may_abort_alone", "BHG 7.5, time-out actions"}},
    {"three_phase_commit", "state_request", {"may_abort_alone", "BHG 7.5, time-out actions"}},
    {"three_phase_commit", "state_report", {"after_reports", "BHG 7.5, TR1 to TR4"}},
    {"three_phase_commit", "reports", {"after_reports", "BHG 7.5, TR1 to TR4"}},

    {"paxos_commit", "vote_request", {"vote", "GL 2 and A.3"}},
    {"paxos_commit", "take_over", {"take_over_ballot", "GL A.3"}},
    {"paxos_commit", "prepare", {"may_promise", "PMS 2.2, phase 1(b)"}},
    {"paxos_commit", "promise", {"value_to_propose", "PMS 2.2, phase 2(a), and GL A.3"}},
    {"paxos_commit", "accept", {"may_accept", "PMS 2.2, phase 2(b)"}},
    {"paxos_commit", "accepted", {"decision", "GL 4.2"}},
    {"paxos_commit", "restart", {"recovered", "GL 4.2"}},
});

}  // namespace

Chronicle::Rule rule_for(std::string_view protocol, std::string_view input) {
  for (const RuleOfInput& one : rules_of_inputs) {
    if (one.protocol == protocol && one.input == input) {
      return one.rule;
    }
  }
  return {};
}

}  // namespace synod
