// abort_validity: nothing is aborted without a reason.
#include <gtest/gtest.h>

#include "tests/properties/atomic_commit_testing.h"

namespace synod::atomic_commit {
namespace {

using namespace atomic_commit_testing;

constexpr const char* no_reason =
    "abort_validity: n1 decided abort: nobody had voted no and nothing had gone wrong";

TEST(AbortValidity, NamesWhoAbortedForNoReason) {
  ToldOfTwoPhases told;
  told.learn(n1, Decision::abort);
  EXPECT_EQ(told.finding(), no_reason);
}

TEST(AbortValidity, IsNotSatisfiedByAYes) {
  ToldOfTwoPhases told;
  told.all_vote_yes();
  told.tell(n1, n2, Decision::abort);
  EXPECT_EQ(told.finding(), no_reason);
}

TEST(AbortValidity, AllowsAnAbortAfterANo) {
  ToldOfTwoPhases told;
  told.vote_yes(n3);
  told.vote_no(n2);
  told.learn(n1, Decision::abort);
  EXPECT_EQ(told.finding(), "");
}

TEST(AbortValidity, AllowsWhoCannotCommitToAbortAlone) {
  ToldOfTwoPhases told(3, NodeSet::only(n2));
  told.learn(n2, Decision::abort);
  told.learn(n1, Decision::abort);
  EXPECT_EQ(told.finding(), "");
}

TEST(AbortValidity, IsBrokenByWhoCouldCommitWhereAnotherCouldNot) {
  ToldOfTwoPhases told(3, NodeSet::only(n2));
  told.learn(n3, Decision::abort);  // before n2 has said anything
  EXPECT_EQ(told.finding(),
            "abort_validity: n3 decided abort: nobody had voted no and nothing had gone wrong");
}

TEST(AbortValidity, AllowsAnAbortAfterATimeOutThatGivesUpOnSomebody) {
  using two_phase_commit::Timer;
  for (const Timer timer : {Timer::votes, Timer::decision}) {
    ToldOfTwoPhases told;
    told.fire(n1, timer);
    told.learn(n1, Decision::abort);
    EXPECT_EQ(told.finding(), "");
  }
  for (const Timer timer : {Timer::resend, Timer::catch_up}) {
    ToldOfTwoPhases told;
    told.fire(n1, timer);
    told.learn(n1, Decision::abort);
    EXPECT_EQ(told.finding(), no_reason) << "who asks again has not given up";
  }
}

TEST(AbortValidity, KnowsTheTimeOutsOfThreePhaseCommit) {
  using three_phase_commit::Timer;
  for (const Timer timer : {Timer::votes, Timer::acks, Timer::reports, Timer::silence}) {
    Told<ThreePhaseCommitWords> told;
    told.fire(n1, timer);
    told.learn(n1, Decision::abort);
    EXPECT_EQ(told.finding(), "");
  }
  Told<ThreePhaseCommitWords> told;
  told.fire(n1, Timer::catch_up);
  told.learn(n1, Decision::abort);
  EXPECT_EQ(told.finding(), no_reason);
}

TEST(AbortValidity, KnowsTheTimeOutOfPaxosCommit) {
  using paxos_commit::Timer;
  for (std::size_t i = 0; i < paxos_commit::timer_count; ++i) {
    const auto timer = static_cast<Timer>(i);
    Told<PaxosCommitWords> told;
    told.fire(n1, timer);
    told.learn(n1, Decision::abort);
    EXPECT_EQ(told.finding(), timer == Timer::take_over ? "" : no_reason);
  }
}

TEST(AbortValidity, AllowsAnAbortAfterAnyAccident) {
  ToldOfTwoPhases crashed;
  crashed.crash(n3);
  crashed.learn(n1, Decision::abort);
  EXPECT_EQ(crashed.finding(), "");

  ToldOfTwoPhases lost;
  lost.drop(lost.send(n2, n1, two_phase_commit::VoteYes{}));
  lost.learn(n1, Decision::abort);
  EXPECT_EQ(lost.finding(), "");

  ToldOfTwoPhases late;
  const auto slot = late.send(n2, n1, two_phase_commit::VoteYes{});
  late.wait(delay_max.ticks + 1);
  late.deliver(slot);
  late.learn(n1, Decision::abort);
  EXPECT_EQ(late.finding(), "");
}

TEST(AbortValidity, TakesAMessageThatArrivesInTimeForNoReason) {
  ToldOfTwoPhases told;
  const auto slot = told.send(n2, n1, two_phase_commit::VoteYes{});
  told.wait(delay_max.ticks);
  told.deliver(slot);
  told.learn(n1, Decision::abort);
  EXPECT_EQ(told.finding(), no_reason);
}

TEST(AbortValidity, IsJudgedByWhatHadGoneWrongBefore) {
  ToldOfTwoPhases told;
  told.learn(n1, Decision::abort);
  told.crash(n3);
  told.vote_no(n2);
  EXPECT_EQ(told.finding(), no_reason);
}

}  // namespace
}  // namespace synod::atomic_commit
