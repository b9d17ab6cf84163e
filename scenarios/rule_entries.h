// The entries of each protocol's table of rules, by name: for whoever wants to hear what a node
// asks its rules (heard_rules.h).
#pragma once

#include <cstddef>
#include <string_view>
#include <type_traits>

#include "core/paxos/rules.h"
#include "core/paxos_commit/rules.h"
#include "core/three_phase_commit/rules.h"
#include "core/two_phase_commit/rules.h"

namespace synod {

/// An entry as a type.
template <auto Member>
struct RuleEntry {
  static constexpr auto member = Member;
};

/// Calls visit(name, RuleEntry) for each, in the order of the table.
template <class Rules>
struct RuleEntries;

template <>
struct RuleEntries<paxos::Rules> {
  static constexpr std::string_view protocol = "paxos";
  static constexpr void visit_all(auto&& visit) {
    using paxos::Rules;
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

template <>
struct RuleEntries<two_phase_commit::Rules> {
  static constexpr std::string_view protocol = "two_phase_commit";
  static constexpr void visit_all(auto&& visit) {
    using two_phase_commit::Rules;
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

template <>
struct RuleEntries<three_phase_commit::Rules> {
  static constexpr std::string_view protocol = "three_phase_commit";
  static constexpr void visit_all(auto&& visit) {
    using three_phase_commit::Rules;
    visit("vote", RuleEntry<&Rules::vote>{});
    visit("may_abort_alone", RuleEntry<&Rules::may_abort_alone>{});
    visit("after_votes", RuleEntry<&Rules::after_votes>{});
    visit("may_pre_commit", RuleEntry<&Rules::may_pre_commit>{});
    visit("after_acks", RuleEntry<&Rules::after_acks>{});
    visit("after_reports", RuleEntry<&Rules::after_reports>{});
  }
};

template <>
struct RuleEntries<paxos_commit::Rules> {
  static constexpr std::string_view protocol = "paxos_commit";
  static constexpr void visit_all(auto&& visit) {
    using paxos_commit::Rules;
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

namespace detail {
template <class... Tables>
constexpr bool are_complete() {
  constexpr auto count_of = []<class Rules>(std::type_identity<Rules>) {
    std::size_t count = 0;
    RuleEntries<Rules>::visit_all([&](std::string_view, auto) { ++count; });
    return count;
  };
  return ((count_of(std::type_identity<Tables>{}) * sizeof(void (*)()) == sizeof(Tables)) && ...);
}
}  // namespace detail
static_assert(detail::are_complete<paxos::Rules, two_phase_commit::Rules, three_phase_commit::Rules,
                                   paxos_commit::Rules>(),
              "a rule that was added to a table belongs here, too");

}  // namespace synod
