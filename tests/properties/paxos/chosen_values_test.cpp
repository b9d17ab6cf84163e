// agreement, decided_implies_chosen, learners_agree, validity: what is chosen and what is learned.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/properties/paxos_testing.h"

namespace synod::paxos {
namespace {

using namespace paxos_testing;
using ::testing::HasSubstr;

// What the rules in `planted` say is wrong on purpose.
namespace planted {

Value own_value(NodeSet /*promised_by*/, const Votes& /*reported*/, Value own) { return own; }
bool one_is_enough(const QuorumSystem& /*quorums*/, NodeSet promised_by) {
  return promised_by.size() == 1;
}
bool chosen_by_one(const QuorumSystem& /*quorums*/, const Votes& /*heard*/, Vote /*vote*/) {
  return true;
}
bool chosen_by_value(const QuorumSystem& quorums, const Votes& heard, Vote vote) {
  NodeSet voters;
  for (const NodeId acceptor : quorums.nodes()) {
    if (heard[acceptor.index].value == vote.value) {
      voters.insert(acceptor);
    }
  }
  return quorums.is_phase2_quorum(voters);
}
Value invented(NodeSet promised_by, const Votes& reported, Value own) {
  return {rules::value_to_propose(promised_by, reported, own).number + 1000};
}

}  // namespace planted

TEST(Agreement, IsBrokenByAProposerThatIgnoresVotes) {
  // Closer properties see it first; the run goes on to two chosen values all the same.
  Rules rules;
  rules.value_to_propose = planted::own_value;
  Lab lab(3, 2, rules);
  ASSERT_TRUE(lab.ask(n1, write_of(c1, 1, red)));
  lab.run_fairly(NodeSet());
  lab.crash(n2);  // n2 forgets what it has learned
  lab.restart(n2);
  ASSERT_TRUE(lab.ask(n2, write_of(c2, 1, blue)));
  lab.run_fairly(NodeSet());
  EXPECT_EQ(lab.witness.findings().first().property, ProposalsSafe::text.name);
  EXPECT_TRUE(lab.witness.history().is_chosen(red));
  EXPECT_TRUE(lab.witness.history().is_chosen(blue));
}

TEST(Agreement, ComparesAChoiceWithTheFirst) {
  History history;
  Findings findings;
  history.start(QuorumSystem::majority(3));
  history.choose({b1, red});
  Agreement().on(history, ValueChosen{{b2, blue}, NodeSet::first(2)}, findings);
  ASSERT_TRUE(findings.has_any());
  EXPECT_EQ(findings.first().property, "agreement");
}

TEST(Agreement, NamesBothValuesBallotsAndQuorums) {
  Told told;
  told.ask(c1, 1, red);
  told.ask(c2, 1, blue);
  told.choose(b1, red);
  // n2's proposal goes unseen, and its votes turn up on the disks of n2 and n3.
  told.store_vote_unproposed(n2, {b2, blue});
  EXPECT_EQ(told.finding(), "");
  told.store_vote_unproposed(n3, {b2, blue});
  EXPECT_EQ(told.finding(),
            "agreement: red was chosen in ballot 1.n1 by {n1, n2}, and blue in ballot 2.n2 by "
            "{n2, n3}");
}

TEST(Agreement, AllowsOneValueInManyBallots) {
  Told told;
  told.ask(c1, 1, red);
  told.choose(b1, red);
  told.promise(n1, b2, {b1, red});
  told.promise(n2, b2, {b1, red});
  told.propose(b2, red);
  told.vote(n1, {b2, red});
  told.vote(n2, {b2, red});
  EXPECT_EQ(told.finding(), "");
  EXPECT_EQ(told.witness.history().chosen(), (Vote{b1, red})) << "the first choice is kept";
}

TEST(Agreement, AllowsAMinoritysVoteToVanish) {
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
  told.vote(n2, {b2, blue});
  told.vote(n3, {b2, blue});
  EXPECT_EQ(told.finding(), "");
  EXPECT_TRUE(told.witness.history().is_chosen(blue));
  EXPECT_FALSE(told.witness.history().is_chosen(red));
}

TEST(Agreement, CountsAVoteOnceThoughItIsHeardTwice) {
  Told told;
  told.ask(c1, 1, red);
  told.promise(n1, b1);
  told.promise(n2, b1);
  told.propose(b1, red);
  told.vote(n1, {b1, red});
  told.vote(n1, {b1, red});
  told.send(n1, n1, Accepted{b1, red}, true);
  EXPECT_TRUE(told.witness.history().chosen().is_none());
  told.vote(n2, {b1, red});
  EXPECT_EQ(told.witness.history().chosen(), (Vote{b1, red}));
  EXPECT_EQ(told.finding(), "");
}

TEST(Agreement, DoesNotAddUpVotesForOneValueInDifferentBallots) {
  Told told;
  told.ask(c1, 1, red);
  told.store_vote_unproposed(n1, {b1, red});
  told.store_vote_unproposed(n3, {b3, red});
  EXPECT_TRUE(told.witness.history().chosen().is_none());
  EXPECT_FALSE(told.witness.history().is_chosen(red));
}

// A variant may keep on its disk what came with a Prepare, where votes are kept.
TEST(Agreement, CountsNoVoteOnADiskThatNoAcceptHasAskedFor) {
  Told told;
  told.ask(c1, 1, red);
  told.store(n1, {b1, {b1, red}, 0});
  told.store(n2, {b1, {b1, red}, 0});
  EXPECT_TRUE(told.witness.history().chosen().is_none());
  told.deliver(n1, n2, Accept{b1, red});  // it was on disk before: whether n2 votes is open
  EXPECT_TRUE(told.witness.history().chosen().is_none());
}

TEST(Agreement, CountsNoVoteOnADiskThatAnAcceptHasAskedAnotherFor) {
  Told told;
  told.ask(c1, 1, red);
  told.store_vote_unproposed(n1, {b1, red});
  told.store(n2, {b1, {b1, red}, 0});
  EXPECT_TRUE(told.witness.history().chosen().is_none());
}

TEST(Agreement, CountsAVoteThatIsSpokenWhateverIsOnDisk) {
  Told told;
  told.ask(c1, 1, red);
  told.promise(n1, b1);
  told.promise(n2, b1);
  told.store(n1, {b1, {b1, red}, 0});
  told.store(n2, {b1, {b1, red}, 0});
  told.send(n1, n1, Accepted{b1, red});
  told.send(n2, n1, Accepted{b1, red});
  EXPECT_EQ(told.witness.history().chosen(), (Vote{b1, red}));
}

TEST(DecidedImpliesChosen, IsBrokenByALearnerThatCountsToOne) {
  Rules rules;
  rules.is_chosen = planted::chosen_by_one;
  EXPECT_TRUE(find_violation(rules, "decided_implies_chosen", 100));
}

TEST(DecidedImpliesChosen, IsBrokenByALearnerThatCountsByValue) {
  Rules rules;
  rules.is_chosen = planted::chosen_by_value;
  EXPECT_TRUE(find_violation(rules, "decided_implies_chosen", 20'000));
}

TEST(DecidedImpliesChosen, NamesTheNodeAndTheValue) {
  Told told;
  told.ask(c1, 1, red);
  told.promise(n1, b1);
  told.promise(n2, b1);
  told.propose(b1, red);
  told.vote(n1, {b1, red});
  told.learn(n3, red);
  EXPECT_EQ(told.finding(),
            "decided_implies_chosen: n3 learned red, which no quorum has voted for in one ballot");
}

TEST(DecidedImpliesChosen, AllowsToLearnWhatNobodyButTheDisksKnowOf) {
  Told told;
  told.ask(c1, 1, red);
  told.store_vote_unproposed(n1, {b1, red});
  told.store_vote_unproposed(n2, {b1, red});
  told.learn(n3, red);
  told.restart(n3);
  told.learn(n3, red);
  EXPECT_EQ(told.finding(), "");
}

TEST(LearnersAgree, NamesBothValues) {
  History history;
  Findings findings;
  history.start(QuorumSystem::majority(3));
  history.learn(red);
  LearnersAgree().on(history, DecisionLearned{n2, red}, findings);
  EXPECT_FALSE(findings.has_any());
  LearnersAgree().on(history, DecisionLearned{n2, blue}, findings);
  ASSERT_TRUE(findings.has_any());
  EXPECT_EQ(findings.first().property, "learners_agree");
  EXPECT_EQ(findings.first().text, "n2 learned blue, but red was learned before");
}

TEST(LearnersAgree, IsBrokenByWhatAlsoBreaksAgreementAndThenComesSecond) {
  Told told;
  told.ask(c1, 1, red);
  told.choose(b1, red);
  told.learn(n1, red);
  told.learn(n2, blue);
  EXPECT_THAT(told.finding(), HasSubstr("decided_implies_chosen: n2 learned blue"));
}

TEST(Validity, IsBrokenByAProposerThatInventsAValue) {
  Rules rules;
  rules.value_to_propose = planted::invented;
  EXPECT_TRUE(find_violation(rules, "validity", 100));
}

TEST(Validity, NamesTheProposerTheValueAndTheBallot) {
  Told told;
  told.ask(c1, 1, red);
  told.promise(n1, b1);
  told.promise(n2, b1);
  told.propose(b1, blue);
  EXPECT_EQ(told.finding(),
            "validity: n1 proposed blue in ballot 1.n1, which no client has asked for");
}

TEST(Validity, NamesAChosenValueThatNobodyAskedFor) {
  Told told;
  told.store_vote_unproposed(n1, {b1, red});
  told.store_vote_unproposed(n2, {b1, red});
  EXPECT_EQ(told.finding(),
            "validity: red was chosen in ballot 1.n1, which no client has asked for");
}

TEST(Validity, AllowsAValueWhoseClientHasGoneAway) {
  Told told;
  told.ask(c1, 1, red);
  told.conclude(write_of(c1, 1, red), Outcome::unknown);
  told.ask(c1, 2, blue);
  told.choose(b1, red);
  EXPECT_EQ(told.finding(), "");
}

TEST(AQuorumOfOne, IsFoundOutByTheBallotsThatRestOnIt) {
  Rules rules;
  rules.is_phase1_quorum = planted::one_is_enough;
  EXPECT_TRUE(find_violation(rules, "ballots_rise", 100));
}

}  // namespace
}  // namespace synod::paxos
