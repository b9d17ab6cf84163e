// The quorum read: what a quorum holds votes for in one ballot is chosen; anything less is unknown.
#include "tests/core/paxos/fixture.h"

namespace synod::paxos {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(QuorumRead, AsksEveryAcceptorAndChangesNothing) {
  TestedNode node;
  node.is_asked(quorum_read(c1));
  EXPECT_THAT(node.recipients_of(Query{1}), ElementsAre(n1, n2, n3));
  EXPECT_TRUE(node.speaks_at_once());
  EXPECT_FALSE(node.has_sent<Prepare>());
  EXPECT_THAT(node.persisted(), IsEmpty());
  ASSERT_TRUE(node.armed(Timer::read).has_value());
  EXPECT_EQ(node.armed(Timer::read)->earliest, Timing{}.read);
}

TEST(QuorumRead, FindsWhatAQuorumVotedForInOneBallot) {
  TestedNode node;
  node.is_asked(quorum_read(c1));
  node.hears(n2, Report{1, {{1, n2}, red}});
  EXPECT_THAT(node.answers(), IsEmpty());
  node.hears(n3, Report{1, {{1, n2}, red}});
  EXPECT_THAT(node.answers(), ElementsAre(answer(quorum_read(c1), Outcome::chosen, red)));
  EXPECT_TRUE(node.has_cancelled(Timer::read));
}

// Correct acceptors can come to hold red in two ballots although red is never chosen: red in 1 at
// n1, blue in 2 at n2, red in 3 at n3; then ballot 4 of n1 and n2 finds blue the highest.
TEST(QuorumRead, DoesNotTakeOneValueInDifferentBallotsForChosen) {
  TestedNode node;
  node.is_asked(quorum_read(c1));
  node.hears(n1, Report{1, {{1, n1}, red}});
  node.hears(n2, Report{1, {{2, n2}, blue}});
  node.hears(n3, Report{1, {{3, n3}, red}});
  EXPECT_THAT(node.learned(), IsEmpty());
  EXPECT_THAT(node.answers(), ElementsAre(answer(quorum_read(c1), Outcome::unknown)));
}

// n2 and n3 report votes that made red chosen; that n2 has voted again since does not undo it.
TEST(QuorumRead, FindsAQuorumAmongReportsThatAreOlderThanWhatTheNodeKnows) {
  TestedNode node;
  node.is_asked(quorum_read(c1));
  node.hears(n2, Accepted{{2, n1}, red});
  node.hears(n2, Report{1, {{1, n2}, red}});
  EXPECT_THAT(node.answers(), IsEmpty());
  node.hears(n3, Report{1, {{1, n2}, red}});
  EXPECT_THAT(node.answers(), ElementsAre(answer(quorum_read(c1), Outcome::chosen, red)));
}

TEST(QuorumRead, CountsNoReportOfAnEarlierQuestion) {
  TestedNode node;
  node.is_asked(quorum_read(c1));
  node.hears(n2, Accepted{{2, n1}, red});
  node.hears(n2, Report{1, {{1, n2}, red}});
  node.is_asked(quorum_read(c2));
  node.hears(n3, Report{2, {{1, n2}, red}});
  EXPECT_THAT(node.answers(), IsEmpty());
}

TEST(QuorumRead, FailsWhenAllHaveAnsweredWithoutAQuorum) {
  TestedNode node;
  node.is_asked(quorum_read(c1));
  node.hears({n1, n2}, Report{1, {}});
  EXPECT_THAT(node.answers(), IsEmpty());
  node.hears(n3, Report{1, {{1, n3}, red}});
  EXPECT_THAT(node.answers(), ElementsAre(answer(quorum_read(c1), Outcome::unknown)));
}

TEST(QuorumRead, CountsAnAcceptorThatAnswersTwiceOnce) {
  TestedNode node;
  node.is_asked(quorum_read(c1));
  node.hears({n1, n2, n2, n1}, Report{1, {}});
  EXPECT_THAT(node.answers(), IsEmpty());
}

TEST(QuorumRead, FailsWhenItHasHadTimeEnough) {
  TestedNode node;
  node.is_asked(quorum_read(c1));
  node.hears(n2, Report{1, {{1, n2}, red}});
  node.sees_fire(Timer::read);
  EXPECT_THAT(node.answers(), ElementsAre(answer(quorum_read(c1), Outcome::unknown)));
  node.hears(n1, Report{1, {}});
  EXPECT_TRUE(node.is_without_effect());
}

TEST(QuorumRead, IsAnsweredByANodeThatKnows) {
  TestedNode node;
  node.is_asked(quorum_read(c1));
  node.hears(n3, Decide{{1, n3}, red});
  EXPECT_THAT(node.answers(), ElementsAre(answer(quorum_read(c1), Outcome::chosen, red)));
}

TEST(QuorumRead, IsAnsweredByADecisionThatABallotReachesMeanwhile) {
  TestedNode node;
  node.is_asked(write(c1, red));
  node.is_asked(quorum_read(c2));
  node.hears({n1, n2}, Promise{{1, n1}, {}});
  node.hears({n1, n2}, Accepted{{1, n1}, red});
  EXPECT_THAT(node.answers(), ElementsAre(answer(write(c1, red), Outcome::chosen, red),
                                          answer(quorum_read(c2), Outcome::chosen, red)));
}

// Answers to the earlier question are older than the second client's request.
TEST(QuorumRead, AsksAgainForASecondClientAndWaitsForNewAnswers) {
  TestedNode node;
  node.is_asked(quorum_read(c1));
  node.hears({n1, n2}, Report{1, {}});
  node.is_asked(quorum_read(c2));
  EXPECT_THAT(node.recipients_of(Query{2}), ElementsAre(n1, n2, n3));
  node.hears(n3, Report{1, {}});
  EXPECT_THAT(node.answers(), IsEmpty());
  node.hears(n3, Report{2, {}});
  EXPECT_THAT(node.answers(), IsEmpty());
  node.hears({n1, n2}, Report{2, {}});
  EXPECT_THAT(node.answers(), ElementsAre(answer(quorum_read(c1), Outcome::unknown),
                                          answer(quorum_read(c2), Outcome::unknown)));
}

TEST(QuorumRead, ThatIsRetriedIsNotRunTwice) {
  TestedNode node;
  node.is_asked(quorum_read(c1));
  node.is_asked(quorum_read(c1));
  EXPECT_TRUE(node.is_without_effect());
}

TEST(QuorumRead, ThatItsClientHasLeftForAnotherIsNotAnswered) {
  TestedNode node;
  node.is_asked(quorum_read(c1));
  node.is_asked(quorum_read(c1, 2));
  node.sees_fire(Timer::read);
  EXPECT_THAT(node.answers(), ElementsAre(answer(quorum_read(c1, 2), Outcome::unknown)));
}

}  // namespace
}  // namespace synod::paxos
