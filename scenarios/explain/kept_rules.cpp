#include "scenarios/explain/kept_rules.h"

#include <algorithm>
#include <array>
#include <string>

#include "scenarios/runner.h"

namespace synod {
namespace {

struct KeptRule {
  std::string_view protocol;
  std::string_view property;
  std::string_view text;
  std::string_view source;
  std::string_view code;
};

constexpr std::string_view pms = "Lamport, Paxos Made Simple, ";
constexpr std::string_view two = "two_phase_commit";
constexpr std::string_view three = "three_phase_commit";
constexpr std::string_view bhg4 = "Bernstein, Hadzilacos and Goodman, 7.4";
constexpr std::string_view bhg5 = "Bernstein, Hadzilacos and Goodman, 7.5";
constexpr std::string_view gray = "Gray and Lamport, Consensus on Transaction Commit, ";

constexpr auto kept_rules = std::to_array<KeptRule>({
    {"paxos", "decided_implies_chosen",
     "A value is chosen when a quorum has voted for it in one and the same ballot; votes for it in "
     "different ballots do not add up, and one vote counts once.",
     "2.1 and 2.3", "is_chosen"},
    {"paxos", "learners_agree",
     "A value is chosen when a quorum has voted for it in one and the same ballot; nothing less is "
     "learned.",
     "2.1 and 2.3", "is_chosen"},
    {"paxos", "one_value_per_ballot",
     "A ballot belongs to one proposer, which proposes one value in it, however often it sends it.",
     "2.2: \"different proposals have different numbers\"", "next_ballot, value_to_repeat"},
    {"paxos", "ballots_rise",
     "A proposer never uses a ballot again, after a restart neither: it remembers on disk the "
     "highest that it has tried; and it proposes only when a quorum has promised that very ballot.",
     "2.2, phase 2(a), and 2.5", "next_ballot, is_phase1_quorum"},
    {"paxos", "validity",
     "A proposer proposes the value of the highest-numbered vote that was reported to it, or, when "
     "none was, one that a client has asked for.",
     "2.2, phase 2(a)", "value_to_propose"},
    {"paxos", "client_answers_true",
     "A client is told that a value is chosen only when it is, that it will never be only when no "
     "Accept with it has left, and that nothing is chosen only by promises made after it asked.",
     "2.3", "value_to_answer, value_read, outcome_of_giving_up, may_answer_nothing_chosen"},
    {"paxos", "progress",
     "A proposer that a quorum answers, and that no other disturbs, gets a value chosen: it tries "
     "ballots above those it hears of, and acceptors accept what they have promised.",
     "2.4", "next_ballot, may_promise, may_accept"},

    {two, "atomicity",
     "Nobody commits before the coordinator has a yes from every participant, and who has voted "
     "yes decides only what it is told.",
     "step 3, and the time-out actions", "is_unanimous, decision_when_wait_is_over"},
    {two, "commit_validity", "The coordinator commits only when all participants have voted yes.",
     "step 3", "is_unanimous"},
    {two, "irrevocability", "A decision is on disk before it is acted on, and is never changed.",
     "the log and recovery", "after_decision, to_store, recovered"},
    {two, "abort_validity", "The coordinator aborts only after a no, or when votes do not come.",
     "step 3, and the time-out actions", "decision_without_votes"},
    {two, "termination",
     "Who has voted yes asks everybody until somebody knows; while all who know are down it has to "
     "wait. Two-phase commit blocks.",
     "cooperative termination", "decision_when_asked"},
    {two, "progress",
     "Once everybody is back, the coordinator decides and tells, after a crash as before one, and "
     "who has not heard asks.",
     "recovery, and cooperative termination", "decision_after_restart, decision_when_asked"},

    {three, "atomicity",
     "Nobody commits before every participant that is up is pre-committed, and who takes over "
     "commits if it finds one that is, and aborts if it finds none. That is enough as long as "
     "crashed nodes stay down and time-outs tell the truth.",
     "TR1 to TR4", "after_acks, after_reports"},
    {three, "commit_validity",
     "The coordinator sends the pre-commit only when all participants have voted yes.", "step 3",
     "after_votes"},
    {three, "irrevocability", "A decision is on disk before it is acted on, and is never changed.",
     "recovery", "may_pre_commit, after_reports"},
    {three, "abort_validity", "The coordinator aborts only after a no, or when votes do not come.",
     "step 3, and the time-out actions", "after_votes"},
    {three, "termination",
     "Who hears nothing in time takes over, asks all for their states, and brings the transaction "
     "to an end.",
     "TR1 to TR4", "after_reports"},
    {three, "progress",
     "Who hears nothing in time takes over, asks all for their states, and brings the transaction "
     "to an end.",
     "TR1 to TR4", "after_reports"},

    {"paxos_commit", "atomicity",
     "Each participant's vote is what its instance of Paxos chooses, by a quorum of acceptors in "
     "one ballot; the decision follows from what the instances have chosen, and from nothing else.",
     "4.2 and A.3", "decision, first_ballot, take_over_ballot"},
    {"paxos_commit", "commit_validity",
     "The decision is commit only when the instance of every participant has chosen commit, and "
     "nobody but the participant proposes commit in a free instance.",
     "4.2 and A.3", "decision, value_for_free_instance"},
    {"paxos_commit", "irrevocability",
     "What the instances have chosen stays chosen: votes are on disk before they are spoken of.",
     "4.2", "to_store, recovered"},
    {"paxos_commit", "abort_validity",
     "The decision is abort only when an instance has chosen abort; waiting alone decides nothing.",
     "A.3", "decision_at_time_out"},
    {"paxos_commit", "termination",
     "Who hears of no decision in time leads a ballot of its own, and any majority of the "
     "acceptors lets it finish.",
     "A.3", "take_over_ballot"},
    {"paxos_commit", "progress",
     "Who hears of no decision in time leads a ballot of its own, and any majority of the "
     "acceptors lets it finish.",
     "A.3", "take_over_ballot"},
});

std::string source_of(const KeptRule& rule) {
  const std::string_view paper = rule.protocol == "paxos" ? pms
                                 : rule.protocol == two   ? bhg4
                                 : rule.protocol == three ? bhg5
                                                          : gray;
  const std::string_view between = paper.ends_with(" ") ? "" : ", ";
  return std::string(paper) + std::string(between) + std::string(rule.source);
}

Explanation::Rule of_paxos(std::string_view text, std::string_view source, std::string_view code) {
  return {std::string(text), std::string(pms) + std::string(source), std::string(code)};
}

}  // namespace

namespace kept {

Explanation::Rule report_votes() {
  return of_paxos(
      "A promise reports the highest-numbered vote that its acceptor has cast.",
      "2.2, phase 1(b): \"… and with the highest-numbered proposal (if any) that it has "
      "accepted\"",
      "vote_to_report");
}
Explanation::Rule propose_what_was_reported() {
  return of_paxos(
      "A proposer proposes the value of the highest-numbered vote that its quorum reported, and a "
      "value of its own only when they reported none.",
      "2.2, phase 2(a): \"the value of the highest-numbered proposal among the responses\"",
      "value_to_propose");
}
Explanation::Rule vote_above_promises() {
  return of_paxos(
      "An acceptor votes in no ballot below one that it has promised.",
      "2.2, phase 2(b): \"unless it has already responded to a prepare request having a "
      "number greater than n\"",
      "may_accept, after_accept");
}
Explanation::Rule keep_through_crashes() {
  return of_paxos(
      "A promise or vote is on disk before it is spoken of, and comes back after a crash.",
      "2.5: \"records its intended response in stable storage before actually sending the "
      "response\"",
      "to_store, recovered");
}
Explanation::Rule promise_quorum_first() {
  return of_paxos("A proposer proposes only when a quorum has promised that very ballot.",
                  "2.2, phase 2(a): responses \"from a majority of acceptors\"",
                  "is_phase1_quorum, is_reply_to");
}
Explanation::Rule quorums_meet() {
  return {"Every quorum that promises meets every quorum that chooses.",
          "Howard, Malkhi and Spiegelman, Flexible Paxos, 3", "is_phase1_quorum, is_chosen"};
}

}  // namespace kept

Explanation::Rule rule_behind(std::string_view protocol, std::string_view property) {
  if (protocol == "paxos") {
    if (property == "promises_kept") {
      return kept::vote_above_promises();
    }
    if (property == "truthful_promise") {
      return kept::report_votes();
    }
    if (property == "durable_before_visible") {
      return kept::keep_through_crashes();
    }
    if (property == "proposals_safe" || property == "agreement") {
      return kept::propose_what_was_reported();
    }
  }
  for (const KeptRule& rule : kept_rules) {
    if (rule.protocol == protocol && rule.property == property) {
      return {std::string(rule.text), source_of(rule), std::string(rule.code)};
    }
  }
  return {
      "What a node takes for granted, and asserts, is true whatever happens; where it is not, "
      "nobody knows what the node does next.",
      std::string(assertion_text.source),
      {}};
}

}  // namespace synod
