// What the witness of atomic commit reports of a node's own assertions, and what its properties and
// probes are called.
#include <gtest/gtest.h>

#include <vector>

#include "tests/properties/atomic_commit_testing.h"

namespace synod::atomic_commit {
namespace {

using namespace atomic_commit_testing;

TEST(TheWitness, ReportsAnAssertionThatIsBroken) {
  ToldOfTwoPhases told;
  told.witness.on(told.world, Broken{n2, "a decision never changes"});
  EXPECT_EQ(told.finding(), "assertion: n2: \"a decision never changes\" is broken");
}

TEST(TheWitness, ForgetsEverythingWhenItStartsAnew) {
  ToldOfTwoPhases told;
  told.vote_no(n2);
  told.fire(n1, two_phase_commit::Timer::votes);
  told.crash(n3);
  told.learn(n1, Decision::commit);
  EXPECT_NE(told.finding(), "");
  told.witness.start(Transaction::of(3), delay_max, disk_max);
  EXPECT_EQ(told.finding(), "");
  EXPECT_FALSE(told.witness.is_decided());
  EXPECT_EQ(told.witness.probes_reached(), 0);
  told.learn(n1, Decision::abort);
  EXPECT_EQ(told.finding(),
            "abort_validity: n1 decided abort: nobody had voted no and nothing had gone wrong");
}

TEST(TheProperties, HaveNamesOfTheirOwnAndASource) {
  std::vector<PropertyText> texts = {assertion_text, termination_text};
  const auto add = [&]<class... Ps>(std::tuple<Ps...>*) { (texts.push_back(Ps::text), ...); };
  add(static_cast<Properties*>(nullptr));
  EXPECT_EQ(texts.size(), 6U);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    EXPECT_FALSE(texts[i].about.empty());
    EXPECT_FALSE(texts[i].source.empty());
    for (std::size_t other = 0; other < i; ++other) {
      EXPECT_NE(texts[i].name, texts[other].name);
    }
  }
}

bool has_reached(const ToldOfTwoPhases& told, Probe probe) {
  return (told.witness.probes_reached() >> static_cast<unsigned>(probe) & 1U) != 0;
}

TEST(TheProbes, CountACoordinatorThatCrashesBetweenVotesAndDecision) {
  ToldOfTwoPhases told;
  told.crash(n1);
  EXPECT_FALSE(has_reached(told, Probe::coordinator_crashed_before_deciding)) << "no vote yet";
  told.restart(n1);
  told.vote_yes(n2);
  told.crash(n2);
  EXPECT_FALSE(has_reached(told, Probe::coordinator_crashed_before_deciding)) << "not n1";
  EXPECT_TRUE(has_reached(told, Probe::participant_crashed_prepared));
  told.crash(n1);
  EXPECT_TRUE(has_reached(told, Probe::coordinator_crashed_before_deciding));
}

TEST(TheProbes, DoNotCountACrashAfterTheDecision) {
  ToldOfTwoPhases told;
  told.all_vote_yes();
  told.learn(n2, Decision::commit);
  told.crash(n1);
  told.crash(n2);
  EXPECT_FALSE(has_reached(told, Probe::coordinator_crashed_before_deciding));
  EXPECT_FALSE(has_reached(told, Probe::participant_crashed_prepared));
  told.crash(n3);
  EXPECT_TRUE(has_reached(told, Probe::participant_crashed_prepared)) << "n3 had not decided";
}

TEST(TheProbes, TellWhoPassesADecisionOn) {
  ToldOfTwoPhases told;
  told.all_vote_yes();
  told.tell(n1, n2, Decision::commit);
  told.tell(n2, n2, Decision::commit);
  EXPECT_FALSE(has_reached(told, Probe::told_by_participant));
  told.tell(n2, n3, Decision::commit);
  EXPECT_TRUE(has_reached(told, Probe::told_by_participant));
}

TEST(TheProbes, TellAnAbortThatSomebodyWantedFromOneThatNobodyDid) {
  ToldOfTwoPhases told;
  told.vote_no(n2);
  told.learn(n1, Decision::abort);
  EXPECT_TRUE(has_reached(told, Probe::aborted));
  EXPECT_FALSE(has_reached(told, Probe::aborted_without_no));
  ToldOfTwoPhases other;
  other.fire(n1, two_phase_commit::Timer::votes);
  other.learn(n1, Decision::abort);
  EXPECT_TRUE(has_reached(other, Probe::aborted_without_no));
  EXPECT_FALSE(has_reached(other, Probe::committed));
}

}  // namespace
}  // namespace synod::atomic_commit
