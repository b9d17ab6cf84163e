// atomicity: no two nodes decide differently, by whatever sign they show it.
#include <gtest/gtest.h>

#include <array>
#include <utility>

#include "tests/properties/atomic_commit_testing.h"

namespace synod::atomic_commit {
namespace {

using namespace atomic_commit_testing;

using Deed = void (*)(ToldOfTwoPhases& told, NodeId node, Decision decision);

/// Each of these says that a node has decided.
constexpr std::array<std::pair<const char*, Deed>, 4> signs = {{
    {"writes it down",
     [](ToldOfTwoPhases& told, NodeId node, Decision decision) {
       told.store(node, {.is_begun = true, .has_voted_yes = true, .decision = decision});
     }},
    {"tells a node",
     [](ToldOfTwoPhases& told, NodeId node, Decision decision) { told.tell(node, n2, decision); }},
    {"tells a client",
     [](ToldOfTwoPhases& told, NodeId node, Decision decision) {
       told.answer(node, Outcome::chosen, value_of(decision));
     }},
    {"claims to know it",
     [](ToldOfTwoPhases& told, NodeId node, Decision decision) { told.learn(node, decision); }},
}};

TEST(Atomicity, IsBrokenByAnyTwoSignsThatDiffer) {
  for (const auto& [one_name, one] : signs) {
    for (const auto& [other_name, other] : signs) {
      ToldOfTwoPhases told;
      told.all_vote_yes();
      told.crash(n2);  // a reason for an abort
      one(told, n1, Decision::commit);
      EXPECT_EQ(told.finding(), "") << one_name;
      other(told, n3, Decision::abort);
      EXPECT_EQ(told.finding(), "atomicity: {n1} decided commit, and n3 decided abort")
          << "n1 " << one_name << ", n3 " << other_name;
    }
  }
}

TEST(Atomicity, AllowsAnyTwoSignsThatAgree) {
  for (const Decision decision : {Decision::commit, Decision::abort}) {
    for (const auto& [one_name, one] : signs) {
      for (const auto& [other_name, other] : signs) {
        ToldOfTwoPhases told;
        told.all_vote_yes();
        told.crash(n2);
        one(told, n1, decision);
        other(told, n3, decision);
        other(told, n1, decision);
        EXPECT_EQ(told.finding(), "") << "n1 " << one_name << ", n3 " << other_name;
      }
    }
  }
}

TEST(Atomicity, NamesAllWhoDecidedOtherwise) {
  ToldOfTwoPhases told(4);
  told.all_vote_yes();
  told.learn(n1, Decision::commit);
  told.learn({3}, Decision::commit);
  told.learn(n2, Decision::abort);
  EXPECT_EQ(told.finding(), "atomicity: {n1, n4} decided commit, and n2 decided abort");
}

TEST(Atomicity, CountsWhoCrashedAndWhoCoordinates) {
  ToldOfTwoPhases told;
  told.all_vote_yes();
  told.store(n1, {.is_begun = true, .has_voted_yes = false, .decision = Decision::commit});
  told.crash(n1);
  told.learn(n2, Decision::abort);
  EXPECT_EQ(told.finding(), "atomicity: {n1} decided commit, and n2 decided abort");
}

TEST(Atomicity, ComesBeforeWhateverElseIsWrongWithTheTwoDecisions) {
  ToldOfTwoPhases told;
  told.crash(n3);
  told.learn(n2, Decision::abort);
  told.learn(n1, Decision::commit);  // for which nobody voted, besides
  EXPECT_EQ(told.finding(), "atomicity: {n2} decided abort, and n1 decided commit");
}

TEST(Atomicity, DoesNotTakeACopyOrAnUndecidedAnswerForADecision) {
  ToldOfTwoPhases told;
  told.all_vote_yes();
  const auto slot = told.send(n1, n2, two_phase_commit::Decide{Decision::commit});
  told.duplicate(slot);
  told.answer(n3, Outcome::unknown);
  told.answer(n3, Outcome::not_chosen);
  told.answer(n3, Outcome::nothing_chosen);
  told.store(n3, {.is_begun = true, .has_voted_yes = true});
  told.tell(n3, n2, Decision::none);
  EXPECT_EQ(told.finding(), "");
  EXPECT_EQ(told.witness.history().deciders(Decision::commit), NodeSet::only(n1));
  EXPECT_TRUE(told.witness.history().deciders(Decision::abort).is_empty());
}

TEST(Atomicity, ReadsTheDecisionsOfThreePhaseCommitOffItsStates) {
  using three_phase_commit::State;
  Told<ThreePhaseCommitWords> told;
  for (const NodeId participant : {n2, n3}) {
    told.store(participant, {State::waiting});
    told.store(participant, {State::pre_committed});
  }
  EXPECT_FALSE(told.witness.is_decided());
  told.store(n2, {State::committed});
  EXPECT_EQ(told.finding(), "");
  told.store(n3, {State::aborted});
  EXPECT_EQ(told.finding(), "atomicity: {n2} decided commit, and n3 decided abort");
}

TEST(Atomicity, TakesTheDecisionsOfPaxosCommitFromWhatIsSaid) {
  Told<PaxosCommitWords> told;
  for (const NodeId participant : {n2, n3}) {
    paxos_commit::Durable disk;
    disk.vote = commit_value;
    told.store(participant, disk);
  }
  EXPECT_FALSE(told.witness.is_decided()) << "a vote is none";
  told.send(n2, n1, paxos_commit::Decide{Decision::commit});
  EXPECT_EQ(told.finding(), "");
  told.send(n3, n1, paxos_commit::Decide{Decision::abort});
  EXPECT_EQ(told.finding(), "atomicity: {n2} decided commit, and n3 decided abort");
}

TEST(Atomicity, IsTold) {
  ToldOfTwoPhases told;
  told.all_vote_yes();
  EXPECT_EQ(told.witness.news_since_decided(false), "");
  told.learn(n1, Decision::commit);
  EXPECT_EQ(told.witness.news_since_decided(false), "commit is decided");
  EXPECT_EQ(told.witness.news_since_decided(true), "") << "no news any more";

  ToldOfTwoPhases other;
  other.vote_no(n2);
  other.learn(n1, Decision::abort);
  EXPECT_EQ(other.witness.news_since_decided(false), "abort is decided");
}

}  // namespace
}  // namespace synod::atomic_commit
