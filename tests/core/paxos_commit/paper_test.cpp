// Gray and Lamport, "Consensus on Transaction Commit" (GL), sentence by sentence. Their ballot 0 is
// the first round here, their Prepared is commit, and the sentences of A.3 are those of its
// specification.
#include "tests/core/paxos_commit/fixture.h"

namespace synod::paxos_commit {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// GL A.3: "Resource manager rm prepares by sending a phase 2a message for ballot number 0 with
// value 'prepared'."
TEST(PaxosCommitPaper, AParticipantVotesByProposingCommitInTheFirstBallotOfItsInstance) {
  Tested node(cluster(), n2);
  node.hears(n1, VoteRequest{});
  EXPECT_THAT(node.recipients_of(accept(n2, {1, n2}, commit_value)), ElementsAre(n1, n2, n3));
}

TEST(PaxosCommitPaper, AParticipantThatRefusesProposesAbortInTheFirstBallotOfItsInstance) {
  Tested node(cluster(NodeSet::only(n2)), n2);
  node.hears(n1, VoteRequest{});
  EXPECT_THAT(node.recipients_of(accept(n2, {1, n2}, abort_value)), ElementsAre(n1, n2, n3));
}

TEST(PaxosCommitPaper, OnlyAcceptorsAreAskedToAccept) {
  Tested node(cluster_of(4, 3), n4);
  node.hears(n1, VoteRequest{});
  EXPECT_THAT(node.recipients_of(accept(n4, {1, n4}, commit_value)), ElementsAre(n1, n2, n3));
}

// GL A.3: "Each acceptor maintains the values mbal, bal, and val for each instance of the Paxos
// consensus algorithm."
TEST(PaxosCommitPaper, AnAcceptorKeepsTheInstancesApart) {
  Tested node(cluster(), n1);
  node.hears(n3, prepare(n2, {5, n3}));
  node.hears(n3, accept(n3, {1, n3}, commit_value));
  EXPECT_TRUE(node.has_sent<Accepted>());
  Durable disk;
  disk.instances[n2.index] = {{5, n3}, {}, 0};
  disk.instances[n3.index] = {{1, n3}, {{1, n3}, commit_value}, 0};
  EXPECT_EQ(node.disk(), disk);
}

// GL 4.2: the acceptors of ballot 0 tell the leader, who is the same for every instance.
TEST(PaxosCommitPaper, AVoteInTheFirstBallotIsToldToTheCoordinator) {
  Tested node(cluster(), n3);
  node.hears(n2, accept(n2, {1, n2}, commit_value));
  EXPECT_THAT(node.sent_to(n1), ElementsAre(Message{accepted(n2, {1, n2}, commit_value)}));
  EXPECT_THAT(node.sent_to(n2), IsEmpty());
}

TEST(PaxosCommitPaper, AVoteInAHigherBallotIsToldToWhoeverLeadsIt) {
  Tested node(cluster(), n1);
  node.hears(n3, accept(n2, {2, n3}, abort_value));
  EXPECT_THAT(node.sent_to(n3), ElementsAre(Message{accepted(n2, {2, n3}, abort_value)}));
}

TEST(PaxosCommitPaper, AnAcceptorThatPromisedAHigherBallotRefusesTheFirst) {
  Tested node(cluster(), n1);
  node.hears(n3, prepare(n2, {2, n3}));
  node.hears(n2, accept(n2, {1, n2}, commit_value));
  EXPECT_THAT(node.sent_to(n1), ElementsAre(Message{nack(n2, {1, n2}, {2, n3})}));
  EXPECT_TRUE(node.disk().instances[n2.index].vote.is_none());
}

// GL 4.2: the transaction is committed if and only if each instance chooses Prepared.
TEST(PaxosCommitPaper, TheLeaderCommitsOnceEveryInstanceHasChosenCommit) {
  Tested node = collecting();
  node.hears({n1, n2}, accepted(n2, {1, n2}, commit_value));
  node.hears(n1, accepted(n3, {1, n3}, commit_value));
  EXPECT_THAT(node.learned(), IsEmpty());
  node.hears(n3, accepted(n3, {1, n3}, commit_value));
  EXPECT_THAT(node.learned(), ElementsAre(commit_value));
  EXPECT_THAT(node.recipients_of(commit), ElementsAre(n2, n3));
}

TEST(PaxosCommitPaper, TheLeaderAbortsAsSoonAsOneInstanceHasChosenAbort) {
  Tested node = collecting(cluster(NodeSet::only(n3)));
  node.hears({n1, n2}, accepted(n3, {1, n3}, abort_value));
  EXPECT_THAT(node.learned(), ElementsAre(abort_value));
  EXPECT_THAT(node.recipients_of(abort), ElementsAre(n2, n3));
}

TEST(PaxosCommitPaper, OneAcceptorOfThreeChoosesNothing) {
  Tested node = collecting(cluster(NodeSet::only(n3)));
  node.hears({n1, n1}, accepted(n3, {1, n3}, abort_value));
  EXPECT_THAT(node.learned(), IsEmpty());
}

TEST(PaxosCommitPaper, VotesInDifferentBallotsDoNotAddUp) {
  Tested node = collecting();
  node.hears(n1, accepted(n2, {1, n2}, abort_value));
  node.hears(n2, accepted(n2, {2, n1}, abort_value));
  EXPECT_THAT(node.learned(), IsEmpty());
  node.hears(n1, accepted(n2, {2, n1}, abort_value));
  EXPECT_THAT(node.learned(), ElementsAre(abort_value));
}

// GL A.3: "If the leader times out without learning that a decision has been reached on resource
// manager rm's prepare/abort decision, it can perform this action to initiate a new ballot bal."
TEST(PaxosCommitPaper, ALeaderWhoseTimeIsOverBeginsABallotInEveryInstance) {
  Tested node = leading();
  EXPECT_THAT(node.recipients_of(prepare(n2, {2, n3})), ElementsAre(n1, n2, n3));
  EXPECT_THAT(node.recipients_of(prepare(n3, {2, n3})), ElementsAre(n1, n2, n3));
  EXPECT_THAT(node.learned(), IsEmpty());
}

TEST(PaxosCommitPaper, AnInstanceThatIsKnownToHaveChosenNeedsNoFurtherBallot) {
  Tested node = collecting();
  node.hears({n1, n2}, accepted(n2, {1, n2}, commit_value));
  node.sees_fire(Timer::take_over);
  EXPECT_THAT(node.recipients_of(prepare(n2, {2, n1})), IsEmpty());
  EXPECT_THAT(node.recipients_of(prepare(n3, {2, n1})), ElementsAre(n1, n2, n3));
  node.hears({n2, n3}, promise(n3, {2, n1}, {{1, n3}, commit_value}));
  EXPECT_THAT(node.learned(), ElementsAre(commit_value));
}

// GL A.3: "Otherwise, maxbal = -1 and the leader sends the value 'aborted'."
TEST(PaxosCommitPaper, ALeaderProposesAbortForAFreeInstance) {
  Tested node = leading();
  node.hears({n1, n2}, promise(n2, {2, n3}));
  EXPECT_THAT(node.recipients_of(accept(n2, {2, n3}, abort_value)), ElementsAre(n1, n2, n3));
  EXPECT_FALSE(node.has_sent<Decide>());
}

// GL A.3: "the value val the leader sends is determined by the phase 1b messages."
TEST(PaxosCommitPaper, ALeaderProposesWhatWasReportedToIt) {
  Tested node = leading();
  node.hears(n1, promise(n2, {2, n3}, {{1, n2}, commit_value}));
  EXPECT_FALSE(node.has_sent<Accept>());
  node.hears(n2, promise(n2, {2, n3}));
  EXPECT_THAT(node.recipients_of(accept(n2, {2, n3}, commit_value)), ElementsAre(n1, n2, n3));
}

TEST(PaxosCommitPaper, ALeaderProposesTheHighestNumberedOfWhatWasReported) {
  Tested node = leading();
  node.hears(n1, nack(n2, {2, n3}, {7, n1}));
  node.sees_fire(Timer::take_over);
  node.hears(n1, promise(n2, {8, n3}, {{7, n1}, abort_value}));
  node.hears(n2, promise(n2, {8, n3}, {{1, n2}, commit_value}));
  EXPECT_THAT(node.recipients_of(accept(n2, {8, n3}, abort_value)), ElementsAre(n1, n2, n3));
}

TEST(PaxosCommitPaper, ALeaderProposesOneValueInABallotWhateverItHearsLater) {
  Tested node = leading();
  node.hears({n1, n3}, promise(n2, {2, n3}));
  node.hears(n2, promise(n2, {2, n3}, {{1, n2}, commit_value}));
  EXPECT_TRUE(node.is_silent());
}

TEST(PaxosCommitPaper, PromisesOfOneInstanceOrOfAnEarlierBallotDoNotCountInAnother) {
  Tested node = leading();
  node.hears(n1, promise(n2, {2, n3}));
  node.hears(n2, promise(n3, {2, n3}));
  EXPECT_FALSE(node.has_sent<Accept>());
  node.sees_fire(Timer::take_over);
  node.hears(n2, promise(n2, {2, n3}));
  node.hears(n2, promise(n2, {3, n3}));
  EXPECT_FALSE(node.has_sent<Accept>());
  node.hears(n1, promise(n2, {3, n3}));
  EXPECT_TRUE(node.has_sent<Accept>());
}

// GL A.3: "A leader can decide that Paxos Commit has reached a result and send a message announcing
// the result if it has received the necessary phase 2b messages."
TEST(PaxosCommitPaper, ALeaderThatTookOverDecidesByTheVotesInItsBallot) {
  Tested node = leading();
  node.hears({n1, n2}, promise(n2, {2, n3}));
  node.hears({n1, n2}, accepted(n2, {2, n3}, abort_value));
  EXPECT_THAT(node.learned(), ElementsAre(abort_value));
  EXPECT_THAT(node.recipients_of(abort), ElementsAre(n1, n2));
}

// GL, abstract: "The classic Two-Phase Commit algorithm is obtained as the special F = 0 case of
// the Paxos Commit algorithm." The acceptor is the coordinator, and one vote is a majority.
TEST(PaxosCommitPaper, WithOneAcceptorOneAcceptedIsEnough) {
  Tested node = collecting(cluster_of(3, 1));
  node.hears(n2, accept(n2, {1, n2}, commit_value));
  EXPECT_THAT(node.recipients_of(accepted(n2, {1, n2}, commit_value)), ElementsAre(n1));
  node.hears(n1, accepted(n2, {1, n2}, commit_value));
  EXPECT_THAT(node.learned(), IsEmpty());
  node.hears(n1, accepted(n3, {1, n3}, commit_value));
  EXPECT_THAT(node.learned(), ElementsAre(commit_value));
}

}  // namespace
}  // namespace synod::paxos_commit
