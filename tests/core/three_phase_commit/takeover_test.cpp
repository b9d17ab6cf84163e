// Three-phase commit when somebody has died, or seems to have: the termination protocol (BHG 7.5,
// rules TR1 to TR4), how long each waits for whom, and what a node does that comes back.
#include "tests/core/three_phase_commit/fixture.h"

namespace synod::three_phase_commit {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const Timing timing;

/// n3 of four has taken over in this state.
TestedNode leader(State state) {
  TestedNode node(n3, state);
  node.sees_fire(Timer::silence);
  return node;
}

TEST(ThreePhaseCommitTakeover, AsksEveryOtherNodeForItsState) {
  const TestedNode node = leader(State::waiting);
  EXPECT_THAT(node.recipients_of(StateRequest{}), ElementsAre(n1, n2, n4));
  EXPECT_EQ(node.armed(Timer::reports), answers(timing));
  EXPECT_THAT(node.persisted(), IsEmpty());
}

TEST(ThreePhaseCommitTakeover, HappensOnce) {
  TestedNode node = leader(State::waiting);
  node.sees_fire(Timer::silence);
  EXPECT_TRUE(node.is_without_effect());
}

// TR1.
TEST(ThreePhaseCommitTakeover, AbortsWhenSomebodyHasAborted) {
  TestedNode node = leader(State::waiting);
  node.hears(n4, StateReport{State::aborted});
  EXPECT_THAT(node.recipients_of(decide_abort), ElementsAre(n3, n1, n2, n4));
  EXPECT_TRUE(node.persisted_before_speaking());
  EXPECT_EQ(node.state_on_disk(), State::aborted);
  EXPECT_TRUE(node.has_cancelled(Timer::reports));
}

// TR2.
TEST(ThreePhaseCommitTakeover, CommitsWhenSomebodyHasCommitted) {
  TestedNode node = leader(State::pre_committed);
  node.hears(n4, StateReport{State::committed});
  EXPECT_THAT(node.recipients_of(decide_commit), ElementsAre(n3, n1, n2, n4));
  EXPECT_TRUE(node.persisted_before_speaking());
  EXPECT_EQ(node.state_on_disk(), State::committed);
}

// TR3.
TEST(ThreePhaseCommitTakeover, AbortsWhenAllWhoAreLeftAreWaiting) {
  TestedNode node = leader(State::waiting);
  node.hears(n4, StateReport{State::waiting});
  EXPECT_TRUE(node.is_without_effect());
  node.sees_fire(Timer::reports);
  EXPECT_THAT(node.recipients_of(decide_abort), ElementsAre(n3, n1, n2, n4));
  EXPECT_EQ(node.state_on_disk(), State::aborted);
}

// TR4.
TEST(ThreePhaseCommitTakeover, BringsTheOthersAlongBeforeItCommits) {
  TestedNode node = leader(State::waiting);
  node.hears(n4, StateReport{State::pre_committed});
  EXPECT_TRUE(node.is_without_effect());
  node.sees_fire(Timer::reports);
  EXPECT_THAT(node.recipients_of(PreCommit{}), ElementsAre(n2, n4));
  EXPECT_TRUE(node.persisted_before_speaking());
  EXPECT_EQ(node.state_on_disk(), State::pre_committed);
  EXPECT_EQ(node.armed(Timer::acks), answers(timing));
  node.hears(n4, PreCommitAck{});
  EXPECT_TRUE(node.is_without_effect());
  node.sees_fire(Timer::acks);
  EXPECT_THAT(node.recipients_of(decide_commit), ElementsAre(n3, n1, n2, n4));
  EXPECT_EQ(node.state_on_disk(), State::committed);
}

TEST(ThreePhaseCommitTakeover, CountsItsOwnStateAmongThem) {
  TestedNode node = leader(State::pre_committed);
  node.hears(n4, StateReport{State::waiting});
  node.sees_fire(Timer::reports);
  EXPECT_THAT(node.recipients_of(PreCommit{}), ElementsAre(n2, n4));
  node.hears({n2, n4}, PreCommitAck{});
  EXPECT_EQ(node.state_on_disk(), State::committed);
}

TEST(ThreePhaseCommitTakeover, WaitsNoLongerThanForTheLastReport) {
  TestedNode node = leader(State::pre_committed);
  node.hears({n1, n2, n4}, StateReport{State::pre_committed});
  EXPECT_THAT(node.recipients_of(PreCommit{}), ElementsAre(n2, n4));
  EXPECT_TRUE(node.has_cancelled(Timer::reports));
}

TEST(ThreePhaseCommitTakeover, GivesWayToADecision) {
  TestedNode node = leader(State::waiting);
  node.hears(n2, decide_commit);
  EXPECT_EQ(node.state_on_disk(), State::committed);
  EXPECT_THAT(node.sent_to(n4), IsEmpty());
  node.sees_fire(Timer::reports);
  EXPECT_TRUE(node.is_without_effect());
  node.hears(n4, StateReport{State::waiting});
  EXPECT_TRUE(node.is_without_effect());
}

TEST(ThreePhaseCommitTakeover, AParticipantReportsItsStateAndWaitsAnew) {
  for (const State state : {State::waiting, State::pre_committed}) {
    TestedNode node(n4, state);
    node.hears(n3, StateRequest{});
    EXPECT_THAT(node.sent_to(n3), ElementsAre(Message{StateReport{state}}));
    EXPECT_EQ(node.armed(Timer::silence), word(timing));
    EXPECT_THAT(node.persisted(), IsEmpty());
  }
  for (const State state : {State::committed, State::aborted}) {
    TestedNode node(n4, state);
    node.hears(n3, StateRequest{});
    EXPECT_THAT(node.sent_to(n3), ElementsAre(Message{StateReport{state}}));
    EXPECT_EQ(node.armed(Timer::silence), std::nullopt);
  }
}

// It has not voted, so it may; and whoever asks must be able to count on that it never will.
TEST(ThreePhaseCommitTakeover, WhoHasNotVotedAbortsWhenAskedForItsState) {
  TestedNode node(n4);
  node.hears(n3, StateRequest{});
  EXPECT_THAT(node.sent_to(n3), ElementsAre(Message{StateReport{State::aborted}}));
  EXPECT_TRUE(node.persisted_before_speaking());
  node.hears(n1, VoteRequest{});
  EXPECT_THAT(node.sent_to(n1), ElementsAre(Message{VoteNo{}}));
}

TEST(ThreePhaseCommitTakeover, ACoordinatorTakenForDeadAbortsIfItStillMay) {
  TestedNode voting(n1);
  voting.is_asked(request_of(c1));
  voting.hears(n3, StateRequest{});
  EXPECT_THAT(voting.sent_to(n3), ElementsAre(Message{StateReport{State::aborted}}));
  TestedNode pre_committed(n1, State::pre_committed);
  pre_committed.hears(n3, StateRequest{});
  EXPECT_THAT(pre_committed.sent_to(n3), ElementsAre(Message{StateReport{State::pre_committed}}));
  EXPECT_FALSE(pre_committed.has_armed(Timer::silence));
}

TEST(ThreePhaseCommitTakeover, AnAskedParticipantAbortsWhenTheCoordinatorDoesNotBegin) {
  TestedNode node(n3);
  node.is_asked(request_of(c1));
  node.sees_fire(Timer::silence);
  EXPECT_THAT(node.recipients_of(decide_abort), ElementsAre(n3, n1, n2, n4));
  EXPECT_TRUE(node.persisted_before_speaking());
  EXPECT_EQ(node.state_on_disk(), State::aborted);
}

// ---- How long each waits ------------------------------------------------------------------------

TEST(ThreePhaseCommitTiming, ALateAnswerIsHeardBeforeTheTimerFires) {
  EXPECT_GT(answers(timing), timing.hop * 2);
}

TEST(ThreePhaseCommitTiming, TheNextWordIsHeardBeforePatienceEnds) {
  EXPECT_GT(patience(timing, 4, n1, n2), answers(timing) + timing.hop);
}

TEST(ThreePhaseCommitTiming, ATurnIsLongEnoughForAStateRequestToArrive) {
  EXPECT_GE(turn(timing), word(timing) + timing.hop);
  EXPECT_GT(turn(timing), answers(timing) + timing.hop * 2);
}

TEST(ThreePhaseCommitTiming, TakingOverGoesRoundInTheOrderOfIds) {
  EXPECT_EQ(patience(timing, 4, n1, n2), word(timing));
  EXPECT_EQ(patience(timing, 4, n1, n3), word(timing) + turn(timing));
  EXPECT_EQ(patience(timing, 4, n1, n4), word(timing) + turn(timing) * 2);
  EXPECT_EQ(patience(timing, 4, n2, n3), word(timing));
  EXPECT_EQ(patience(timing, 4, n2, n4), word(timing) + turn(timing));
  EXPECT_EQ(patience(timing, 4, n4, n1), word(timing));
  EXPECT_EQ(patience(timing, 4, n4, n3), word(timing) + turn(timing) * 2);
}

TEST(ThreePhaseCommitTiming, EveryWordOfALeaderStartsTheWaitAnew) {
  TestedNode node(n4);
  node.hears(n1, VoteRequest{});
  EXPECT_EQ(node.armed(Timer::silence), word(timing) + turn(timing) * 2);
  node.hears(n2, StateRequest{});
  EXPECT_EQ(node.armed(Timer::silence), word(timing) + turn(timing));
  node.hears(n2, PreCommit{});
  EXPECT_EQ(node.armed(Timer::silence), word(timing) + turn(timing));
  node.hears(n2, PreCommit{});  // it is pre-committed already, and all the same
  EXPECT_EQ(node.armed(Timer::silence), word(timing) + turn(timing));
  EXPECT_THAT(node.sent_to(n2), ElementsAre(Message{PreCommitAck{}}));
}

// ---- Restart: outside the fault model, and yet it goes on where it left -------------------------

TEST(ThreePhaseCommitRestart, ACoordinatorThatWasVotingAborts) {
  const TestedNode node(n1, State::voting);
  EXPECT_THAT(node.recipients_of(decide_abort), ElementsAre(n1, n2, n3, n4));
  EXPECT_TRUE(node.persisted_before_speaking());
}

TEST(ThreePhaseCommitRestart, ACoordinatorThatWasPreCommittedGoesOnToCommit) {
  TestedNode node(n1, State::pre_committed);
  EXPECT_THAT(node.recipients_of(PreCommit{}), ElementsAre(n2, n3, n4));
  EXPECT_EQ(node.armed(Timer::acks), answers(timing));
  node.hears({n2, n3, n4}, PreCommitAck{});
  EXPECT_THAT(node.recipients_of(decide_commit), ElementsAre(n1, n2, n3, n4));
}

TEST(ThreePhaseCommitRestart, AParticipantThatHasVotedYesWaitsForAWord) {
  for (const State state : {State::waiting, State::pre_committed}) {
    const TestedNode node(n3, state);
    EXPECT_TRUE(node.is_silent());
    EXPECT_EQ(node.armed(Timer::silence), patience(timing, 4, n1, n3));
  }
}

TEST(ThreePhaseCommitRestart, ADecisionOnDiskIsKnown) {
  const TestedNode committed(n1, State::committed);
  EXPECT_THAT(committed.learned(), ElementsAre(commit_value));
  TestedNode aborted(n3, State::aborted);
  EXPECT_THAT(aborted.learned(), ElementsAre(abort_value));
  EXPECT_FALSE(aborted.has_armed(Timer::catch_up));
  aborted.is_asked(request_of(c1));
  EXPECT_THAT(aborted.answers(), ElementsAre(answer(request_of(c1), Decision::abort)));
}

}  // namespace
}  // namespace synod::three_phase_commit
