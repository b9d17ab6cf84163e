// What a node of Paxos Commit has on its disk when it speaks, and what a restart leaves of it.
#include "tests/core/paxos_commit/fixture.h"

namespace synod::paxos_commit {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(PaxosCommitRestart, AVoteIsOnDiskBeforeItIsSpoken) {
  Tested node(cluster(), n2);
  node.hears(n1, VoteRequest{});
  EXPECT_TRUE(node.persisted_before_speaking());
  EXPECT_TRUE(node.speaks_once_durable());
  EXPECT_EQ(node.disk().vote, commit_value);
}

// A ballot has one value: whatever the participant would answer today, it repeats its vote.
TEST(PaxosCommitRestart, AParticipantThatIsAskedAgainVotesAsBefore) {
  Durable disk;
  disk.vote = commit_value;
  Tested node(cluster(NodeSet::only(n2)), n2, disk);
  node.hears(n1, VoteRequest{});
  EXPECT_THAT(node.recipients_of(accept(n2, {1, n2}, commit_value)), ElementsAre(n1, n2, n3));
  EXPECT_THAT(node.persisted(), IsEmpty());
}

TEST(PaxosCommitRestart, AnAcceptorsStateIsOnDiskBeforeItIsSpokenOf) {
  Tested node(cluster(), n1);
  node.hears(n2, accept(n2, {1, n2}, commit_value));
  EXPECT_TRUE(node.persisted_before_speaking());
  EXPECT_TRUE(node.speaks_once_durable());
  node.hears(n3, prepare(n2, {2, n3}));
  EXPECT_TRUE(node.persisted_before_speaking());
  EXPECT_TRUE(node.speaks_once_durable());
}

TEST(PaxosCommitRestart, AnAcceptorStillReportsItsVote) {
  Tested node(cluster(), n1);
  node.hears(n2, accept(n2, {1, n2}, commit_value));
  node.restart();
  node.hears(n3, prepare(n2, {2, n3}));
  EXPECT_THAT(node.sent_to(n3),
              ElementsAre(Message{promise(n2, {2, n3}, {{1, n2}, commit_value})}));
}

// GL A.3: "having a leader record in stable storage the largest ballot number for which it sent a
// phase 2a message".
TEST(PaxosCommitRestart, ALeaderNeverUsesABallotAgain) {
  Tested node(cluster_of(4, 3), n4);
  node.is_asked(request(c1));
  node.sees_fire(Timer::take_over);
  EXPECT_TRUE(node.persisted_before_speaking());
  EXPECT_THAT(node.recipients_of(prepare(n2, {2, n4})), ElementsAre(n1, n2, n3));
  EXPECT_TRUE(node.speaks_once_durable());
  node.restart();
  node.sees_fire(Timer::take_over);
  EXPECT_THAT(node.recipients_of(prepare(n2, {3, n4})), ElementsAre(n1, n2, n3));
}

TEST(PaxosCommitRestart, ALeaderBeginsAboveWhatItsOwnAcceptorHasPromised) {
  Durable disk;
  disk.instances[n3.index].promised = {6, n1};
  Tested node(cluster(), n2, disk);
  node.sees_fire(Timer::take_over);
  EXPECT_THAT(node.recipients_of(prepare(n2, {7, n2})), ElementsAre(n1, n2, n3));
  EXPECT_THAT(node.recipients_of(prepare(n3, {7, n2})), ElementsAre(n1, n2, n3));
}

TEST(PaxosCommitRestart, ForgetsTheDecisionAndFindsItAgain) {
  Tested node = collecting();
  node.hears({n1, n2}, accepted(n2, {1, n2}, commit_value));
  node.hears({n1, n2}, accepted(n3, {1, n3}, commit_value));
  ASSERT_THAT(node.learned(), ElementsAre(commit_value));
  node.restart();
  node.hears(n2, Inquiry{});
  EXPECT_TRUE(node.is_silent());
  node.is_asked(request(c1, OperationKind::write, 2));
  node.sees_fire(Timer::take_over);
  for (const NodeId participant : {n2, n3}) {
    node.hears({n2, n3}, promise(participant, {2, n1}, {{1, participant}, commit_value}));
  }
  EXPECT_THAT(node.learned(), ElementsAre(commit_value));
}

TEST(PaxosCommitRestart, WritesAndSaysNothing) {
  Durable disk;
  disk.vote = commit_value;
  disk.instances[n2.index] = {{1, n2}, {{1, n2}, commit_value}, 0};
  Tested node(cluster(), n2, disk);
  EXPECT_TRUE(node.is_silent());
  EXPECT_THAT(node.persisted(), IsEmpty());
}

TEST(PaxosCommitRestart, ForgetsTheClientsThatWaited) {
  Tested node = collecting();
  node.restart();
  node.hears(n2, commit);
  EXPECT_THAT(node.answers(), IsEmpty());
}

// The rules by which a planted bug forgets, those of Paxos included.

TEST(PaxosCommitRestart, WritesWhatTheRulesSay) {
  Config forgetful = cluster();
  forgetful.rules.to_store = [](const Durable& state) {
    Durable stored = state;
    stored.vote = {};
    return stored;
  };
  forgetful.paxos_rules.to_store = [](const paxos::Durable&) { return paxos::Durable{}; };
  Tested node(forgetful, n2);
  node.hears(n1, VoteRequest{});
  node.hears(n2, accept(n2, {1, n2}, commit_value));
  EXPECT_THAT(node.persisted(), ElementsAre(Durable{}));
}

TEST(PaxosCommitRestart, ReadsBackWhatTheRulesSay) {
  Config forgetful = cluster();
  forgetful.rules.recovered = [](const Durable& stored) {
    Durable state = stored;
    state.vote = abort_value;
    return state;
  };
  forgetful.paxos_rules.recovered = [](const paxos::Durable&) { return paxos::Durable{}; };
  Durable disk;
  disk.vote = commit_value;
  disk.instances[n2.index].promised = {9, n3};
  Tested node(forgetful, n2, disk);
  node.hears(n1, VoteRequest{});
  EXPECT_THAT(node.recipients_of(accept(n2, {1, n2}, abort_value)), ElementsAre(n1, n2, n3));
  node.hears(n3, prepare(n2, {2, n3}));
  EXPECT_TRUE(node.has_sent<Promise>());
}

}  // namespace
}  // namespace synod::paxos_commit
