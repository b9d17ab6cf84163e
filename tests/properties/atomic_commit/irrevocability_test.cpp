// irrevocability: a node that has decided stays with it, restarts and all.
#include <gtest/gtest.h>

#include "tests/properties/atomic_commit_testing.h"

namespace synod::atomic_commit {
namespace {

using namespace atomic_commit_testing;

TEST(Irrevocability, NamesBothDecisionsOfANodeThatChangedItsMind) {
  ToldOfTwoPhases told;
  told.all_vote_yes();
  told.learn(n2, Decision::commit);
  told.vote_no(n3);  // a reason, so that nothing else is wrong with an abort
  told.learn(n2, Decision::abort);
  EXPECT_EQ(told.finding(), "irrevocability: n2 decided abort after it had decided commit");
}

TEST(Irrevocability, IsNotForgottenInACrash) {
  ToldOfTwoPhases told;
  told.all_vote_yes();
  told.tell(n1, n2, Decision::commit);  // never written down
  told.crash(n1);
  told.restart(n1);
  EXPECT_EQ(told.finding(), "");
  told.tell(n1, n2, Decision::abort);  // presumed
  EXPECT_EQ(told.finding(), "irrevocability: n1 decided abort after it had decided commit");
}

TEST(Irrevocability, IsBrokenInTheOtherDirectionToo) {
  ToldOfTwoPhases told;
  told.crash(n3);
  told.learn(n1, Decision::abort);
  told.all_vote_yes();
  told.learn(n1, Decision::commit);
  EXPECT_EQ(told.finding(), "irrevocability: n1 decided commit after it had decided abort");
}

TEST(Irrevocability, GivesWayToAtomicityWhereAnotherNodeStaysWithTheFirstDecision) {
  ToldOfTwoPhases told;
  told.all_vote_yes();
  told.learn(n1, Decision::commit);
  told.learn(n2, Decision::commit);
  told.learn(n2, Decision::abort);
  EXPECT_EQ(told.finding(), "atomicity: {n1} decided commit, and n2 decided abort");
}

TEST(Irrevocability, AllowsANodeToDecideTheSameAgain) {
  ToldOfTwoPhases told;
  told.all_vote_yes();
  for (int i = 0; i < 2; ++i) {
    told.store(n2, {.is_begun = false, .has_voted_yes = true, .decision = Decision::commit});
    told.tell(n2, n3, Decision::commit);
    told.learn(n2, Decision::commit);
    told.answer(n2, Outcome::chosen, commit_value);
    told.crash(n2);
    told.restart(n2);
  }
  EXPECT_EQ(told.finding(), "");
}

}  // namespace
}  // namespace synod::atomic_commit
