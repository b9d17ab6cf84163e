// Lamport, "Paxos Made Simple" (PMS), sentence by sentence: what an acceptor does.
#include "tests/core/paxos/fixture.h"

namespace synod::paxos {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// PMS 2.1, P1: "An acceptor must accept the first proposal that it receives."
TEST(PaperAcceptor, AcceptsTheFirstProposalThatItReceives) {
  TestedNode node;
  node.hears(n2, Accept{{7, n2}, red});
  EXPECT_THAT(node.sent_to(n2), ElementsAre(Message{Accepted{{7, n2}, red}}));
}

// PMS 2.1, P1a: "An acceptor can accept a proposal numbered n iff it has not responded to a prepare
// request having a number greater than n."
TEST(PaperAcceptor, AcceptsInTheBallotThatItPromised) {
  TestedNode node;
  node.hears(n2, Prepare{{2, n2}});
  node.hears(n2, Accept{{2, n2}, red});
  EXPECT_THAT(node.sent_to(n2), ElementsAre(Message{Accepted{{2, n2}, red}}));
}

TEST(PaperAcceptor, AcceptsInAHigherBallotThanItPromised) {
  TestedNode node;
  node.hears(n2, Prepare{{2, n2}});
  node.hears(n3, Accept{{2, n3}, red});
  EXPECT_THAT(node.sent_to(n3), ElementsAre(Message{Accepted{{2, n3}, red}}));
}

TEST(PaperAcceptor, RefusesAnAcceptBelowItsPromise) {
  TestedNode node;
  node.hears(n3, Prepare{{2, n3}});
  node.hears(n2, Accept{{2, n2}, red});
  EXPECT_FALSE(node.has_sent<Accepted>());
  EXPECT_THAT(node.persisted(), IsEmpty());
  EXPECT_TRUE(node.disk().vote.is_none());
}

// PMS 2.2, phase 1(b): "If an acceptor receives a prepare request with number n greater than that
// of any prepare request to which it has already responded, then it responds to the request …"
TEST(PaperAcceptor, PromisesABallotAboveAllThatItPromised) {
  TestedNode node;
  node.hears(n2, Prepare{{1, n2}});
  EXPECT_THAT(node.sent_to(n2), ElementsAre(Message{Promise{{1, n2}, {}}}));
  node.hears(n3, Prepare{{1, n3}});
  EXPECT_THAT(node.sent_to(n3), ElementsAre(Message{Promise{{1, n3}, {}}}));
  node.hears(n2, Prepare{{2, n2}});
  EXPECT_THAT(node.sent_to(n2), ElementsAre(Message{Promise{{2, n2}, {}}}));
}

// "… with a promise not to accept any more proposals numbered less than n …"
TEST(PaperAcceptor, KeepsItsPromiseAgainstEveryLowerBallot) {
  TestedNode node;
  node.hears(n3, Prepare{{3, n2}});
  for (const Ballot lower : {Ballot{1, n3}, Ballot{2, n3}, Ballot{3, n1}}) {
    node.hears(n2, Accept{lower, red});
    EXPECT_FALSE(node.has_sent<Accepted>()) << testing::PrintToString(lower);
  }
  EXPECT_EQ(node.disk(), (Durable{{3, n2}, {}, 0}));
}

// "… and with the highest-numbered proposal (if any) that it has accepted."
TEST(PaperAcceptor, ReportsTheHighestNumberedProposalThatItAccepted) {
  TestedNode node;
  node.hears(n2, Accept{{1, n2}, red});
  node.hears(n3, Accept{{2, n3}, blue});
  node.hears(n2, Prepare{{5, n2}});
  EXPECT_THAT(node.sent_to(n2), ElementsAre(Message{Promise{{5, n2}, {{2, n3}, blue}}}));
}

TEST(PaperAcceptor, ReportsItsVoteInTheBallotInWhichItVotedNotInOneItOnlyPromised) {
  TestedNode node;
  node.hears(n2, Accept{{1, n2}, red});
  node.hears(n3, Prepare{{2, n3}});
  node.hears(n2, Prepare{{3, n2}});
  EXPECT_THAT(node.sent_to(n2), ElementsAre(Message{Promise{{3, n2}, {{1, n2}, red}}}));
}

// The introductions have a Prepare carry a value. It is not a proposal that was accepted.
TEST(PaperAcceptor, KeepsNothingOfTheValueThatCameWithAPrepare) {
  TestedNode node;
  node.hears(n2, Prepare{{1, n2}, red});
  EXPECT_EQ(node.disk(), (Durable{{1, n2}, {}, 0}));
  node.hears(n3, Prepare{{2, n3}, blue});
  EXPECT_THAT(node.sent_to(n3), ElementsAre(Message{Promise{{2, n3}, {}}}));
  node.hears(n3, Accept{{2, n3}, green});
  EXPECT_THAT(node.sent_to(n3), ElementsAre(Message{Accepted{{2, n3}, green}}));
}

TEST(PaperAcceptor, ReportsNothingWhenItHasOnlyPromised) {
  TestedNode node;
  node.hears(n2, Prepare{{1, n2}});
  node.hears(n3, Prepare{{1, n3}});
  EXPECT_THAT(node.sent_to(n3), ElementsAre(Message{Promise{{1, n3}, {}}}));
}

// PMS 2.2: "There is then no reason for the acceptor to respond to the new prepare request … So we
// have the acceptor ignore such a prepare request." And further down: "… then it should probably
// inform the proposer, who should then abandon its proposal."
TEST(PaperAcceptor, TellsTheProposerOfALowerPrepareWhatItPromised) {
  TestedNode node;
  node.hears(n3, Prepare{{2, n3}});
  node.hears(n2, Prepare{{2, n2}});
  EXPECT_THAT(node.sent_to(n2), ElementsAre(Message{Nack{{2, n2}, {2, n3}}}));
  EXPECT_THAT(node.persisted(), IsEmpty());
}

TEST(PaperAcceptor, TellsTheProposerOfALowerAcceptWhatItPromised) {
  TestedNode node;
  node.hears(n3, Prepare{{2, n3}});
  node.hears(n2, Accept{{2, n2}, red});
  EXPECT_THAT(node.sent_to(n2), ElementsAre(Message{Nack{{2, n2}, {2, n3}}}));
}

// PMS 2.2: "An acceptor can ignore any request without compromising safety." A second copy of a
// Prepare is one: a Nack would make its proposer abandon a ballot that nobody has outbid.
TEST(PaperAcceptor, IgnoresACopyOfThePrepareThatItAnswered) {
  TestedNode node;
  node.hears(n2, Prepare{{1, n2}});
  node.hears(n2, Prepare{{1, n2}});
  EXPECT_TRUE(node.is_without_effect());
}

// "We also have it ignore a prepare request for a proposal it has already accepted."
TEST(PaperAcceptor, IgnoresThePrepareOfAProposalThatItAccepted) {
  TestedNode node;
  node.hears(n2, Accept{{1, n2}, red});
  node.hears(n2, Prepare{{1, n2}});
  EXPECT_TRUE(node.is_without_effect());
}

// PMS 2.2, phase 2(b): "If an acceptor receives an accept request for a proposal numbered n, it
// accepts the proposal unless it has already responded to a prepare request having a number greater
// than n."
TEST(PaperAcceptor, AcceptsAgainInAHigherBallot) {
  TestedNode node;
  node.hears(n2, Accept{{1, n2}, red});
  node.hears(n3, Accept{{1, n3}, blue});
  EXPECT_THAT(node.sent_to(n3), ElementsAre(Message{Accepted{{1, n3}, blue}}));
  EXPECT_EQ(node.disk().vote, (Vote{{1, n3}, blue}));
}

TEST(PaperAcceptor, AnswersACopyOfAnAcceptAgainAndWritesNothing) {
  TestedNode node;
  node.hears(n2, Accept{{1, n2}, red});
  node.hears(n2, Accept{{1, n2}, red});
  EXPECT_THAT(node.sent_to(n2), ElementsAre(Message{Accepted{{1, n2}, red}}));
  EXPECT_THAT(node.persisted(), IsEmpty());
}

// Accepting promises too: else an older vote would overwrite, and hide, a newer one.
TEST(PaperAcceptor, NeverAcceptsBelowAProposalThatItAccepted) {
  TestedNode node;
  node.hears(n3, Accept{{2, n3}, blue});
  node.hears(n2, Accept{{1, n2}, red});
  EXPECT_FALSE(node.has_sent<Accepted>());
  EXPECT_EQ(node.disk().vote, (Vote{{2, n3}, blue}));
}

TEST(PaperAcceptor, NeverPromisesBelowAProposalThatItAccepted) {
  TestedNode node;
  node.hears(n3, Accept{{2, n3}, blue});
  node.hears(n2, Prepare{{1, n2}});
  EXPECT_THAT(node.sent_to(n2), ElementsAre(Message{Nack{{1, n2}, {2, n3}}}));
}

// PMS 2.5: "An acceptor records its intended response in stable storage before actually sending the
// response."
TEST(PaperAcceptor, RecordsItsPromiseBeforeItSpeaks) {
  TestedNode node;
  node.hears(n2, Prepare{{1, n2}});
  EXPECT_THAT(node.persisted(), ElementsAre(Durable{{1, n2}, {}, 0}));
  EXPECT_TRUE(node.persisted_before_speaking());
  EXPECT_TRUE(node.speaks_once_durable());
}

TEST(PaperAcceptor, RecordsItsVoteBeforeItSpeaks) {
  TestedNode node;
  node.hears(n2, Accept{{1, n2}, red});
  EXPECT_THAT(node.persisted(), ElementsAre(Durable{{1, n2}, {{1, n2}, red}, 0}));
  EXPECT_TRUE(node.persisted_before_speaking());
  EXPECT_TRUE(node.speaks_once_durable());
}

// The first answer may still wait for its write when a copy of the question comes: the second has
// to wait as well, although it writes nothing.
TEST(PaperAcceptor, HoldsBackASecondAnswerLikeTheFirst) {
  TestedNode node;
  node.hears(n2, Accept{{1, n2}, red});
  node.hears(n2, Accept{{1, n2}, red});
  EXPECT_TRUE(node.speaks_once_durable());
  node.hears(n2, Query{1});
  EXPECT_THAT(node.sent_to(n2), ElementsAre(Message{Report{1, {{1, n2}, red}}}));
  EXPECT_TRUE(node.speaks_once_durable());
}

// A refusal claims nothing that a crash could take back.
TEST(PaperAcceptor, RefusesAtOnce) {
  TestedNode node;
  node.hears(n3, Prepare{{2, n3}});
  node.hears(n2, Prepare{{1, n2}});
  EXPECT_TRUE(node.speaks_at_once());
  node.hears(n2, Accept{{1, n2}, red});
  EXPECT_TRUE(node.speaks_at_once());
}

// PMS 2.2: "Because P2c must be kept invariant regardless of failures, an acceptor must remember
// this information even if it fails and then restarts."
TEST(PaperAcceptor, RemembersItsPromiseAfterARestart) {
  TestedNode node;
  node.hears(n3, Prepare{{2, n3}});
  node.restart();
  node.hears(n2, Accept{{2, n2}, red});
  EXPECT_THAT(node.sent_to(n2), ElementsAre(Message{Nack{{2, n2}, {2, n3}}}));
  node.hears(n2, Prepare{{2, n2}});
  EXPECT_THAT(node.sent_to(n2), ElementsAre(Message{Nack{{2, n2}, {2, n3}}}));
}

TEST(PaperAcceptor, RemembersItsVoteAfterARestart) {
  TestedNode node;
  node.hears(n2, Accept{{1, n2}, red});
  node.restart();
  node.hears(n3, Prepare{{2, n3}});
  EXPECT_THAT(node.sent_to(n3), ElementsAre(Message{Promise{{2, n3}, {{1, n2}, red}}}));
}

// PMS 2.2: "an acceptor needs to remember only the highest-numbered proposal that it has ever
// accepted and the number of the highest-numbered prepare request to which it has responded."
TEST(PaperAcceptor, RemembersOnlyItsHighestVoteAndItsHighestPromise) {
  TestedNode node;
  node.hears(n2, Accept{{1, n2}, red});
  node.hears(n3, Accept{{2, n3}, blue});
  node.hears(n2, Prepare{{4, n2}});
  EXPECT_EQ(node.disk(), (Durable{{4, n2}, {{2, n3}, blue}, 0}));
}

// PMS 2.3: "The learner could ask the acceptors what proposals they have accepted."
TEST(PaperAcceptor, ReportsItsVoteToWhoeverAsksAndPromisesNothing) {
  TestedNode node;
  node.hears(n3, Query{9});
  EXPECT_THAT(node.sent_to(n3), ElementsAre(Message{Report{9, {}}}));
  node.hears(n2, Accept{{1, n2}, red});
  node.hears(n3, Query{10});
  EXPECT_THAT(node.sent_to(n3), ElementsAre(Message{Report{10, {{1, n2}, red}}}));
  EXPECT_THAT(node.persisted(), IsEmpty());
}

}  // namespace
}  // namespace synod::paxos
