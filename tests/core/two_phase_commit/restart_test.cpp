// A restart of a node of two-phase commit: a new object, started from its disk alone. BHG 7.4,
// recovery, with presumed abort.
#include "tests/core/two_phase_commit/fixture.h"

namespace synod::two_phase_commit {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(TwoPhaseRestart, LeavesACoordinatorOnlyWhatIsOnDisk) {
  Tested node = begun_coordinator();
  node.hears({n2, n3}, VoteYes{});
  node.hears(n2, Ack{});
  node.restart();
  EXPECT_EQ(node.disk(), begun_and_committed);
  EXPECT_TRUE(node.node() == coordinator(node.disk()).node());
  EXPECT_FALSE(node.node() == coordinator().node());
}

TEST(TwoPhaseRestart, LeavesAParticipantOnlyWhatIsOnDisk) {
  Tested node = participant();
  node.is_asked(request(c1));
  node.hears(n1, VoteRequest{});
  node.sees_fire(Timer::decision);
  node.hears(n3, Prepared{});
  node.restart();
  EXPECT_EQ(node.disk(), prepared);
  EXPECT_TRUE(node.node() == participant(node.disk()).node());
}

TEST(TwoPhaseRestart, WritesNothing) {
  for (const Durable& disk : {Durable{}, begun, begun_and_committed}) {
    EXPECT_THAT(coordinator(disk).persisted(), IsEmpty());
  }
  for (const Durable& disk : {Durable{}, prepared, committed, aborted}) {
    EXPECT_THAT(participant(disk).persisted(), IsEmpty());
  }
}

// A coordinator that finds its start record and no decision decides abort.
TEST(TwoPhaseRestart, MakesACoordinatorAbortThatHadBegunAndNotDecided) {
  Tested node = coordinator(begun);
  EXPECT_THAT(node.learned(), ElementsAre(abort_value));
  EXPECT_THAT(node.recipients_of(abort), ElementsAre(n2, n3));
}

TEST(TwoPhaseRestart, KeepsACoordinatorFromBeginningAgain) {
  Tested node = coordinator(begun);
  node.is_asked(request(c1));
  EXPECT_TRUE(node.is_silent());
  EXPECT_THAT(node.answers(), ElementsAre(answer(request(c1), Decision::abort)));
  node.hears(n2, Begin{});
  EXPECT_FALSE(node.has_sent<VoteRequest>());
}

TEST(TwoPhaseRestart, MakesACoordinatorDeafToTheVotesThatItAskedFor) {
  Tested node = coordinator(begun);
  node.hears({n2, n3}, VoteYes{});
  EXPECT_TRUE(node.is_without_effect());
}

// Presumed abort: an abort that left no record is found again.
TEST(TwoPhaseRestart, LeavesTheCoordinatorsAbortAsItWas) {
  Tested node = begun_coordinator();
  node.hears(n2, VoteNo{});
  node.restart();
  EXPECT_THAT(node.learned(), ElementsAre(abort_value));
}

TEST(TwoPhaseRestart, MakesACoordinatorTellItsCommitAgainUntilAllAcknowledge) {
  Tested node = coordinator(begun_and_committed);
  EXPECT_THAT(node.learned(), ElementsAre(commit_value));
  EXPECT_THAT(node.recipients_of(commit), ElementsAre(n2, n3));
  EXPECT_TRUE(node.armed(Timer::resend).has_value());
  node.hears(n3, Ack{});
  node.sees_fire(Timer::resend);
  EXPECT_THAT(node.recipients_of(commit), ElementsAre(n2));
}

TEST(TwoPhaseRestart, LetsACoordinatorBeginThatHadNot) {
  Tested node = coordinator();
  node.restart();
  EXPECT_TRUE(node.is_silent());
  EXPECT_THAT(node.learned(), IsEmpty());
  node.is_asked(request(c1));
  EXPECT_TRUE(node.has_sent<VoteRequest>());
}

TEST(TwoPhaseRestart, MakesAPreparedParticipantAskAtOnce) {
  Tested node = participant(prepared);
  EXPECT_THAT(node.recipients_of(DecisionRequest{}), ElementsAre(n1, n3));
  EXPECT_TRUE(node.armed(Timer::decision).has_value());
  EXPECT_THAT(node.learned(), IsEmpty());
}

TEST(TwoPhaseRestart, LeavesADecidedParticipantWithItsDecision) {
  Tested node = participant(committed);
  EXPECT_TRUE(node.is_silent());
  EXPECT_THAT(node.learned(), ElementsAre(commit_value));
  EXPECT_FALSE(node.armed(Timer::decision).has_value());
  EXPECT_FALSE(node.armed(Timer::catch_up).has_value());
}

TEST(TwoPhaseRestart, LeavesAParticipantFreeThatHadNotVoted) {
  Tested node = participant();
  EXPECT_TRUE(node.is_silent());
  EXPECT_FALSE(node.armed(Timer::decision).has_value());
  EXPECT_TRUE(node.armed(Timer::catch_up).has_value());
}

TEST(TwoPhaseRestart, ForgetsTheClientsThatWaited) {
  Tested node = participant();
  node.is_asked(request(c1));
  node.restart();
  node.hears(n1, abort);
  node.hears(n2, abort);
  EXPECT_THAT(node.learned(), ElementsAre(abort_value));
  EXPECT_THAT(node.answers(), IsEmpty());
}

// The two rules by which a planted bug forgets: what goes to disk, and what comes back.

TEST(TwoPhaseRestart, WritesWhatTheRuleSays) {
  Config forgetful = cluster();
  forgetful.rules.to_store = [](const Durable&) { return Durable{}; };
  Tested node(forgetful, n2);
  node.hears(n1, VoteRequest{});
  EXPECT_THAT(node.persisted(), ElementsAre(Durable{}));
}

TEST(TwoPhaseRestart, ReadsBackWhatTheRuleSays) {
  Config forgetful = cluster();
  forgetful.rules.recovered = [](const Durable&) { return Durable{}; };
  Tested node(forgetful, n2, committed);
  EXPECT_THAT(node.learned(), IsEmpty());
}

}  // namespace
}  // namespace synod::two_phase_commit
