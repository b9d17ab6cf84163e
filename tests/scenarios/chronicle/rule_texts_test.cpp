// Every rule of every protocol is in words; and two nodes that ask the same are told apart by the
// rule that answers otherwise.
#include "scenarios/chronicle/rule_texts.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/paxos/node.h"
#include "core/paxos_commit/node.h"
#include "core/three_phase_commit/node.h"
#include "core/two_phase_commit/node.h"
#include "scenarios/chronicle/heard_rules.h"

namespace synod {
namespace {

template <class Function>
constexpr std::size_t given_count = 0;
template <class Answer, class... Given>
constexpr std::size_t given_count<Answer (*)(Given...)> = sizeof...(Given);

template <class Rules>
void expect_texts_of_all() {
  std::size_t count = 0;
  Rules table;
  const ProtocolWords* words = words_of(Rules::protocol);
  ASSERT_NE(words, nullptr) << Rules::protocol;
  Rules::entries([&](std::string_view name, auto entry) {
    ++count;
    const std::string rule = fmt::format("{} {}", Rules::protocol, name);
    ASSERT_NE(rule_text(Rules::protocol, name), nullptr) << rule << " is not in words";
    const RuleText& text = *rule_text(Rules::protocol, name);
    EXPECT_TRUE(text.question.ends_with("?")) << rule;
    EXPECT_TRUE(text.kept.ends_with(".")) << rule;
    EXPECT_NE(spelled_out(Rules::protocol, text.source), text.source)
        << rule << ": a paper that is not known";
    using Function = std::remove_cvref_t<decltype(table.*decltype(entry)::member)>;
    for (std::size_t at = text.question.find('{'); at != std::string_view::npos;
         at = text.question.find('{', at + 1)) {
      EXPECT_LT(static_cast<std::size_t>(text.question[at + 1] - '0'), given_count<Function>)
          << rule;
    }
  });
  EXPECT_EQ(count, words->rules.size())
      << Rules::protocol << " has words for a rule that it has not";
}

TEST(RuleTextsTest, EveryRuleOfEveryProtocolHasItsWords) {
  expect_texts_of_all<paxos::Rules>();
  expect_texts_of_all<two_phase_commit::Rules>();
  expect_texts_of_all<three_phase_commit::Rules>();
  expect_texts_of_all<paxos_commit::Rules>();
}

paxos::Config three_nodes() {
  paxos::Config config;
  config.quorums = QuorumSystem::majority(3);
  return config;
}

/// n1 hears that n2 promises ballot 1.n1, and reports a vote for blue; its own value is red.
void hear_of_a_vote(const paxos::Config& config) {
  constexpr NodeId n1{0};
  paxos::Output out;
  paxos::Node node;
  node.start(config, n1, {}, out);
  node.on(config, Request{{{0}, 1}, {OperationKind::write, {1}}}, out);
  node.on(config, n1, paxos::Promise{{1, n1}, {}}, out);
  node.on(config, {1}, paxos::Promise{{1, n1}, {{1, {1}}, {2}}}, out);
}

Value own_value(NodeSet, const paxos::Votes&, Value own) { return own; }

TEST(RuleTextsTest, TheFirstRuleThatAnswersOtherwiseIsNamedWithItsQuestion) {
  paxos::Config planted = three_nodes();
  planted.rules.value_to_propose = &own_value;
  const auto answer =
      first_other_answer(heard(planted, &hear_of_a_vote), heard(three_nodes(), &hear_of_a_vote));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->protocol, "paxos");
  EXPECT_EQ(answer->rule, "value_to_propose");
  EXPECT_EQ(answer->question,
            "Which value is to be proposed, when n1 and n2 promised, reporting blue@1.n2 from n2, "
            "and the value asked for is red?");
  EXPECT_EQ(answer->did, "red");
  EXPECT_EQ(answer->due, "blue");
}

TEST(RuleTextsTest, QuorumsOfAnotherSizeAreAnotherAnswerToTheSameQuestion) {
  paxos::Config planted = three_nodes();
  planted.quorums.phase1_size = 1;
  const auto answer =
      first_other_answer(heard(planted, &hear_of_a_vote), heard(three_nodes(), &hear_of_a_vote));
  ASSERT_TRUE(answer);
  EXPECT_EQ(answer->question, "Is it a quorum when n1 promised the ballot?");
  EXPECT_EQ(answer->did, "yes");
  EXPECT_EQ(answer->due, "no");
}

TEST(RuleTextsTest, WhereAllAnswerAlikeNoRuleIsNamed) {
  paxos::Config planted = three_nodes();
  planted.timing.back_off_min = {0};
  EXPECT_FALSE(heard(planted, &hear_of_a_vote).empty());
  EXPECT_FALSE(
      first_other_answer(heard(planted, &hear_of_a_vote), heard(three_nodes(), &hear_of_a_vote)));
}

/// What a rule asks another one is its own business: it is the outer one that answers.
TEST(RuleTextsTest, ARuleOfPaxosThatPaxosCommitAsksWithinOneOfItsOwnIsNotHeard) {
  const paxos_commit::Config config;
  const auto all = heard(config, [](const paxos_commit::Config& asking) {
    asking.rules.take_over_ballot(asking.paxos_rules, {}, {0});
  });
  ASSERT_EQ(all.size(), 1U);
  EXPECT_EQ(all.front().name, "take_over_ballot");
}

}  // namespace
}  // namespace synod
