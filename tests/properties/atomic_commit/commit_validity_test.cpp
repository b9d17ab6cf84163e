// commit_validity: nothing is committed that a participant has not voted for; and what counts as a
// vote in each protocol.
#include <gtest/gtest.h>

#include "tests/properties/atomic_commit_testing.h"

namespace synod::atomic_commit {
namespace {

using namespace atomic_commit_testing;

TEST(CommitValidity, NamesWhoHadNotVoted) {
  ToldOfTwoPhases told(4);
  told.vote_yes(n3);
  told.learn(n1, Decision::commit);
  EXPECT_EQ(told.finding(), "commit_validity: n1 decided commit, and {n2, n4} had not voted");
}

TEST(CommitValidity, NamesWhoHadVotedNo) {
  ToldOfTwoPhases told(4);
  told.vote_yes(n2);
  told.vote_no(n3);  // and n4 has not voted, which is less
  told.tell(n1, n2, Decision::commit);
  EXPECT_EQ(told.finding(), "commit_validity: n1 decided commit, and {n3} had voted no");
}

TEST(CommitValidity, AllowsACommitOnceAllParticipantsHaveVotedYes) {
  ToldOfTwoPhases told;
  told.vote_yes(n2);
  told.vote_yes(n3);
  told.learn(n1, Decision::commit);
  EXPECT_EQ(told.finding(), "") << "n1 coordinates and has no vote";
}

TEST(CommitValidity, AllowsAYesThatIsOnlyOnTheDisk) {
  ToldOfTwoPhases told;
  told.vote_yes(n2);
  told.store(n3, {.is_begun = false, .has_voted_yes = true});
  told.learn(n1, Decision::commit);
  EXPECT_EQ(told.finding(), "");
}

TEST(CommitValidity, AsksNothingOfAnAbort) {
  ToldOfTwoPhases told;
  told.vote_no(n2);
  told.learn(n1, Decision::abort);
  EXPECT_EQ(told.finding(), "");
}

TEST(CommitValidity, KnowsThatWhoCannotCommitHasVotedNoWhenItAborts) {
  ToldOfTwoPhases told(3, NodeSet::only(n2));
  told.store(n2, {.is_begun = false, .has_voted_yes = false, .decision = Decision::abort});
  EXPECT_EQ(told.witness.history().voted_no(), NodeSet::only(n2)) << "though it has not said so";
}

TEST(CommitValidity, TakesNoOtherMessageForAVote) {
  ToldOfTwoPhases told;
  told.send(n2, n3, two_phase_commit::Prepared{});
  told.send(n2, n1, two_phase_commit::Ack{});
  told.send(n1, n2, two_phase_commit::VoteRequest{});
  EXPECT_TRUE(told.witness.history().voted_yes().is_empty());
  EXPECT_TRUE(told.witness.history().voted_no().is_empty());
}

TEST(CommitValidity, CountsTheVotesOfThreePhaseCommit) {
  using three_phase_commit::State;
  Told<ThreePhaseCommitWords> told(4);
  told.send(n2, n1, three_phase_commit::VoteYes{});
  told.store(n3, {State::waiting});
  told.send({3}, n1, three_phase_commit::PreCommitAck{});
  told.store({3}, {State::voting});
  EXPECT_EQ(told.witness.history().voted_yes(), NodeSet(0b0110));
  told.learn(n1, Decision::commit);
  EXPECT_EQ(told.finding(), "commit_validity: n1 decided commit, and {n4} had not voted");

  Told<ThreePhaseCommitWords> other;
  other.send(n2, n1, three_phase_commit::VoteNo{});
  other.learn(n1, Decision::commit);
  EXPECT_EQ(other.finding(), "commit_validity: n1 decided commit, and {n2} had voted no");
}

paxos_commit::Accept accept(NodeId participant, Ballot ballot, Value value) {
  return {participant, {ballot, value}};
}

TEST(CommitValidity, CountsWhatParticipantsOfPaxosCommitProposeInTheirFirstBallot) {
  Told<PaxosCommitWords> told;
  told.send(n2, n1, accept(n2, {1, n2}, commit_value));
  told.send(n3, n1, accept(n3, {1, n3}, abort_value));
  EXPECT_EQ(told.witness.history().voted_yes(), NodeSet::only(n2));
  EXPECT_EQ(told.witness.history().voted_no(), NodeSet::only(n3));
  told.learn(n1, Decision::commit);
  EXPECT_EQ(told.finding(), "commit_validity: n1 decided commit, and {n3} had voted no");
}

TEST(CommitValidity, TakesNoProposalOfALeaderOfPaxosCommitForAVote) {
  Told<PaxosCommitWords> told;
  told.send(n1, n2, accept(n2, {2, n1}, abort_value));   // frees the instance of a silent one
  told.send(n3, n1, accept(n2, {1, n3}, commit_value));  // somebody else's instance
  told.send(n2, n1, accept(n2, {3, n2}, commit_value));  // a participant that leads by now
  EXPECT_TRUE(told.witness.history().voted_yes().is_empty());
  EXPECT_TRUE(told.witness.history().voted_no().is_empty());
}

TEST(CommitValidity, AllowsACommitOfPaxosCommitWhoseVotesAreOnDisk) {
  Told<PaxosCommitWords> told;
  paxos_commit::Durable disk;
  disk.vote = commit_value;
  told.store(n2, disk);
  told.store(n3, disk);
  told.learn(n1, Decision::commit);
  EXPECT_EQ(told.finding(), "");
}

}  // namespace
}  // namespace synod::atomic_commit
