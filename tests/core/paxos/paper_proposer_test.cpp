// Lamport, "Paxos Made Simple" (PMS), sentence by sentence: what a proposer does.
#include "tests/core/paxos/fixture.h"

namespace synod::paxos {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

/// n1 in ballot 1.n1, with a write of red.
TestedNode preparing_red(const Config& config = cluster_of(3)) {
  TestedNode node(config);
  node.is_asked(write(c1, red));
  return node;
}

// PMS 2.2, phase 1(a): "A proposer selects a proposal number n and sends a prepare request with
// number n to a majority of acceptors." To all of them, here: any majority may answer.
TEST(PaperProposer, SendsPrepareToTheAcceptors) {
  TestedNode node;
  node.is_asked(write(c1, red));
  EXPECT_THAT(node.recipients_of(Prepare{{1, n1}, red}), ElementsAre(n1, n2, n3));
  EXPECT_FALSE(node.has_sent<Accept>());
}

// "`prepare` message holds inside it the value being proposed" (H. Brundage, "Neat Algorithms:
// Paxos"; PMS sends none). It is for information: see PaperAcceptor.
TEST(PaperProposer, SaysInItsPrepareWhatItWouldPropose) {
  TestedNode node;
  node.is_asked(read(c1));
  EXPECT_THAT(node.sent_to(n2), ElementsAre(Message{Prepare{{1, n1}, {}}}));
  node.is_asked(write(c2, blue));
  node.is_asked(write(c3, red));
  node.sees_fire(Timer::attempt);
  EXPECT_THAT(node.sent_to(n2), ElementsAre(Message{Prepare{{2, n1}, blue}}));
}

// PMS 2.2, phase 2(a): "If the proposer receives a response to its prepare requests (numbered n)
// from a majority of acceptors, then it sends an accept request to each of those acceptors …"
TEST(PaperProposer, SendsAcceptOnceAMajorityHasPromised) {
  TestedNode node = preparing_red(cluster_of(5));
  node.hears({n5, n2}, Promise{{1, n1}, {}});
  EXPECT_TRUE(node.is_without_effect());
  node.hears(n3, Promise{{1, n1}, {}});
  EXPECT_THAT(node.recipients_of(Accept{{1, n1}, red}), ElementsAre(n1, n2, n3, n4, n5));
}

TEST(PaperProposer, SendsAcceptOnceOnly) {
  TestedNode node = preparing_red();
  node.hears({n1, n2}, Promise{{1, n1}, {}});
  EXPECT_TRUE(node.has_sent<Accept>());
  node.hears(n3, Promise{{1, n1}, {}});
  EXPECT_TRUE(node.is_without_effect());
}

// "… for a proposal numbered n with a value v, where v is the value of the highest-numbered
// proposal among the responses …" (P2c, case b)
TEST(PaperProposer, ProposesTheValueOfTheHighestNumberedProposalReported) {
  TestedNode node = preparing_red(cluster_of(5));
  node.hears(n2, Nack{{1, n1}, {6, n2}});
  node.sees_fire(Timer::back_off);
  node.hears(n2, Promise{{7, n1}, {{4, n2}, green}});
  node.hears(n3, Promise{{7, n1}, {{5, n3}, blue}});
  node.hears(n4, Promise{{7, n1}, {{5, n2}, green}});
  EXPECT_THAT(node.recipients_of(Accept{{7, n1}, blue}), ElementsAre(n1, n2, n3, n4, n5));
}

TEST(PaperProposer, ProposesAReportedValueThatAMinorityHolds) {
  TestedNode node = preparing_red(cluster_of(5));
  node.sees_fire(Timer::attempt);
  node.hears({n1, n2}, Promise{{2, n1}, {}});
  node.hears(n3, Promise{{2, n1}, {{1, n3}, blue}});
  EXPECT_THAT(node.sent_to(n1), ElementsAre(Message{Accept{{2, n1}, blue}}));
}

TEST(PaperProposer, ProposesTheHighestNumberedValueNotTheMostFrequent) {
  TestedNode node = preparing_red(cluster_of(5));
  node.sees_fire(Timer::attempt);
  node.sees_fire(Timer::attempt);
  node.hears({n1, n2}, Promise{{3, n1}, {{1, n2}, green}});
  node.hears(n3, Promise{{3, n1}, {{2, n3}, blue}});
  EXPECT_THAT(node.sent_to(n1), ElementsAre(Message{Accept{{3, n1}, blue}}));
}

// "… or is any value if the responses reported no proposals." (P2c, case a)
TEST(PaperProposer, ProposesItsClientsValueWhenNothingIsReported) {
  TestedNode node = preparing_red();
  node.hears({n2, n3}, Promise{{1, n1}, {}});
  EXPECT_THAT(node.recipients_of(Accept{{1, n1}, red}), ElementsAre(n1, n2, n3));
}

// P2c: "there is a set S consisting of a majority of acceptors". Reports from before count for
// nothing, also those of an acceptor that has not promised this ballot.
TEST(PaperProposer, ForgetsWhatWasReportedInAnEarlierBallot) {
  TestedNode node = preparing_red();
  node.sees_fire(Timer::attempt);
  node.hears(n3, Promise{{2, n1}, {{1, n3}, blue}});
  node.sees_fire(Timer::attempt);
  node.hears({n1, n2}, Promise{{3, n1}, {}});
  EXPECT_THAT(node.sent_to(n1), ElementsAre(Message{Accept{{3, n1}, red}}));
}

TEST(PaperProposer, CountsAPromiseThatArrivesTwiceOnce) {
  TestedNode node = preparing_red();
  node.hears(n2, Promise{{1, n1}, {}});
  node.hears(n2, Promise{{1, n1}, {}});
  EXPECT_TRUE(node.is_without_effect());
}

TEST(PaperProposer, IgnoresAPromiseOfAnEarlierBallot) {
  TestedNode node = preparing_red();
  node.sees_fire(Timer::attempt);
  node.hears({n1, n2, n3}, Promise{{1, n1}, {}});
  EXPECT_TRUE(node.is_without_effect());
  node.hears({n1, n2}, Promise{{2, n1}, {}});
  EXPECT_TRUE(node.has_sent<Accept>());
}

TEST(PaperProposer, CountsNoPromiseOfAnEarlierBallotInALaterOne) {
  TestedNode node = preparing_red();
  node.hears(n2, Promise{{1, n1}, {}});
  node.sees_fire(Timer::attempt);
  node.hears(n3, Promise{{2, n1}, {}});
  EXPECT_TRUE(node.is_without_effect());
}

TEST(PaperProposer, IgnoresAPromiseWhenItHasGivenTheBallotUp) {
  TestedNode node = preparing_red();
  node.hears(n3, Nack{{1, n1}, {1, n3}});
  node.hears({n1, n2}, Promise{{1, n1}, {}});
  EXPECT_TRUE(node.is_without_effect());
}

// "Flexible Paxos" 3: phase 1 needs a phase-1 quorum, of whatever size, and phase 2 its own.
TEST(PaperProposer, WaitsForAQuorumOfTheFirstPhaseNotForAMajority) {
  TestedNode needs_four = preparing_red(cluster({5, 4, 2}));
  needs_four.hears({n1, n2, n3}, Promise{{1, n1}, {}});
  EXPECT_FALSE(needs_four.has_sent<Accept>());
  needs_four.hears(n4, Promise{{1, n1}, {}});
  EXPECT_TRUE(needs_four.has_sent<Accept>());

  TestedNode needs_two = preparing_red(cluster({5, 2, 4}));
  needs_two.hears({n4, n5}, Promise{{1, n1}, {}});
  EXPECT_TRUE(needs_two.has_sent<Accept>());
}

// PMS 2.2: "A proposer can make multiple proposals, so long as it follows the algorithm for each
// one. It can abandon a proposal in the middle of the protocol at any time."
TEST(PaperProposer, AsksForPromisesAnewInEveryBallot) {
  TestedNode node = preparing_red();
  node.hears({n1, n2}, Promise{{1, n1}, {}});
  node.sees_fire(Timer::attempt);
  node.sees_fire(Timer::attempt);
  EXPECT_THAT(node.recipients_of(Prepare{{2, n1}, red}), ElementsAre(n1, n2, n3));
  EXPECT_FALSE(node.has_sent<Accept>());
}

// PMS 2.2: "different proposals have different numbers": one ballot, one value. The client of red
// goes on to ask for blue while red is being proposed.
TEST(PaperProposer, RepeatsAnAcceptWithTheSameValueWhateverItsClientsWantNow) {
  TestedNode node = preparing_red();
  node.hears({n1, n2}, Promise{{1, n1}, {}});
  node.is_asked(write(c1, blue, 2));
  node.sees_fire(Timer::attempt);
  EXPECT_THAT(node.recipients_of(Accept{{1, n1}, red}), ElementsAre(n1, n2, n3));
  EXPECT_THAT(node.recipients_of(Accept{{1, n1}, blue}), IsEmpty());
  node.sees_fire(Timer::attempt);
  EXPECT_THAT(node.recipients_of(Prepare{{2, n1}, blue}), ElementsAre(n1, n2, n3));
}

TEST(PaperProposer, RepeatsAnAcceptWithTheValueThatItTookOver) {
  TestedNode node = preparing_red();
  node.sees_fire(Timer::attempt);
  node.hears(n2, Promise{{2, n1}, {}});
  node.hears(n3, Promise{{2, n1}, {{1, n3}, blue}});
  node.sees_fire(Timer::attempt);
  EXPECT_THAT(node.recipients_of(Accept{{2, n1}, blue}), ElementsAre(n1, n2, n3));
}

// PMS 2.2: "It is probably a good idea to abandon a proposal if some proposer has begun trying to
// issue a higher-numbered one." 2.4: "By abandoning a proposal and trying again if it learns about
// some request with a higher proposal number, the distinguished proposer will eventually choose a
// high enough proposal number."
TEST(PaperProposer, AbandonsARefusedBallotAndTriesAboveTheRefusal) {
  TestedNode node = preparing_red();
  node.hears(n2, Nack{{1, n1}, {5, n3}});
  EXPECT_TRUE(node.is_silent());
  node.sees_fire(Timer::back_off);
  EXPECT_THAT(node.recipients_of(Prepare{{6, n1}, red}), ElementsAre(n1, n2, n3));
}

TEST(PaperProposer, AbandonsABallotThatIsRefusedInTheSecondPhaseToo) {
  TestedNode node = preparing_red();
  node.hears({n1, n2}, Promise{{1, n1}, {}});
  node.hears(n3, Nack{{1, n1}, {2, n3}});
  EXPECT_TRUE(node.armed(Timer::back_off).has_value());
  node.sees_fire(Timer::back_off);
  EXPECT_TRUE(node.has_sent<Prepare>());
}

TEST(PaperProposer, RunsOnWhenAnEarlierBallotIsRefusedAndStillLearnsFromIt) {
  TestedNode node = preparing_red();
  node.sees_fire(Timer::attempt);
  node.hears(n2, Nack{{1, n1}, {9, n2}});
  EXPECT_TRUE(node.is_without_effect());
  node.hears({n1, n3}, Promise{{2, n1}, {}});
  EXPECT_TRUE(node.has_sent<Accept>());
  node.sees_fire(Timer::attempt);
  node.sees_fire(Timer::attempt);
  EXPECT_THAT(node.recipients_of(Prepare{{10, n1}, red}), ElementsAre(n1, n2, n3));
}

// PMS 2.5: "Different proposers choose their numbers from disjoint sets of numbers, so two
// different proposers never issue a proposal with the same number."
TEST(PaperProposer, NamesItselfInItsBallots) {
  for (const NodeId self : {n1, n2, n3}) {
    TestedNode node(cluster_of(3), self);
    node.is_asked(write(c1, red));
    EXPECT_THAT(node.recipients_of(Prepare{{1, self}, red}), ElementsAre(n1, n2, n3));
  }
}

TEST(PaperProposer, StartsAboveWhatItsOwnAcceptorHasPromised) {
  TestedNode node;
  node.hears(n3, Prepare{{4, n3}});
  node.is_asked(write(c1, red));
  EXPECT_TRUE(node.has_sent<Prepare>());
  EXPECT_THAT(node.recipients_of(Prepare{{5, n1}, red}), ElementsAre(n1, n2, n3));
}

TEST(PaperProposer, RetriesAboveWhatItsOwnAcceptorHasPromisedMeanwhile) {
  TestedNode node = preparing_red();
  node.hears(n3, Prepare{{4, n3}});
  node.sees_fire(Timer::attempt);
  EXPECT_THAT(node.recipients_of(Prepare{{5, n1}, red}), ElementsAre(n1, n2, n3));
}

// PMS 2.5: "Each proposer remembers (in stable storage) the highest-numbered proposal it has tried
// to issue, and begins phase 1 with a higher proposal number than any it has already used."
TEST(PaperProposer, RecordsItsBallotBeforeItSpeaks) {
  TestedNode node;
  node.is_asked(write(c1, red));
  EXPECT_THAT(node.persisted(), ElementsAre(Durable{{}, {}, 1}));
  EXPECT_TRUE(node.persisted_before_speaking());
  EXPECT_TRUE(node.speaks_once_durable());
}

TEST(PaperProposer, RecordsEveryFurtherBallotBeforeItSpeaks) {
  TestedNode node = preparing_red();
  node.hears(n2, Nack{{1, n1}, {5, n3}});
  node.sees_fire(Timer::back_off);
  EXPECT_THAT(node.persisted(), ElementsAre(Durable{{}, {}, 6}));
  EXPECT_TRUE(node.persisted_before_speaking());
  EXPECT_TRUE(node.speaks_once_durable());
}

TEST(PaperProposer, RecordsItsBallotBesideItsOwnPromiseAndVote) {
  TestedNode node;
  node.hears(n3, Accept{{1, n3}, blue});
  node.is_asked(write(c1, red));
  EXPECT_EQ(node.disk(), (Durable{{1, n3}, {{1, n3}, blue}, 2}));
  node.hears(n1, Prepare{{2, n1}});
  EXPECT_EQ(node.disk(), (Durable{{2, n1}, {{1, n3}, blue}, 2}));
}

TEST(PaperProposer, NeverUsesABallotAgainAfterARestart) {
  TestedNode node = preparing_red();
  node.sees_fire(Timer::attempt);
  node.restart();
  node.is_asked(write(c1, red));
  EXPECT_THAT(node.recipients_of(Prepare{{3, n1}, red}), ElementsAre(n1, n2, n3));
}

// An Accept rests on what others wrote, not on this node's disk.
TEST(PaperProposer, SendsAcceptAtOnce) {
  TestedNode node = preparing_red();
  node.hears({n2, n3}, Promise{{1, n1}, {}});
  EXPECT_TRUE(node.speaks_at_once());
  EXPECT_THAT(node.persisted(), IsEmpty());
}

// PMS 2.5: "each process plays the role of proposer, acceptor, and learner": three nodes, one
// ballot, from the request to the answer.
TEST(PaperProposer, GetsAValueChosenByItsOwnVoteAndAnother) {
  TestedNode node;
  const Request request = write(c1, red);
  node.is_asked(request);
  node.hears(n1, Prepare{{1, n1}});
  EXPECT_THAT(node.sent_to(n1), ElementsAre(Message{Promise{{1, n1}, {}}}));
  node.hears({n1, n3}, Promise{{1, n1}, {}});
  node.hears(n1, Accept{{1, n1}, red});
  EXPECT_THAT(node.sent_to(n1), ElementsAre(Message{Accepted{{1, n1}, red}}));
  node.hears({n1, n3}, Accepted{{1, n1}, red});
  EXPECT_THAT(node.learned(), ElementsAre(red));
  EXPECT_THAT(node.answers(), ElementsAre(answer(request, Outcome::chosen, red)));
}

TEST(PaperProposer, IsAloneInAClusterOfOne) {
  TestedNode node(cluster_of(1));
  node.is_asked(write(c1, red));
  node.hears(n1, Promise{{1, n1}, {}});
  EXPECT_THAT(node.recipients_of(Accept{{1, n1}, red}), ElementsAre(n1));
  node.hears(n1, Accepted{{1, n1}, red});
  EXPECT_THAT(node.learned(), ElementsAre(red));
}

}  // namespace
}  // namespace synod::paxos
