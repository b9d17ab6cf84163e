// Lamport, "Paxos Made Simple" (PMS), sentence by sentence: what a learner does.
#include "tests/core/paxos/fixture.h"

namespace synod::paxos {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// PMS 2.3: "To learn that a value has been chosen, a learner must find out that a proposal has been
// accepted by a majority of acceptors."
TEST(PaperLearner, LearnsWhatAMajorityAcceptedInOneProposal) {
  TestedNode node(cluster_of(5));
  node.hears({n2, n5}, Accepted{{1, n1}, red});
  EXPECT_THAT(node.learned(), IsEmpty());
  node.hears(n4, Accepted{{1, n1}, red});
  EXPECT_THAT(node.learned(), ElementsAre(red));
}

TEST(PaperLearner, CountsAVoteThatIsHeardTwiceOnce) {
  TestedNode node;
  node.hears(n2, Accepted{{1, n1}, red});
  node.hears(n2, Accepted{{1, n1}, red});
  EXPECT_THAT(node.learned(), IsEmpty());
  node.hears(n3, Accepted{{1, n1}, red});
  EXPECT_THAT(node.learned(), ElementsAre(red));
}

// The same value in different ballots is not chosen: each may still be outvoted by the value of a
// ballot in between.
TEST(PaperLearner, AddsUpNoVotesOfDifferentBallots) {
  TestedNode node;
  node.hears(n2, Accepted{{1, n1}, red});
  node.hears(n3, Accepted{{2, n3}, red});
  EXPECT_THAT(node.learned(), IsEmpty());
  node.hears(n1, Accepted{{2, n3}, red});
  EXPECT_THAT(node.learned(), ElementsAre(red));
}

TEST(PaperLearner, CountsAVoteOfAnEarlierBallotThatIsHeardLate) {
  TestedNode node(cluster_of(5));
  node.hears(n5, Accepted{{2, n2}, red});
  node.hears({n1, n2, n3}, Accepted{{1, n1}, red});
  EXPECT_THAT(node.learned(), ElementsAre(red));
}

// Late news of an acceptor's earlier vote must not displace its later one.
TEST(PaperLearner, KeepsTheHighestVoteOfEachAcceptor) {
  TestedNode node;
  node.hears(n2, Accepted{{2, n2}, red});
  node.hears(n2, Accepted{{1, n1}, red});
  node.hears(n3, Accepted{{2, n2}, red});
  EXPECT_THAT(node.learned(), ElementsAre(red));
}

TEST(PaperLearner, CountsAnAcceptorsLaterVoteInPlaceOfItsEarlierOne) {
  TestedNode node;
  node.hears(n2, Accepted{{1, n1}, red});
  node.hears({n2, n3}, Accepted{{2, n2}, red});
  EXPECT_THAT(node.learned(), ElementsAre(red));
}

TEST(PaperLearner, WaitsForAQuorumOfTheSecondPhase) {
  TestedNode needs_four(cluster({5, 2, 4}));
  needs_four.hears({n1, n2, n3}, Accepted{{1, n1}, red});
  EXPECT_THAT(needs_four.learned(), IsEmpty());
  needs_four.hears(n4, Accepted{{1, n1}, red});
  EXPECT_THAT(needs_four.learned(), ElementsAre(red));

  TestedNode needs_two(cluster({5, 4, 2}));
  needs_two.hears({n4, n5}, Accepted{{1, n1}, red});
  EXPECT_THAT(needs_two.learned(), ElementsAre(red));
}

// PMS 2.3: "… respond with their acceptances to a distinguished learner, which in turn informs the
// other learners when a value has been chosen."
TEST(PaperLearner, InformsTheOthersOfWhatItsOwnBallotGotChosen) {
  TestedNode node;
  node.is_asked(write(c1, red));
  node.hears({n2, n3}, Promise{{1, n1}, {}});
  node.hears({n2, n3}, Accepted{{1, n1}, red});
  EXPECT_THAT(node.recipients_of(Decide{{1, n1}, red}), ElementsAre(n1, n2, n3));
  EXPECT_TRUE(node.speaks_at_once());
}

TEST(PaperLearner, LeavesItToAnotherProposerToInformOfItsBallot) {
  TestedNode node;
  node.hears({n2, n3}, Accepted{{1, n3}, red});
  EXPECT_THAT(node.learned(), ElementsAre(red));
  EXPECT_TRUE(node.is_silent());
}

TEST(PaperLearner, LearnsFromANodeThatKnows) {
  TestedNode node;
  node.hears(n2, Decide{{1, n2}, red});
  EXPECT_THAT(node.learned(), ElementsAre(red));
  EXPECT_TRUE(node.is_silent());
}

// A proposer whose ballot another node saw through is done as well.
TEST(PaperLearner, EndsTheBallotThatIsRunningWhenItLearns) {
  TestedNode node;
  const Request request = write(c1, red);
  node.is_asked(request);
  node.hears(n2, Decide{{1, n2}, blue});
  EXPECT_THAT(node.answers(), ElementsAre(answer(request, Outcome::chosen, blue)));
  EXPECT_TRUE(node.has_cancelled(Timer::attempt));
  EXPECT_TRUE(node.has_cancelled(Timer::back_off));
  EXPECT_TRUE(node.has_cancelled(Timer::deadline));
  node.hears({n2, n3}, Promise{{1, n1}, {}});
  EXPECT_TRUE(node.is_without_effect());
}

TEST(PaperLearner, LearnsOnceOnly) {
  TestedNode node;
  node.hears(n2, Decide{{1, n2}, red});
  node.hears(n2, Decide{{1, n2}, red});
  EXPECT_TRUE(node.is_without_effect());
  node.hears({n1, n2, n3}, Accepted{{2, n3}, red});
  EXPECT_TRUE(node.is_without_effect());
}

// PMS 1: "Only a single value is chosen". If that breaks, the node says so and keeps the first.
TEST(PaperLearner, ReportsASecondDecisionAsBroken) {
  TestedNode node;
  node.hears(n2, Decide{{1, n2}, red});
  node.hears(n3, Decide{{2, n3}, blue});
  EXPECT_THAT(node.broken(), ElementsAre("a node learns one decision only"));
  EXPECT_THAT(node.learned(), IsEmpty());
  node.is_asked(read(c1));
  EXPECT_THAT(node.answers(), ElementsAre(answer(read(c1), Outcome::chosen, red)));
}

// PMS 2.3: "Because of message loss, a value could be chosen with no learner ever finding out. The
// learner could ask the acceptors what proposals they have accepted …"
TEST(PaperLearner, AsksTheAcceptorsFromTimeToTime) {
  TestedNode node;
  ASSERT_TRUE(node.armed(Timer::catch_up).has_value());
  EXPECT_EQ(node.armed(Timer::catch_up)->earliest, Timing{}.catch_up);
  node.sees_fire(Timer::catch_up);
  EXPECT_THAT(node.recipients_of(Query{0}), ElementsAre(n1, n2, n3));
  EXPECT_TRUE(node.armed(Timer::catch_up).has_value());
}

TEST(PaperLearner, LearnsWhatAMajorityReportsInOneProposal) {
  TestedNode node;
  node.hears(n2, Report{0, {{1, n2}, red}});
  node.hears(n3, Report{0, {}});
  EXPECT_THAT(node.learned(), IsEmpty());
  node.hears(n1, Report{0, {{1, n2}, red}});
  EXPECT_THAT(node.learned(), ElementsAre(red));
}

TEST(PaperLearner, AddsUpReportsAndAcceptances) {
  TestedNode node;
  node.hears(n2, Accepted{{1, n2}, red});
  node.hears(n3, Report{0, {{1, n2}, red}});
  EXPECT_THAT(node.learned(), ElementsAre(red));
}

// "… but failure of an acceptor could make it impossible to know whether or not a majority had
// accepted a particular proposal."
TEST(PaperLearner, DoesNotGuessWhatASilentAcceptorAccepted) {
  TestedNode node;
  node.hears(n1, Report{0, {}});
  node.hears(n2, Report{0, {{1, n2}, red}});
  EXPECT_THAT(node.learned(), IsEmpty());
  EXPECT_THAT(node.answers(), IsEmpty());
}

TEST(PaperLearner, StopsAskingWhenItKnows) {
  TestedNode node;
  node.hears(n2, Decide{{1, n2}, red});
  EXPECT_TRUE(node.has_cancelled(Timer::catch_up));
}

TEST(PaperLearner, TellsWhoeverAsksWhatItKnows) {
  TestedNode node;
  node.hears(n2, Accept{{1, n2}, red});
  node.hears(n2, Decide{{1, n2}, red});
  node.hears(n3, Query{4});
  EXPECT_THAT(node.sent_to(n3), ElementsAre(Message{Decide{{1, n2}, red}}));
}

// What was chosen is in the acceptors' votes; what one learner knew dies with it.
TEST(PaperLearner, ForgetsTheDecisionInARestartAndAsksAgain) {
  TestedNode node;
  node.hears(n2, Decide{{1, n2}, red});
  EXPECT_THAT(node.persisted(), IsEmpty());
  node.restart();
  EXPECT_TRUE(node.armed(Timer::catch_up).has_value());
  node.hears(n3, Query{0});
  EXPECT_THAT(node.sent_to(n3), ElementsAre(Message{Report{0, {}}}));
}

}  // namespace
}  // namespace synod::paxos
