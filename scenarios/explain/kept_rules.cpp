#include "scenarios/explain/kept_rules.h"

#include <fmt/format.h>

#include <array>
#include <string>

#include "scenarios/rule_texts.h"
#include "scenarios/runner.h"

namespace synod {
namespace {

struct KeptRule {
  std::string_view protocol;
  std::string_view property;
  std::string_view code;  ///< the functions that keep it, of one alone its own words
  // With an initializer, properties that one function keeps need not say so.
  // NOLINTBEGIN(readability-redundant-member-init)
  std::string_view text{};
  std::string_view source{};
  // NOLINTEND(readability-redundant-member-init)
};

constexpr std::string_view two = "two_phase_commit";
constexpr std::string_view three = "three_phase_commit";

constexpr auto kept_rules = std::to_array<KeptRule>({
    {"paxos", "agreement", "value_to_propose"},
    {"paxos", "proposals_safe", "value_to_propose"},
    {"paxos", "promises_kept", "may_accept"},
    {"paxos", "truthful_promise", "vote_to_report"},
    {"paxos", "durable_before_visible", "to_store"},
    {"paxos", "decided_implies_chosen", "is_chosen"},
    {"paxos", "learners_agree", "is_chosen"},
    {"paxos", "one_value_per_ballot", "next_ballot, value_to_repeat",
     "A ballot belongs to one proposer, which proposes one value in it, however often it sends it.",
     "PMS 2.2: \"different proposals have different numbers\""},
    {"paxos", "ballots_rise", "next_ballot"},
    {"paxos", "validity", "value_to_propose",
     "A proposer proposes the value of the highest-numbered vote that was reported to it, or, when "
     "none was, one that a client has asked for.",
     "PMS 2.2, phase 2(a)"},
    {"paxos", "client_answers_true",
     "value_to_answer, value_read, outcome_of_giving_up, may_answer_nothing_chosen",
     "A client is told that a value is chosen only when it is, that it will never be only when no "
     "Accept with it has left, and that nothing is chosen only by a quorum that promised after it "
     "asked and reported no vote.",
     "PMS 2.3"},
    {"paxos", "progress", "next_ballot, may_promise, is_phase1_quorum, may_accept",
     "A proposer that a quorum answers, and that no other disturbs, gets a value chosen: acceptors "
     "accept what they have promised, and one that is outbid waits before it tries again.",
     "PMS 2.4"},

    {two, "atomicity", "is_unanimous, decision_when_wait_is_over",
     "Nobody commits before the coordinator has a yes from every participant, and who has voted "
     "yes decides only what it is told.",
     "BHG 7.4, step 3, and the time-out actions"},
    {two, "commit_validity", "is_unanimous"},
    {two, "irrevocability", "after_decision, to_store, recovered",
     "A decision is on disk before it is acted on, and is never changed.",
     "BHG 7.4, the log and recovery"},
    {two, "abort_validity", "decision_without_votes",
     "The coordinator aborts only after a no, or when votes do not come.",
     "BHG 7.4, step 3, and the time-out actions"},
    {two, "termination", "decision_when_asked",
     "Who has voted yes asks everybody until somebody knows; while all who know are down it has to "
     "wait. Two-phase commit blocks.",
     "BHG 7.4, cooperative termination"},
    {two, "progress", "decision_after_restart, decision_when_asked",
     "Once everybody is back, the coordinator decides and tells, after a crash as before one, and "
     "who has not heard asks.",
     "BHG 7.4, recovery, and cooperative termination"},

    {three, "atomicity", "after_acks, after_reports",
     "Nobody commits before every participant that is up is pre-committed, and who takes over "
     "commits if it finds one that is, and aborts if it finds none. That is enough as long as "
     "crashed nodes stay down and time-outs tell the truth.",
     "BHG 7.5, TR1 to TR4"},
    {three, "commit_validity", "after_votes"},
    {three, "irrevocability", "may_pre_commit, after_reports",
     "A decision is on disk before it is acted on, and is never changed.", "BHG 7.5, recovery"},
    {three, "abort_validity", "after_votes",
     "The coordinator aborts only after a no, or when votes do not come.",
     "BHG 7.5, step 3, and the time-out actions"},
    {three, "termination", "after_reports",
     "Who hears nothing in time takes over, asks all for their states, and brings the transaction "
     "to an end.",
     "BHG 7.5, TR1 to TR4"},
    {three, "progress", "after_reports",
     "Who hears nothing in time takes over, asks all for their states, and brings the transaction "
     "to an end.",
     "BHG 7.5, TR1 to TR4"},

    {"paxos_commit", "atomicity", "decision, first_ballot, take_over_ballot",
     "Each participant's vote is what its instance of Paxos chooses, by a quorum of acceptors in "
     "one ballot; the decision follows from what the instances have chosen, and from nothing else.",
     "GL 4.2 and A.3"},
    {"paxos_commit", "commit_validity", "decision, value_for_free_instance",
     "The decision is commit only when the instance of every participant has chosen commit, and "
     "nobody but the participant proposes commit in a free instance.",
     "GL 4.2 and A.3"},
    {"paxos_commit", "irrevocability", "to_store, recovered",
     "What the instances have chosen stays chosen: votes are on disk before they are spoken of.",
     "GL 4.2"},
    {"paxos_commit", "abort_validity", "decision_at_time_out",
     "The decision is abort only when an instance has chosen abort; waiting alone decides nothing.",
     "GL A.3"},
    {"paxos_commit", "termination", "take_over_ballot",
     "Who hears of no decision in time leads a ballot of its own, and any majority of the "
     "acceptors lets it finish.",
     "GL A.3"},
    {"paxos_commit", "progress", "take_over_ballot",
     "Who hears of no decision in time leads a ballot of its own, and any majority of the "
     "acceptors lets it finish.",
     "GL A.3"},
});

Explanation::Rule in_words(std::string_view text, std::string_view source, std::string_view code,
                           std::string_view protocol) {
  return {std::string(text), spelled_out(source), std::string(code),
          fmt::format("core/{}/rules.h", protocol)};
}

}  // namespace

Explanation::Rule kept_rule(std::string_view protocol, std::string_view name) {
  const RuleText& text = rule_text(protocol, name);
  Explanation::Rule rule = in_words(text.kept, text.source, name, protocol);
  if (!text.quote.empty()) {
    rule.source += fmt::format(": \"{}\"", text.quote);
  }
  return rule;
}

Explanation::Rule quorums_meet() {
  return in_words("Every quorum that promises meets every quorum that chooses.",
                  "Howard, Malkhi and Spiegelman, Flexible Paxos, 3", "is_phase1_quorum, is_chosen",
                  "paxos");
}

Explanation::Rule rule_behind(std::string_view protocol, std::string_view property) {
  for (const KeptRule& rule : kept_rules) {
    if (rule.protocol == protocol && rule.property == property) {
      return rule.text.empty() ? kept_rule(protocol, rule.code)
                               : in_words(rule.text, rule.source, rule.code, protocol);
    }
  }
  return {
      "What a node takes for granted, and asserts, is true whatever happens; where it is not, "
      "nobody knows what the node does next.",
      std::string(assertion_text.source),
      {},
      {}};
}

}  // namespace synod
