// client_answers_true and assertion; and a witness that is used again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/properties/paxos_testing.h"

namespace synod::paxos {
namespace {

using namespace paxos_testing;

// What the rules in `planted` say is wrong on purpose.
namespace planted {

Outcome always_no(bool /*was_value_sent*/) { return Outcome::not_chosen; }
Value nothing_for_readers(NodeSet promised_by, const Votes& reported, Value own) {
  return own.is_none() ? Value{} : rules::value_to_propose(promised_by, reported, own);
}

}  // namespace planted

TEST(ClientAnswersTrue, IsBrokenByANodeThatSaysNoWhenItDoesNotKnow) {
  Rules rules;
  rules.outcome_of_giving_up = planted::always_no;
  EXPECT_TRUE(find_violation(rules, "client_answers_true", 20'000));
}

TEST(ClientAnswersTrue, IsBrokenByAReadThatLooksAway) {
  Rules rules;
  rules.value_to_propose = planted::nothing_for_readers;
  const auto finding = find_violation(rules, "client_answers_true", 3000);
  ASSERT_TRUE(finding);
  EXPECT_THAT(finding->text, ::testing::HasSubstr("was told that nothing was chosen, but"));
}

TEST(ClientAnswersTrue, NamesAClaimThatNoQuorumBacks) {
  Told told;
  told.ask(c1, 1, red);
  told.answer(n2, {{c1, 1}, {Outcome::chosen, red}});
  EXPECT_EQ(told.finding(),
            "client_answers_true: n2 told c1 that red is chosen, which no quorum has voted for in "
            "one ballot");
}

TEST(ClientAnswersTrue, NamesADefiniteNoThatWasFalse) {
  Told told;
  told.ask(c1, 1, red);
  told.choose(b1, red);
  told.conclude(write_of(c1, 1, red), Outcome::not_chosen);
  EXPECT_EQ(told.finding(),
            "client_answers_true: c1 was told that red will never be chosen, but it was chosen");
}

TEST(ClientAnswersTrue, NamesADefiniteNoThatBecameFalse) {
  Told told;
  told.ask(c1, 1, red);
  told.conclude(write_of(c1, 1, red), Outcome::not_chosen);
  told.choose(b1, red);
  EXPECT_EQ(told.finding(),
            "client_answers_true: red was chosen in ballot 1.n1 after its client was told that it "
            "never would");
}

TEST(ClientAnswersTrue, NamesAReadThatMissedAnEarlierChoice) {
  Told told;
  told.ask(c1, 1, red);
  told.choose(b1, red);
  told.ask_for_read(c2, 1);
  told.conclude(read_of(c2, 1), Outcome::nothing_chosen);
  EXPECT_EQ(
      told.finding(),
      "client_answers_true: c2 was told that nothing was chosen, but red was before it asked");
}

TEST(ClientAnswersTrue, AllowsAReadToMissAChoiceThatCameWhileItWaited) {
  Told told;
  told.ask(c1, 1, red);
  told.ask_for_read(c2, 1);
  told.choose(b1, red);
  told.conclude(read_of(c2, 1), Outcome::nothing_chosen);
  EXPECT_EQ(told.finding(), "");
}

TEST(ClientAnswersTrue, AllowsAnUnknownOutcomeWhateverComesOfIt) {
  Told told;
  told.ask(c1, 1, red);
  told.conclude(write_of(c1, 1, red), Outcome::unknown);
  told.choose(b1, red);
  told.ask_for_read(c2, 1);
  told.answer(n1, {{c2, 1}, {Outcome::unknown, {}}});
  told.conclude(read_of(c2, 1), Outcome::unknown);
  EXPECT_EQ(told.finding(), "");
}

TEST(ClientAnswersTrue, AllowsANodesNoWhileAnotherAttemptIsOpen) {
  Told told;
  told.ask(c1, 1, red);
  told.answer(n2, {{c1, 1}, {Outcome::not_chosen, {}}});
  told.choose(b1, red);  // by way of n1, whom the client has asked too
  told.conclude(write_of(c1, 1, red), Outcome::chosen, red);
  EXPECT_EQ(told.finding(), "");
}

TEST(Assertion, IsReportedWithTheNodeAndTheInvariant) {
  Told told;
  told.break_assertion(n2, "the sky is above");
  EXPECT_EQ(told.finding(), "assertion: n2: \"the sky is above\" is broken");
}

TEST(Assertion, IsBrokenByANodeThatIsToldOfTwoDecisions) {
  Lab lab;
  ASSERT_TRUE(lab.ask(n1, write_of(c1, 1, red)));
  ASSERT_TRUE(lab.run_fairly());
  ASSERT_FALSE(lab.witness.findings().has_any());
  const Packet<P> lie = packet(n2, n3, Decide{b3, blue});
  lab.world.in_flight.insert(lie);
  ASSERT_TRUE(lab.deliver(lie));
  ASSERT_TRUE(lab.witness.findings().has_any());
  EXPECT_EQ(lab.witness.findings().first().property, "assertion");
  EXPECT_EQ(lab.witness.findings().first().text,
            "n3: \"a node learns one decision only\" is broken");
}

TEST(Witness, KeepsItsFirstFinding) {
  Told told;
  told.break_assertion(n1, "first");
  told.break_assertion(n2, "second");
  EXPECT_EQ(told.finding(), "assertion: n1: \"first\" is broken");
}

TEST(Witness, ForgetsEverythingWhenItStartsAnew) {
  Told told;
  told.ask(c1, 1, red);
  told.prepare({7, n1});
  told.choose({7, n1}, red);
  told.learn(n1, red);
  told.break_assertion(n1, "something");
  told.witness.start(QuorumSystem::majority(3));
  EXPECT_EQ(told.finding(), "");
  EXPECT_TRUE(told.witness.history().chosen().is_none());
  EXPECT_TRUE(told.witness.history().learned().is_none());
  EXPECT_TRUE(told.witness.history().ballots().empty());
  EXPECT_FALSE(told.witness.history().is_requested(red));
  EXPECT_FALSE(told.witness.history().has_voted(n1, {{7, n1}, red}));
  told.prepare(b1);  // lower than before, in another run
  EXPECT_EQ(told.finding(), "");
  EXPECT_EQ(told.witness.probes_reached(), 0U);
}

// A control of the corpus of planted bugs gives up what the proof of Paxos rests on, and is safe.
TEST(Witness, DoesNotReportWhatIsGivenUp) {
  static constexpr std::array<std::string_view, 2> given_up = {"assertion", "validity"};
  Told told;
  told.witness.start(QuorumSystem::majority(3), given_up);
  told.break_assertion(n1, "something");
  told.promise(n1, b1);
  told.promise(n2, b1);
  told.propose(b1, red);  // which nobody has asked for
  EXPECT_EQ(told.finding(), "");
  told.learn(n3, red);
  EXPECT_THAT(told.finding(), ::testing::StartsWith("decided_implies_chosen: "));
  told.witness.start(QuorumSystem::majority(3));
  told.break_assertion(n1, "something");
  EXPECT_THAT(told.finding(), ::testing::StartsWith("assertion: "));
}

TEST(Findings, DescribeOnlyWhatIsFirst) {
  Findings findings;
  int descriptions = 0;
  const auto describe = [&] {
    ++descriptions;
    return std::string("text");
  };
  findings.expect(true, assertion_text, describe);
  EXPECT_EQ(descriptions, 0);
  EXPECT_FALSE(findings.has_any());
  findings.expect(false, assertion_text, describe);
  findings.expect(false, assertion_text, describe);
  EXPECT_EQ(descriptions, 1);
  EXPECT_EQ(findings.first().property, "assertion");
  findings.clear();
  EXPECT_FALSE(findings.has_any());
}

}  // namespace
}  // namespace synod::paxos
