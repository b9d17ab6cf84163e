// Bernstein, Hadzilacos and Goodman (BHG) 7.4: what a participant does.
#include "tests/core/two_phase_commit/fixture.h"

namespace synod::two_phase_commit {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Step 2: asked for its vote, it writes its yes and then says it …
TEST(TwoPhaseParticipant, WritesItsYesBeforeItSaysIt) {
  Tested node = participant();
  node.hears(n1, VoteRequest{});
  EXPECT_THAT(node.sent_to(n1), ElementsAre(Message{VoteYes{}}));
  EXPECT_THAT(node.persisted(), ElementsAre(prepared));
  EXPECT_TRUE(node.persisted_before_speaking());
  EXPECT_TRUE(node.speaks_once_durable());
}

// … or says no, and decides abort.
TEST(TwoPhaseParticipant, AbortsWhenItVotesNo) {
  Tested node = refusing_participant();
  node.hears(n1, VoteRequest{});
  EXPECT_THAT(node.sent_to(n1), ElementsAre(Message{VoteNo{}}));
  EXPECT_THAT(node.persisted(), ElementsAre(aborted));
  EXPECT_TRUE(node.persisted_before_speaking());
  EXPECT_TRUE(node.speaks_once_durable());
  node.hears(n2, abort);
  EXPECT_THAT(node.learned(), ElementsAre(abort_value));
}

TEST(TwoPhaseParticipant, RepeatsItsYesWhenAskedAgain) {
  Tested node = participant();
  node.hears({n1, n1}, VoteRequest{});
  EXPECT_THAT(node.sent_to(n1), ElementsAre(Message{VoteYes{}}));
  EXPECT_THAT(node.persisted(), IsEmpty());
}

TEST(TwoPhaseParticipant, RepeatsItsNoWhenAskedAgain) {
  Tested node = refusing_participant();
  node.hears({n1, n1}, VoteRequest{});
  EXPECT_THAT(node.sent_to(n1), ElementsAre(Message{VoteNo{}}));
  EXPECT_THAT(node.persisted(), IsEmpty());
}

TEST(TwoPhaseParticipant, StandsByItsYesWhenItIsAskedAgainAfterTheDecision) {
  Tested node = participant(committed);
  node.hears(n1, VoteRequest{});
  EXPECT_THAT(node.sent_to(n1), ElementsAre(Message{VoteYes{}}));
  EXPECT_THAT(node.persisted(), IsEmpty());
  EXPECT_FALSE(node.armed(Timer::decision).has_value());
}

TEST(TwoPhaseParticipant, VotesNoOnceItHasAborted) {
  Tested node = participant(aborted);
  node.hears(n1, VoteRequest{});
  EXPECT_THAT(node.sent_to(n1), ElementsAre(Message{VoteNo{}}));
  EXPECT_EQ(node.disk(), aborted);
}

// Step 4: it waits for the decision, decides accordingly and stops.
TEST(TwoPhaseParticipant, CommitsWhenItIsTold) {
  Tested node(cluster(), n2, prepared);
  node.hears(n1, commit);
  EXPECT_THAT(node.persisted(), ElementsAre(committed));
  EXPECT_TRUE(node.persisted_before_speaking());
  EXPECT_TRUE(node.has_cancelled(Timer::decision));
}

TEST(TwoPhaseParticipant, AbortsWhenItIsTold) {
  Tested node(cluster(), n2, prepared);
  node.hears(n1, abort);
  EXPECT_THAT(node.persisted(),
              ElementsAre(Durable{.has_voted_yes = true, .decision = Decision::abort}));
  EXPECT_TRUE(node.has_cancelled(Timer::decision));
}

TEST(TwoPhaseParticipant, ClaimsToKnowTheDecisionOnlyWhenItIsOnDisk) {
  Tested node = participant(prepared);
  node.hears(n1, commit);
  EXPECT_THAT(node.learned(), IsEmpty());
  EXPECT_THAT(node.sent_to(n2), ElementsAre(Message{commit}));
  EXPECT_TRUE(node.speaks_once_durable());
  node.hears(n2, commit);
  EXPECT_THAT(node.learned(), ElementsAre(commit_value));
  EXPECT_TRUE(node.has_cancelled(Timer::catch_up));
}

TEST(TwoPhaseParticipant, LearnsADecisionOnce) {
  Tested node = participant(prepared);
  node.hears(n1, commit);
  node.hears({n2, n2}, commit);
  EXPECT_TRUE(node.is_without_effect());
}

TEST(TwoPhaseParticipant, AcknowledgesACommitOnceItIsOnDisk) {
  Tested node = participant(prepared);
  node.hears(n1, commit);
  EXPECT_THAT(node.sent_to(n1), ElementsAre(Message{Ack{}}));
  EXPECT_TRUE(node.speaks_once_durable());
}

TEST(TwoPhaseParticipant, AcknowledgesARepeatedCommitAgain) {
  Tested node = participant(committed);
  node.hears(n1, commit);
  EXPECT_THAT(node.sent_to(n1), ElementsAre(Message{Ack{}}));
  EXPECT_THAT(node.persisted(), IsEmpty());
}

// Presumed abort.
TEST(TwoPhaseParticipant, DoesNotAcknowledgeAnAbort) {
  Tested node = participant(prepared);
  node.hears(n1, abort);
  EXPECT_THAT(node.sent_to(n1), IsEmpty());
}

// AC2: a process cannot reverse its decision after it has reached one.
TEST(TwoPhaseParticipant, DoesNotReverseItsDecision) {
  Tested node = participant(aborted);
  node.hears(n1, commit);
  EXPECT_TRUE(node.is_without_effect());
  EXPECT_EQ(node.disk(), aborted);
}

// Before it has voted it may abort; a decision that comes first finds it willing.
TEST(TwoPhaseParticipant, AbortsWithoutHavingVotedWhenItIsTold) {
  Tested node = participant();
  node.hears(n1, abort);
  EXPECT_EQ(node.disk(), aborted);
}

}  // namespace
}  // namespace synod::two_phase_commit
