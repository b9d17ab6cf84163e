// What clients ask of Paxos Commit, who asks whom for the decision, and who is told.
#include "tests/core/paxos_commit/fixture.h"

namespace synod::paxos_commit {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(PaxosCommitRequests, TheCoordinatorAsksTheParticipantsForTheirVotes) {
  Tested node(cluster(), n1);
  node.is_asked(request(c1));
  EXPECT_THAT(node.recipients_of(VoteRequest{}), ElementsAre(n2, n3));
  EXPECT_TRUE(node.speaks_at_once());
}

TEST(PaxosCommitRequests, AnyOtherNodeAsksTheCoordinatorToBegin) {
  Tested node(cluster(), n2);
  node.is_asked(request(c1));
  EXPECT_THAT(node.recipients_of(Begin{}), ElementsAre(n1));
  Tested coordinator(cluster(), n1);
  coordinator.hears(n2, Begin{});
  EXPECT_THAT(coordinator.recipients_of(VoteRequest{}), ElementsAre(n2, n3));
}

TEST(PaxosCommitRequests, VotesAreAskedForOnceHoweverManyClientsAsk) {
  Tested node = collecting();
  node.hears(n2, Begin{});
  EXPECT_TRUE(node.is_without_effect());
  node.is_asked(request(c2));
  EXPECT_TRUE(node.is_without_effect());
}

TEST(PaxosCommitRequests, ARetryOfWhatIsUnderWayIsNothingNew) {
  Tested node(cluster(), n2);
  node.is_asked(request(c1));
  node.is_asked(request(c1));
  EXPECT_TRUE(node.is_without_effect());
}

TEST(PaxosCommitRequests, EveryOperationMeansTheTransaction) {
  for (const OperationKind kind :
       {OperationKind::write, OperationKind::read, OperationKind::quorum_read}) {
    Tested node(cluster(), n1);
    node.is_asked(request(c1, kind));
    EXPECT_TRUE(node.has_sent<VoteRequest>());
  }
}

TEST(PaxosCommitRequests, AllWhoWaitAreAnsweredOnceTheDecisionIsKnown) {
  Tested node(cluster(), n2);
  node.is_asked(request(c1));
  node.is_asked(request(c2));
  EXPECT_THAT(node.answers(), IsEmpty());
  node.hears(n1, commit);
  EXPECT_THAT(node.answers(), ElementsAre(answer(request(c1), Decision::commit),
                                          answer(request(c2), Decision::commit)));
  node.hears(n3, commit);
  EXPECT_TRUE(node.is_without_effect());
}

TEST(PaxosCommitRequests, AClientThatHasGoneOnIsAnsweredOnItsLatestRequestOnly) {
  Tested node(cluster(), n2);
  node.is_asked(request(c1));
  node.is_asked(request(c1, OperationKind::write, 2));
  node.hears(n1, abort);
  EXPECT_THAT(node.answers(),
              ElementsAre(answer(request(c1, OperationKind::write, 2), Decision::abort)));
  EXPECT_THAT(node.broken(), IsEmpty());
}

TEST(PaxosCommitRequests, WhoeverComesLaterIsAnsweredAtOnce) {
  Tested node(cluster(), n3);
  node.hears(n1, abort);
  node.is_asked(request(c1));
  EXPECT_THAT(node.answers(), ElementsAre(answer(request(c1), Decision::abort)));
  EXPECT_TRUE(node.is_silent());
}

TEST(PaxosCommitRequests, WhoKnowsTheDecisionTellsWhoeverAsks) {
  Tested node(cluster(), n1);
  node.hears(n3, Inquiry{});
  EXPECT_TRUE(node.is_without_effect());
  node.hears(n2, commit);
  EXPECT_THAT(node.learned(), ElementsAre(commit_value));
  for (const Message& question : {Message{Inquiry{}}, Message{Begin{}}, Message{VoteRequest{}}}) {
    node.hears(n3, question);
    EXPECT_THAT(node.sent_to(n3), ElementsAre(Message{commit}));
  }
}

// It only serves: that it knows the decision changes nothing of what it has promised.
TEST(PaxosCommitRequests, WhoKnowsTheDecisionStaysAnAcceptor) {
  Tested node(cluster(), n1);
  node.hears(n2, abort);
  node.hears(n3, prepare(n2, {2, n3}));
  EXPECT_THAT(node.sent_to(n3), ElementsAre(Message{promise(n2, {2, n3})}));
  EXPECT_FALSE(node.armed(Timer::take_over).has_value());
}

TEST(PaxosCommitRequests, TwoDecisionsAreABrokenAssertion) {
  Tested node(cluster(), n2);
  node.hears(n1, commit);
  node.hears(n3, abort);
  EXPECT_THAT(node.broken(), ElementsAre("a node learns one decision only"));
}

TEST(PaxosCommitRequests, ATransactionWithoutParticipantsCommitsAtOnce) {
  Tested node(cluster_of(1, 1), n1);
  node.is_asked(request(c1));
  EXPECT_THAT(node.answers(), ElementsAre(answer(request(c1), Decision::commit)));
}

}  // namespace
}  // namespace synod::paxos_commit
