// Bernstein, Hadzilacos and Goodman (BHG) 7.4: the cooperative termination protocol. A prepared
// participant that waits for the decision asks all others; nothing but a decision ends its wait.
#include "tests/core/two_phase_commit/fixture.h"

namespace synod::two_phase_commit {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(TwoPhaseTermination, AParticipantWaitsForTheDecisionOnceItIsPrepared) {
  Tested node = participant();
  node.hears(n1, VoteRequest{});
  const auto timer = node.armed(Timer::decision);
  ASSERT_TRUE(timer.has_value());
  EXPECT_EQ(timer->earliest, Timing{}.decision);
}

TEST(TwoPhaseTermination, AParticipantThatVotedNoDoesNotWait) {
  Tested node = refusing_participant();
  node.hears(n1, VoteRequest{});
  EXPECT_FALSE(node.armed(Timer::decision).has_value());
}

TEST(TwoPhaseTermination, APreparedParticipantWhoseWaitIsOverAsksEverybodyElse) {
  Tested node = participant();
  node.hears(n1, VoteRequest{});
  node.sees_fire(Timer::decision);
  EXPECT_THAT(node.recipients_of(DecisionRequest{}), ElementsAre(n1, n3));
  EXPECT_TRUE(node.armed(Timer::decision).has_value());
}

TEST(TwoPhaseTermination, APreparedParticipantNeverDecidesAlone) {
  Tested node = participant(prepared);
  for (int wait = 0; wait < 100; ++wait) {
    node.sees_fire(Timer::decision);
    EXPECT_THAT(node.persisted(), IsEmpty());
    EXPECT_TRUE(node.has_sent<DecisionRequest>());
  }
}

TEST(TwoPhaseTermination, PreparedParticipantsDoNotDecideTogetherEither) {
  Tested node = participant(prepared);
  node.hears(n3, Prepared{});
  EXPECT_TRUE(node.is_without_effect());
  node.sees_fire(Timer::decision);
  EXPECT_THAT(node.persisted(), IsEmpty());
  EXPECT_THAT(node.recipients_of(DecisionRequest{}), ElementsAre(n1, n3));
}

// Case 1: the one asked has decided.
TEST(TwoPhaseTermination, AParticipantThatHasDecidedTellsItsDecision) {
  Tested node = participant(committed);
  node.hears(n3, DecisionRequest{});
  EXPECT_THAT(node.sent_to(n3), ElementsAre(Message{commit}));
  EXPECT_THAT(node.persisted(), IsEmpty());
}

// Case 2: the one asked has not voted yes. It can decide abort, and does.
TEST(TwoPhaseTermination, AParticipantThatHasNotVotedAbortsAndSaysSo) {
  Tested node = participant();
  node.hears(n3, DecisionRequest{});
  EXPECT_THAT(node.sent_to(n3), ElementsAre(Message{abort}));
  EXPECT_THAT(node.persisted(), ElementsAre(aborted));
  EXPECT_TRUE(node.persisted_before_speaking());
  EXPECT_TRUE(node.speaks_once_durable());
}

TEST(TwoPhaseTermination, AParticipantThatAbortedWhenAskedNeverVotesYes) {
  Tested node = participant();
  node.hears(n3, DecisionRequest{});
  node.restart();
  node.hears(n1, VoteRequest{});
  EXPECT_THAT(node.sent_to(n1), ElementsAre(Message{VoteNo{}}));
}

// Case 3: the one asked has voted yes and does not know either.
TEST(TwoPhaseTermination, APreparedParticipantCannotHelpAnother) {
  Tested node = participant(prepared);
  node.hears(n3, DecisionRequest{});
  EXPECT_THAT(node.sent_to(n3), ElementsAre(Message{Prepared{}}));
  EXPECT_TRUE(node.speaks_once_durable());
  EXPECT_THAT(node.persisted(), IsEmpty());
}

TEST(TwoPhaseTermination, AParticipantObeysAPeerThatKnows) {
  Tested node = participant(prepared);
  node.hears(n3, commit);
  EXPECT_EQ(node.disk(), committed);
  EXPECT_TRUE(node.has_cancelled(Timer::decision));
}

// An inquiry, unlike a question of a prepared participant, changes nothing where it arrives.
TEST(TwoPhaseTermination, AnInquiryIsAnsweredByThoseWhoKnow) {
  Tested node = participant(aborted);
  node.hears(n3, Inquiry{});
  EXPECT_THAT(node.sent_to(n3), ElementsAre(Message{abort}));
}

TEST(TwoPhaseTermination, AnInquiryMakesNobodyAbort) {
  for (const Durable& disk : {Durable{}, prepared}) {
    Tested node = participant(disk);
    node.hears(n3, Inquiry{});
    EXPECT_TRUE(node.is_without_effect());
  }
}

TEST(TwoPhaseTermination, AnUndecidedNodeThatIsFreeToAbortInquiresSlowly) {
  Tested node = participant();
  const auto timer = node.armed(Timer::catch_up);
  ASSERT_TRUE(timer.has_value());
  EXPECT_EQ(timer->earliest, Timing{}.catch_up);
  node.sees_fire(Timer::catch_up);
  EXPECT_THAT(node.recipients_of(Inquiry{}), ElementsAre(n1, n3));
  EXPECT_TRUE(node.armed(Timer::catch_up).has_value());
}

TEST(TwoPhaseTermination, APreparedParticipantDoesNotInquireAsWell) {
  Tested node = participant(prepared);
  node.sees_fire(Timer::catch_up);
  EXPECT_TRUE(node.is_silent());
  EXPECT_TRUE(node.armed(Timer::catch_up).has_value());
}

TEST(TwoPhaseTermination, ACoordinatorThatCountsVotesInquiresOfNobody) {
  Tested node = begun_coordinator();
  node.sees_fire(Timer::catch_up);
  EXPECT_TRUE(node.is_silent());
}

// Else it would never hear that a participant has aborted without it.
TEST(TwoPhaseTermination, ACoordinatorThatHasNotBegunInquiresToo) {
  Tested node = coordinator();
  node.sees_fire(Timer::catch_up);
  EXPECT_THAT(node.recipients_of(Inquiry{}), ElementsAre(n2, n3));
}

// Time-out actions: a participant that misses the vote request has not voted and may abort alone.
TEST(TwoPhaseTermination, AParticipantAsksTwiceThatVotesBeCountedAndThenAborts) {
  Tested node = participant();
  node.is_asked(request(c1));
  EXPECT_THAT(node.sent_to(n1), ElementsAre(Message{Begin{}}));
  node.sees_fire(Timer::catch_up);
  EXPECT_THAT(node.sent_to(n1), ElementsAre(Message{Begin{}}));
  EXPECT_THAT(node.persisted(), IsEmpty());
  node.sees_fire(Timer::catch_up);
  EXPECT_THAT(node.persisted(), ElementsAre(aborted));
  EXPECT_THAT(node.sent_to(n2), ElementsAre(Message{abort}));
  EXPECT_TRUE(node.speaks_once_durable());
  node.hears(n2, abort);
  EXPECT_THAT(node.answers(), ElementsAre(answer(request(c1), Decision::abort)));
}

TEST(TwoPhaseTermination, AParticipantThatAbortedAloneVotesNoWhenItIsAskedAfterAll) {
  Tested node = participant();
  node.is_asked(request(c1));
  node.sees_fire(Timer::catch_up);
  node.sees_fire(Timer::catch_up);
  node.restart();
  node.hears(n1, VoteRequest{});
  EXPECT_THAT(node.sent_to(n1), ElementsAre(Message{VoteNo{}}));
  EXPECT_EQ(node.disk(), aborted);
}

TEST(TwoPhaseTermination, APreparedParticipantNeverAbortsAloneHoweverLongItsClientWaits) {
  Tested node = participant();
  node.is_asked(request(c1));
  node.sees_fire(Timer::catch_up);
  node.hears(n1, VoteRequest{});
  node.sees_fire(Timer::catch_up);
  node.sees_fire(Timer::catch_up);
  EXPECT_EQ(node.disk(), prepared);
}

TEST(TwoPhaseTermination, AParticipantThatNobodyAskedDoesNotAbort) {
  Tested node = participant();
  for (int wait = 0; wait < 100; ++wait) {
    node.sees_fire(Timer::catch_up);
    EXPECT_THAT(node.persisted(), IsEmpty());
  }
}

TEST(TwoPhaseTermination, ANodeWhoseWordToItselfWasLostRepeatsIt) {
  Tested node = participant(prepared);
  node.hears(n1, abort);
  node.sees_fire(Timer::catch_up);
  EXPECT_THAT(node.sent_to(n2), ElementsAre(Message{abort}));
  EXPECT_TRUE(node.speaks_once_durable());
  EXPECT_TRUE(node.armed(Timer::catch_up).has_value());

  Tested first = begun_coordinator();
  first.hears({n2, n3}, VoteYes{});
  first.sees_fire(Timer::catch_up);
  EXPECT_THAT(first.sent_to(n1), ElementsAre(Message{commit}));
}

}  // namespace
}  // namespace synod::two_phase_commit
