// termination: who waits for whom when a repaired world does not come to a decision.
#include <gtest/gtest.h>

#include "tests/properties/atomic_commit_testing.h"

namespace synod::atomic_commit {
namespace {

using namespace atomic_commit_testing;

TEST(Termination, NamesWhoIsBlockedWhoOfThemVotedYesAndWhoIsDown) {
  ToldOfTwoPhases told;
  told.all_vote_yes();
  told.crash(n1);
  EXPECT_EQ(told.witness.blocked_text(told.world, {}),
            "blocked: {n2, n3} cannot decide ({n2, n3} voted yes), and wait for {n1}, down for "
            "good");
}

TEST(Termination, CountsNobodyAsPreparedWhoHasNotVotedYes) {
  ToldOfTwoPhases told(4);
  told.vote_yes(n3);
  told.crash(n1);
  told.crash({3});
  EXPECT_EQ(told.witness.blocked_text(told.world, {}),
            "blocked: {n2, n3} cannot decide ({n3} voted yes), and wait for {n1, n4}, down for "
            "good");
}

TEST(Termination, SpeaksOfOneInTheSingularAndLeavesAwayThoseWhoKnow) {
  ToldOfTwoPhases told;
  told.crash(n1);
  EXPECT_EQ(told.witness.blocked_text(told.world, NodeSet::only(n3)),
            "blocked: {n2} cannot decide, and waits for {n1}, down for good");
}

TEST(Termination, DoesNotSpeakOfBlockingWhereEverybodyIsUp) {
  ToldOfTwoPhases told;
  told.all_vote_yes();
  EXPECT_EQ(told.witness.blocked_text(told.world, NodeSet::only(n1)),
            "{n2, n3} cannot decide although everybody is up");
}

TEST(Termination, CountsWhoCameBackAsUp) {
  ToldOfTwoPhases told;
  told.crash(n1);
  told.restart(n1);
  EXPECT_EQ(told.witness.blocked_text(told.world, {}),
            "{n1, n2, n3} cannot decide although everybody is up");
}

TEST(Termination, IsReportedAsAFindingOfItsOwnUnlessSomethingWasFoundBefore) {
  ToldOfTwoPhases told;
  told.witness.report(termination_text, "who waits for whom");
  EXPECT_EQ(told.finding(), "termination: who waits for whom");

  ToldOfTwoPhases split;
  split.learn(n1, Decision::abort);
  split.witness.report(termination_text, "who waits for whom");
  EXPECT_EQ(split.witness.findings().first().property, "abort_validity");
}

}  // namespace
}  // namespace synod::atomic_commit
