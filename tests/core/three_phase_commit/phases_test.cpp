// Three-phase commit, sentence by sentence: BHG is Bernstein, Hadzilacos and Goodman, 7.5, PE is
// "Paxos in Plain English". What the coordinator and the participants do while nobody has died.
#include "tests/core/three_phase_commit/fixture.h"

namespace synod::three_phase_commit {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const Timing timing;

/// A coordinator that has asked for votes.
TestedNode voting() {
  TestedNode node(n1);
  node.is_asked(request_of(c1));
  return node;
}
TestedNode pre_committed_coordinator() {
  TestedNode node = voting();
  node.hears({n2, n3, n4}, VoteYes{});
  return node;
}

// PE: "Phase 1 — same as before — a coordinator suggests a value to all nodes".
TEST(ThreePhaseCommitCoordinator, AsksEveryParticipantForItsVote) {
  TestedNode node(n1);
  node.is_asked(request_of(c1));
  EXPECT_THAT(node.recipients_of(VoteRequest{}), ElementsAre(n2, n3, n4));
  EXPECT_TRUE(node.persisted_before_speaking());
  EXPECT_EQ(node.state_on_disk(), State::voting);
  EXPECT_EQ(node.armed(Timer::votes), answers(timing));
}

TEST(ThreePhaseCommitCoordinator, BeginsForAnotherNodeToo) {
  TestedNode node(n1);
  node.hears(n3, Begin{});
  EXPECT_THAT(node.recipients_of(VoteRequest{}), ElementsAre(n2, n3, n4));
}

TEST(ThreePhaseCommitCoordinator, BeginsOnce) {
  TestedNode node = voting();
  node.is_asked(request_of(c2));
  EXPECT_TRUE(node.is_without_effect());
  node.hears(n3, Begin{});
  EXPECT_TRUE(node.is_without_effect());
}

TEST(ThreePhaseCommitCoordinator, TellsWhoWantsItBegunHowItEnded) {
  TestedNode node(n1, State::committed);
  node.hears(n3, Begin{});
  EXPECT_THAT(node.sent_to(n3), ElementsAre(Message{decide_commit}));
  EXPECT_THAT(node.persisted(), IsEmpty());
}

// PE: "Phase 2 — new step — on receiving a yes from all nodes in previous step, the coordinator
// sends a 'prepare to commit' message."
TEST(ThreePhaseCommitCoordinator, SendsPreCommitWhenAllHaveVotedYes) {
  TestedNode node = voting();
  node.hears({n2, n4}, VoteYes{});
  EXPECT_TRUE(node.is_silent());
  node.hears(n3, VoteYes{});
  EXPECT_THAT(node.recipients_of(PreCommit{}), ElementsAre(n2, n3, n4));
  EXPECT_TRUE(node.persisted_before_speaking());
  EXPECT_EQ(node.state_on_disk(), State::pre_committed);
  EXPECT_EQ(node.armed(Timer::acks), answers(timing));
  EXPECT_TRUE(node.has_cancelled(Timer::votes));
}

TEST(ThreePhaseCommitCoordinator, CountsAVoteThatComesTwiceOnce) {
  TestedNode node = voting();
  node.hears({n2, n2, n3, n3}, VoteYes{});
  EXPECT_EQ(node.state_on_disk(), State::voting);
}

// BHG, step 3: any no, and the coordinator decides to abort.
TEST(ThreePhaseCommitCoordinator, AbortsOnASingleNo) {
  TestedNode node = voting();
  node.hears({n2, n3}, VoteYes{});
  node.hears(n4, VoteNo{});
  EXPECT_THAT(node.recipients_of(decide_abort), ElementsAre(n1, n2, n3, n4));
  EXPECT_TRUE(node.persisted_before_speaking());
  EXPECT_EQ(node.state_on_disk(), State::aborted);
}

TEST(ThreePhaseCommitCoordinator, AbortsWhenAVoteDoesNotCome) {
  TestedNode node = voting();
  node.hears({n2, n3}, VoteYes{});
  node.sees_fire(Timer::votes);
  EXPECT_THAT(node.recipients_of(decide_abort), ElementsAre(n1, n2, n3, n4));
  EXPECT_EQ(node.state_on_disk(), State::aborted);
}

TEST(ThreePhaseCommitCoordinator, IgnoresVotesThatComeTooLate) {
  TestedNode node = voting();
  node.sees_fire(Timer::votes);
  node.hears({n2, n3, n4}, VoteYes{});
  EXPECT_TRUE(node.is_without_effect());
  EXPECT_EQ(node.state_on_disk(), State::aborted);
}

// PE: "If the coordinator receives an acknowledgement from all nodes on the 'prepare to commit,' it
// can go ahead and communicate the result of the vote to all nodes asking them to commit."
TEST(ThreePhaseCommitCoordinator, CommitsWhenAllHaveAcknowledged) {
  TestedNode node = pre_committed_coordinator();
  node.hears({n4, n2}, PreCommitAck{});
  EXPECT_TRUE(node.is_without_effect());
  node.hears(n3, PreCommitAck{});
  EXPECT_THAT(node.recipients_of(decide_commit), ElementsAre(n1, n2, n3, n4));
  EXPECT_TRUE(node.persisted_before_speaking());
  EXPECT_EQ(node.state_on_disk(), State::committed);
  EXPECT_TRUE(node.has_cancelled(Timer::acks));
}

// Skeen, against PE's "if all nodes do not acknowledge … the coordinator aborts".
TEST(ThreePhaseCommitCoordinator, CommitsAlsoWhenAnAcknowledgementDoesNotCome) {
  TestedNode node = pre_committed_coordinator();
  node.hears(n2, PreCommitAck{});
  node.sees_fire(Timer::acks);
  EXPECT_THAT(node.recipients_of(decide_commit), ElementsAre(n1, n2, n3, n4));
  EXPECT_EQ(node.state_on_disk(), State::committed);
}

TEST(ThreePhaseCommitParticipant, VotesYesAndWaits) {
  TestedNode node(n3);
  node.hears(n1, VoteRequest{});
  EXPECT_THAT(node.sent_to(n1), ElementsAre(Message{VoteYes{}}));
  EXPECT_TRUE(node.persisted_before_speaking());
  EXPECT_EQ(node.state_on_disk(), State::waiting);
  EXPECT_EQ(node.armed(Timer::silence), word(timing) + turn(timing));
}

// BHG, step 2: a participant that votes no decides to abort, and stops.
TEST(ThreePhaseCommitParticipant, VotesNoAndHasAborted) {
  TestedNode node(n3, State::initial, NodeSet::only(n3));
  node.hears(n1, VoteRequest{});
  EXPECT_THAT(node.sent_to(n1), ElementsAre(Message{VoteNo{}}));
  EXPECT_TRUE(node.persisted_before_speaking());
  EXPECT_EQ(node.state_on_disk(), State::aborted);
  EXPECT_EQ(node.armed(Timer::silence), std::nullopt);
}

TEST(ThreePhaseCommitParticipant, GivesTheSameVoteAgain) {
  TestedNode yes(n3);
  yes.hears({n1, n1}, VoteRequest{});
  EXPECT_THAT(yes.sent_to(n1), ElementsAre(Message{VoteYes{}}));
  EXPECT_THAT(yes.persisted(), IsEmpty());
  TestedNode no(n3, State::aborted);
  no.hears(n1, VoteRequest{});
  EXPECT_THAT(no.sent_to(n1), ElementsAre(Message{VoteNo{}}));
}

// PE: "Each node acknowledges to the coordinator that it has received a 'prepare to commit'
// message."
TEST(ThreePhaseCommitParticipant, AcknowledgesPreCommit) {
  TestedNode node(n2, State::waiting);
  node.hears(n1, PreCommit{});
  EXPECT_THAT(node.sent_to(n1), ElementsAre(Message{PreCommitAck{}}));
  EXPECT_TRUE(node.persisted_before_speaking());
  EXPECT_EQ(node.state_on_disk(), State::pre_committed);
  EXPECT_EQ(node.armed(Timer::silence), word(timing));
}

TEST(ThreePhaseCommitParticipant, IsNotPreCommittedUnlessItHasVotedYes) {
  for (const State state : {State::initial, State::aborted, State::committed}) {
    TestedNode node(n2, state);
    node.hears(n1, PreCommit{});
    EXPECT_TRUE(node.is_silent()) << to_text(state);
    EXPECT_EQ(node.state_on_disk(), state);
  }
}

TEST(ThreePhaseCommitParticipant, ObeysTheDecision) {
  for (const State state : {State::initial, State::waiting, State::pre_committed}) {
    TestedNode commits(n3, state);
    commits.hears(n1, decide_commit);
    EXPECT_EQ(commits.state_on_disk(), State::committed);
    EXPECT_TRUE(commits.persisted_before_speaking());
    EXPECT_TRUE(commits.has_cancelled(Timer::silence));
    TestedNode aborts(n3, state);
    aborts.hears(n2, decide_abort);
    EXPECT_EQ(aborts.state_on_disk(), State::aborted);
  }
}

// BHG, AC2: "A process cannot reverse its decision after it has reached one."
TEST(ThreePhaseCommitParticipant, NeverReversesItsDecision) {
  TestedNode committed(n3, State::committed);
  committed.hears(n1, decide_abort);
  EXPECT_TRUE(committed.is_without_effect());
  TestedNode aborted(n3, State::aborted);
  aborted.hears(n1, decide_commit);
  EXPECT_TRUE(aborted.is_without_effect());
}

TEST(ThreePhaseCommitLearner, KnowsTheDecisionWhenItIsDurable) {
  TestedNode node(n3, State::pre_committed);
  node.is_asked(request_of(c1));
  node.hears(n1, decide_commit);
  EXPECT_THAT(node.learned(), IsEmpty());
  EXPECT_THAT(node.answers(), IsEmpty());
  EXPECT_THAT(node.sent_to(n3), ElementsAre(Message{decide_commit}));
  node.is_asked(request_of(c2));
  EXPECT_THAT(node.answers(), IsEmpty());
  node.hears(n3, decide_commit);
  EXPECT_THAT(node.learned(), ElementsAre(commit_value));
  EXPECT_THAT(node.answers(), ElementsAre(answer(request_of(c1), Decision::commit),
                                          answer(request_of(c2), Decision::commit)));
  node.hears(n3, decide_commit);
  EXPECT_TRUE(node.is_without_effect());
  node.is_asked(request_of(c1, 2));
  EXPECT_THAT(node.answers(), ElementsAre(answer(request_of(c1, 2), Decision::commit)));
}

TEST(ThreePhaseCommitLearner, AnswersOfAClientItsLatestRequestOnly) {
  TestedNode node(n1);
  node.is_asked(request_of(c1, 1));
  node.is_asked(request_of(c1, 2));
  node.sees_fire(Timer::votes);
  node.hears(n1, decide_abort);
  EXPECT_THAT(node.answers(), ElementsAre(answer(request_of(c1, 2), Decision::abort)));
}

TEST(ThreePhaseCommitLearner, CallsForTheCoordinatorWhenAClientAsks) {
  TestedNode node(n3);
  node.is_asked(request_of(c1));
  EXPECT_THAT(node.sent_to(n1), ElementsAre(Message{Begin{}}));
  EXPECT_EQ(node.armed(Timer::silence), answers(timing));
  node.is_asked(request_of(c1));
  EXPECT_TRUE(node.is_without_effect());
  node.hears(n1, VoteRequest{});
  node.is_asked(request_of(c2));
  EXPECT_TRUE(node.is_without_effect());
}

TEST(ThreePhaseCommitLearner, InquiresWhileItHasHeardNothing) {
  TestedNode node(n3);
  EXPECT_TRUE(node.has_armed(Timer::catch_up));
  node.sees_fire(Timer::catch_up);
  EXPECT_THAT(node.recipients_of(Inquiry{}), ElementsAre(n1, n2, n4));
  EXPECT_TRUE(node.has_armed(Timer::catch_up));
  node.hears(n1, VoteRequest{});
  node.sees_fire(Timer::catch_up);
  EXPECT_TRUE(node.is_without_effect());
}

TEST(ThreePhaseCommitLearner, AnswersAnInquiryWhenItHasDecidedAndOnlyThen) {
  TestedNode aborted(n2, State::aborted);
  aborted.hears(n3, Inquiry{});
  EXPECT_THAT(aborted.sent_to(n3), ElementsAre(Message{decide_abort}));
  for (const State state : {State::initial, State::waiting, State::pre_committed}) {
    TestedNode node(n2, state);
    node.hears(n3, Inquiry{});
    EXPECT_TRUE(node.is_without_effect());
  }
}

TEST(ThreePhaseCommitState, IsReadAsItIsWritten) {
  for (const State state : {State::initial, State::voting, State::waiting, State::pre_committed,
                            State::committed, State::aborted}) {
    State read = State::initial;
    EXPECT_TRUE(try_parse(to_text(state), read));
    EXPECT_EQ(read, state);
  }
  State read = State::initial;
  EXPECT_FALSE(try_parse("prepared", read));
  EXPECT_FALSE(try_parse("", read));
}

}  // namespace
}  // namespace synod::three_phase_commit
