// Bernstein, Hadzilacos and Goodman (BHG) 7.4: what the coordinator does.
#include "tests/core/two_phase_commit/fixture.h"

namespace synod::two_phase_commit {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Step 1: the coordinator sends a vote request to all participants.
TEST(TwoPhaseCoordinator, AsksAllParticipantsForTheirVotes) {
  Tested node = coordinator();
  node.is_asked(request(c1));
  EXPECT_THAT(node.recipients_of(VoteRequest{}), ElementsAre(n2, n3));
}

TEST(TwoPhaseCoordinator, BeginsForANodeThatAClientAsked) {
  Tested node = coordinator();
  node.hears(n3, Begin{});
  EXPECT_THAT(node.recipients_of(VoteRequest{}), ElementsAre(n2, n3));
}

TEST(TwoPhaseCoordinator, WritesThatItHasBegunBeforeItAsksForVotes) {
  Tested node = coordinator();
  node.is_asked(request(c1));
  EXPECT_THAT(node.persisted(), ElementsAre(begun));
  EXPECT_TRUE(node.persisted_before_speaking());
  EXPECT_TRUE(node.speaks_once_durable());
}

TEST(TwoPhaseCoordinator, BeginsOnce) {
  Tested node = begun_coordinator();
  node.is_asked(request(c2));
  EXPECT_TRUE(node.is_without_effect());
  node.hears(n2, Begin{});
  EXPECT_TRUE(node.is_without_effect());
}

TEST(TwoPhaseCoordinator, DoesNothingBeforeItIsAsked) {
  Tested node = coordinator();
  EXPECT_TRUE(node.is_silent());
  node.hears(n2, Inquiry{});
  EXPECT_TRUE(node.is_without_effect());
}

// Nobody can have committed without it: a participant that has decided has aborted.
TEST(TwoPhaseCoordinator, AbortsWhenAParticipantHasAbortedBeforeItBegan) {
  Tested node = coordinator();
  node.hears(n2, abort);
  EXPECT_THAT(node.persisted(), ElementsAre(begun));
  EXPECT_THAT(node.recipients_of(abort), ElementsAre(n1, n2, n3));
  EXPECT_TRUE(node.speaks_once_durable());
  node.is_asked(request(c1));
  EXPECT_FALSE(node.has_sent<VoteRequest>());
}

TEST(TwoPhaseCoordinator, TakesNobodysWordOnceItHasBegun) {
  Tested node = begun_coordinator();
  node.hears(n2, abort);
  EXPECT_TRUE(node.is_without_effect());
}

// Step 3: if all votes are yes it decides commit …
TEST(TwoPhaseCoordinator, CommitsOnlyWhenAllHaveVotedYes) {
  Tested node = begun_coordinator();
  node.hears(n2, VoteYes{});
  EXPECT_TRUE(node.is_without_effect());
  node.hears(n3, VoteYes{});
  EXPECT_THAT(node.recipients_of(commit), ElementsAre(n1, n2, n3));
  EXPECT_TRUE(node.has_cancelled(Timer::votes));
}

TEST(TwoPhaseCoordinator, CountsAVoteThatArrivesTwiceOnce) {
  Tested node = begun_coordinator();
  node.hears({n2, n2}, VoteYes{});
  EXPECT_TRUE(node.is_without_effect());
}

// … and writes the commit before it sends it.
TEST(TwoPhaseCoordinator, WritesTheCommitBeforeItTellsAnybody) {
  Tested node = begun_coordinator();
  node.hears({n2, n3}, VoteYes{});
  EXPECT_THAT(node.persisted(), ElementsAre(begun_and_committed));
  EXPECT_TRUE(node.persisted_before_speaking());
  EXPECT_TRUE(node.speaks_once_durable());
}

TEST(TwoPhaseCoordinator, ClaimsToKnowTheCommitOnlyWhenItIsOnDisk) {
  Tested node = begun_coordinator();
  node.hears({n2, n3}, VoteYes{});
  EXPECT_THAT(node.learned(), IsEmpty());
  EXPECT_THAT(node.answers(), IsEmpty());
  node.hears(n1, commit);
  EXPECT_THAT(node.learned(), ElementsAre(commit_value));
  EXPECT_THAT(node.answers(), ElementsAre(answer(request(c1), Decision::commit)));
}

// Otherwise it decides abort.
TEST(TwoPhaseCoordinator, AbortsOnOneNo) {
  Tested node = begun_coordinator();
  node.hears(n2, VoteYes{});
  node.hears(n3, VoteNo{});
  EXPECT_THAT(node.recipients_of(abort), ElementsAre(n1, n2));
  EXPECT_TRUE(node.has_cancelled(Timer::votes));
}

// Step 3 again: the abort goes to those that voted yes, or may have.
TEST(TwoPhaseCoordinator, DoesNotTellTheAbortToTheOneThatSaidNo) {
  Tested node = begun_coordinator();
  node.hears(n2, VoteNo{});
  EXPECT_THAT(node.sent_to(n2), IsEmpty());
  EXPECT_THAT(node.sent_to(n3), ElementsAre(Message{abort}));
}

// Time-out actions: the coordinator that misses a vote decides abort.
TEST(TwoPhaseCoordinator, AbortsWhenAVoteDoesNotComeInTime) {
  Tested node = begun_coordinator();
  node.hears(n2, VoteYes{});
  node.sees_fire(Timer::votes);
  EXPECT_THAT(node.recipients_of(abort), ElementsAre(n1, n2, n3));
}

TEST(TwoPhaseCoordinator, GivesTheVotesTheTimeThatItsTimingSays) {
  Tested node = begun_coordinator();
  EXPECT_FALSE(node.has_cancelled(Timer::votes));
  const auto timer = node.armed(Timer::votes);
  ASSERT_TRUE(timer.has_value());
  EXPECT_EQ(timer->earliest, Timing{}.votes);
}

// Presumed abort: since no record means abort, an abort needs none.
TEST(TwoPhaseCoordinator, WritesNoRecordOfAnAbort) {
  Tested node = begun_coordinator();
  node.hears(n3, VoteNo{});
  EXPECT_THAT(node.persisted(), IsEmpty());
}

// But the record that it has begun must be there, or a restart would begin again.
TEST(TwoPhaseCoordinator, ClaimsToKnowTheAbortOnlyWhenItsBeginningIsOnDisk) {
  Tested node = begun_coordinator();
  node.sees_fire(Timer::votes);
  EXPECT_TRUE(node.speaks_once_durable());
  EXPECT_THAT(node.learned(), IsEmpty());
  node.hears(n1, abort);
  EXPECT_THAT(node.learned(), ElementsAre(abort_value));
  EXPECT_THAT(node.answers(), ElementsAre(answer(request(c1), Decision::abort)));
}

TEST(TwoPhaseCoordinator, DoesNotLetALateVoteChangeItsAbort) {
  Tested node = begun_coordinator();
  node.hears(n2, VoteYes{});
  node.sees_fire(Timer::votes);
  node.hears(n3, VoteYes{});
  EXPECT_TRUE(node.is_without_effect());
}

TEST(TwoPhaseCoordinator, DoesNotLetALateVoteChangeItsCommit) {
  Tested node = begun_coordinator();
  node.hears({n2, n3}, VoteYes{});
  node.hears(n3, VoteNo{});
  EXPECT_TRUE(node.is_without_effect());
}

TEST(TwoPhaseCoordinator, TellsTheCommitAgainToThoseWhoHaveNotAcknowledgedIt) {
  Tested node = begun_coordinator();
  node.hears({n2, n3}, VoteYes{});
  EXPECT_TRUE(node.armed(Timer::resend).has_value());
  node.hears(n2, Ack{});
  node.sees_fire(Timer::resend);
  EXPECT_THAT(node.recipients_of(commit), ElementsAre(n3));
  EXPECT_TRUE(node.armed(Timer::resend).has_value());
}

TEST(TwoPhaseCoordinator, StopsTellingWhenAllHaveAcknowledged) {
  Tested node = begun_coordinator();
  node.hears({n2, n3}, VoteYes{});
  node.hears(n2, Ack{});
  EXPECT_FALSE(node.has_cancelled(Timer::resend));
  node.hears(n3, Ack{});
  EXPECT_TRUE(node.has_cancelled(Timer::resend));
}

// Presumed abort: it is told once and not acknowledged; who misses it asks.
TEST(TwoPhaseCoordinator, TellsAnAbortOnce) {
  Tested node = begun_coordinator();
  node.hears(n2, VoteNo{});
  EXPECT_FALSE(node.armed(Timer::resend).has_value());
}

TEST(TwoPhaseCoordinator, CannotHelpWhileItCountsVotes) {
  Tested node = begun_coordinator();
  node.hears(n2, VoteYes{});
  node.hears(n2, DecisionRequest{});
  EXPECT_TRUE(node.is_without_effect());
  node.hears(n3, Inquiry{});
  EXPECT_TRUE(node.is_without_effect());
}

TEST(TwoPhaseCoordinator, TellsWhoeverAsksOnceItHasDecided) {
  for (const Durable& disk : {begun, begun_and_committed}) {
    Tested node = coordinator(disk);
    const Decide decided = disk == begun ? abort : commit;
    for (const Message& question : {Message{DecisionRequest{}}, {Inquiry{}}, {Begin{}}}) {
      node.hears(n3, question);
      EXPECT_THAT(node.sent_to(n3), ElementsAre(Message{decided}));
      EXPECT_TRUE(node.speaks_once_durable());
      EXPECT_THAT(node.persisted(), IsEmpty());
    }
  }
}

TEST(TwoPhaseCoordinator, CommitsAtOnceWithoutParticipants) {
  Tested node({.transaction = Transaction::of(1), .rules = {}, .timing = {}}, n1);
  node.is_asked(request(c1));
  EXPECT_EQ(node.disk(), begun_and_committed);
  EXPECT_THAT(node.sent_to(n1), ElementsAre(Message{commit}));
  EXPECT_FALSE(node.armed(Timer::resend).has_value());
}

}  // namespace
}  // namespace synod::two_phase_commit
