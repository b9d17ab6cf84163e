// proposals_safe, one_value_per_ballot, ballots_rise: what a proposer owes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/properties/paxos_testing.h"

namespace synod::paxos {
namespace {

using namespace paxos_testing;

// What the rules in `planted` say is wrong on purpose.
namespace planted {

Value own_value(NodeSet /*promised_by*/, const Votes& /*reported*/, Value own) { return own; }
Value any_value(NodeSet promised_by, const Votes& reported, Value own) {
  for (const NodeId acceptor : promised_by) {
    if (!reported[acceptor.index].is_none()) {
      return reported[acceptor.index].value;
    }
  }
  return own;
}
Ballot nobodys_ballot(const Durable& node, Ballot highest_heard, NodeId /*self*/) {
  return rules::next_ballot(node, highest_heard, n1);
}
Durable without_round(const Durable& stored) { return {stored.promised, stored.vote, 0}; }
Ballot reused_ballot(const Durable& /*node*/, Ballot /*highest_heard*/, NodeId self) {
  return {1, self};
}
/// Counts promises, not acceptors.
NodeSet one_more(NodeSet promised_by, NodeId /*from*/) {
  return NodeSet::first(promised_by.size() + 1);
}
bool any_reply(Ballot /*current*/, Ballot /*replied*/) { return true; }

}  // namespace planted

TEST(ProposalsSafe, IsBrokenByAProposerThatIgnoresVotes) {
  Rules rules;
  rules.value_to_propose = planted::own_value;
  EXPECT_TRUE(find_violation(rules, "proposals_safe", 1000));
}

TEST(ProposalsSafe, IsBrokenByAProposerThatTakesAnyVote) {
  Rules rules;
  rules.value_to_propose = planted::any_value;
  EXPECT_TRUE(find_violation(rules, "proposals_safe", 20'000));
}

TEST(ProposalsSafe, NamesAValueThatWasChosen) {
  Told told;
  told.ask(c1, 1, red);
  told.ask(c2, 1, blue);
  told.choose(b1, red);
  told.promise(n2, b2, {b1, red});
  told.promise(n3, b2);
  told.propose(b2, blue);
  EXPECT_EQ(told.finding(),
            "proposals_safe: n2 proposed blue in ballot 2.n2, although red was chosen in the lower "
            "ballot 1.n1: {n1, n2} have voted for it");
}

TEST(ProposalsSafe, NamesAValueThatCanStillBeChosen) {
  Told told;
  told.ask(c1, 1, red);
  told.ask(c2, 1, blue);
  told.promise(n1, b1);
  told.promise(n2, b1);
  told.propose(b1, red);
  told.vote(n2, {b1, red});
  told.promise(n2, b2, {b1, red});
  told.promise(n3, b2);
  told.propose(b2, blue);
  EXPECT_EQ(told.finding(),
            "proposals_safe: n2 proposed blue in ballot 2.n2, although red can still be chosen in "
            "the lower ballot 1.n1: {n2} has voted for it and {n1} may yet");
}

TEST(ProposalsSafe, AllowsASlowLowerBallotToProposeAnotherValueLater) {
  Told told;
  told.ask(c1, 1, red);
  told.ask(c2, 1, blue);
  told.promise(n1, b1);
  told.promise(n2, b1);
  told.promise(n2, b2);
  told.promise(n3, b2);
  told.propose(b2, blue);
  told.vote(n2, {b2, blue});
  told.vote(n3, {b2, blue});
  ASSERT_TRUE(told.witness.history().is_chosen(blue));
  told.propose(b1, red);  // late, and in vain: n2 has promised it away
  told.vote(n1, {b1, red});
  EXPECT_EQ(told.finding(), "");
}

TEST(ProposalsSafe, AllowsToPassOverAVoteThatCanNoLongerBecomeAChoice) {
  Told told;
  told.ask(c1, 1, red);
  told.ask(c2, 1, blue);
  told.promise(n1, b1);
  told.promise(n2, b1);
  told.propose(b1, red);
  told.vote(n1, {b1, red});
  told.promise(n2, b2);
  told.promise(n3, b2);
  told.propose(b2, blue);
  EXPECT_EQ(told.finding(), "");
}

TEST(ProposalsSafe, AllowsAProposalToBeSentToEverybodyAndAgain) {
  Told told;
  told.ask(c1, 1, red);
  told.ask(c2, 1, blue);
  told.promise(n1, b1);
  told.promise(n2, b1);
  told.propose(b1, red);
  told.choose(b3, blue);
  told.propose(b1, red);
  EXPECT_EQ(told.finding(), "");
}

TEST(OneValuePerBallot, IsBrokenByBallotsThatAreNobodys) {
  Rules rules;
  rules.next_ballot = planted::nobodys_ballot;
  EXPECT_TRUE(find_violation(rules, "one_value_per_ballot", 100));
}

TEST(OneValuePerBallot, NamesTheTwoValuesThatWereProposed) {
  Told told;
  told.ask(c1, 1, red);
  told.ask(c2, 1, blue);
  told.promise(n1, b1);
  told.promise(n2, b1);
  told.propose(b1, red);
  told.propose(b1, blue);
  EXPECT_EQ(told.finding(), "one_value_per_ballot: in ballot 1.n1, blue was proposed after red");
}

TEST(OneValuePerBallot, NamesTheTwoValuesThatWereVotedFor) {
  Told told;
  told.ask(c1, 1, red);
  told.ask(c2, 1, blue);
  told.vote(n1, {b1, red});
  told.vote(n2, {b1, blue});
  EXPECT_EQ(told.finding(), "one_value_per_ballot: in ballot 1.n1, blue was voted for after red");
}

TEST(OneValuePerBallot, NamesAProposerInAnothersBallot) {
  Told told;
  told.ask(c1, 1, red);
  told.promise(n1, b1);
  told.promise(n2, b1);
  told.send(n2, n1, Accept{b1, red});
  EXPECT_EQ(told.finding(),
            "one_value_per_ballot: n2 proposed red in ballot 1.n1, which is not its own");
}

TEST(OneValuePerBallot, AllowsTheSameProposalToManyAndManyTimes) {
  Told told;
  told.ask(c1, 1, red);
  told.choose(b1, red);
  told.propose(b1, red);
  told.vote(n3, {b1, red});
  EXPECT_EQ(told.finding(), "");
}

TEST(BallotsRise, IsBrokenByAProposerThatForgetsItsRound) {
  Rules rules;
  rules.recovered = planted::without_round;
  EXPECT_TRUE(find_violation(rules, "ballots_rise", 20'000));
}

TEST(BallotsRise, IsBrokenByAProposerThatUsesABallotAgainAfterARestart) {
  Rules rules;
  rules.next_ballot = planted::reused_ballot;
  const auto finding = find_violation(rules, "ballots_rise", 1000);
  ASSERT_TRUE(finding);
  EXPECT_THAT(finding->text, ::testing::EndsWith(" before a restart"));
}

TEST(BallotsRise, IsBrokenByAProposerThatCountsAPromiseTwice) {
  Rules rules;
  rules.count_promise = planted::one_more;
  EXPECT_TRUE(find_violation(rules, "ballots_rise", 1000));
}

TEST(BallotsRise, IsBrokenByAProposerThatCountsOldPromises) {
  Rules rules;
  rules.is_reply_to = planted::any_reply;
  EXPECT_TRUE(find_violation(rules, "ballots_rise", 20'000));
}

TEST(BallotsRise, NamesTheBallotThatWasPreparedAgainAfterARestart) {
  Told told;
  told.prepare(b1);
  told.restart(n1);
  told.prepare(b1);
  EXPECT_EQ(told.finding(),
            "ballots_rise: n1 prepared ballot 1.n1 after it had prepared 1.n1 before a restart");
}

TEST(BallotsRise, NamesABallotThatIsLower) {
  Told told;
  told.prepare({4, n1});
  told.prepare(b1);
  EXPECT_EQ(told.finding(), "ballots_rise: n1 prepared ballot 1.n1 after it had prepared 4.n1");
}

TEST(BallotsRise, NamesTheAcceptorsWhosePromisesWereTooFew) {
  Told told;
  told.ask(c1, 1, red);
  told.promise(n2, b1);
  told.propose(b1, red);
  EXPECT_EQ(told.finding(),
            "ballots_rise: n1 proposed red in ballot 1.n1 on the promises of {n2}: no phase-1 "
            "quorum");
}

TEST(BallotsRise, CountsOnlyPromisesThatHaveArrived) {
  Told told;
  told.ask(c1, 1, red);
  told.promise(n1, b1);
  told.store(n2, {b1, {}, 0});
  told.send(n2, n1, Promise{b1, {}});
  told.propose(b1, red);
  EXPECT_THAT(told.finding(), ::testing::StartsWith("ballots_rise: "));
}

TEST(BallotsRise, AllowsOnePrepareToManyAndAHigherOneAfterARestart) {
  Told told;
  told.prepare(b1);
  told.prepare(b1);
  told.restart(n1);
  told.prepare({2, n1});
  told.prepare({2, n1});
  told.prepare(b2);  // another proposer's are its own
  EXPECT_EQ(told.finding(), "");
}

}  // namespace
}  // namespace synod::paxos
