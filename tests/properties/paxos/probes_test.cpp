// The rare situations that campaigns count: what reaches them, and what only looks like it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/properties/paxos_testing.h"

namespace synod::paxos {
namespace {

using namespace paxos_testing;

bool has_reached(const Witness& witness, Probe probe) {
  return (witness.probes_reached() >> static_cast<unsigned>(probe) & 1U) != 0;
}

TEST(Probes, SeeAPromiseThatIsLostWithItsWrite) {
  Lab lab(3, 2);
  lab.begin_ballot(n1, write_of(c1, 1, red));
  ASSERT_TRUE(lab.deliver(packet(n1, n2, Prepare{b1, red})));
  lab.crash(n2);
  EXPECT_TRUE(has_reached(lab.witness, Probe::promise_lost));
}

TEST(Probes, SeeNoLostPromiseWhereItsWriteWasKept) {
  Lab lab(3, 2);
  lab.begin_ballot(n1, write_of(c1, 1, red));
  ASSERT_TRUE(lab.deliver(packet(n1, n2, Prepare{b1, red})));
  ASSERT_TRUE(lab.ask(n2, write_of(c2, 1, blue)));
  ASSERT_TRUE(lab.deliver(packet(n2, write_of(c2, 1, blue))));
  lab.crash(n2, 0, 1);  // of two writes, the first with the promise is kept
  EXPECT_TRUE(has_reached(lab.witness, Probe::write_lost));
  EXPECT_FALSE(has_reached(lab.witness, Probe::promise_lost));
}

TEST(Probes, SeeAPromiseLostAgainAfterOneWasLostBefore) {
  Lab lab(3, 1);
  lab.begin_ballot(n1, write_of(c1, 1, red));
  ASSERT_TRUE(lab.deliver(packet(n1, n1, Prepare{b1, red})));
  lab.crash(n1);
  lab.restart(n1);
  lab.witness.start(QuorumSystem::majority(3));
  ASSERT_TRUE(lab.deliver_and_store(packet(n1, n2, Prepare{b1, red})));
  lab.crash(n2);
  EXPECT_FALSE(has_reached(lab.witness, Probe::promise_lost)) << "it was durable";
}

TEST(Probes, SeeAMessageThatOutlivesItsProposersMemory) {
  Told told;
  told.prepare(b1);
  told.deliver(n1, n2, Prepare{b1, red});
  EXPECT_FALSE(has_reached(told.witness, Probe::heard_from_before_restart));
  told.restart(n1);
  told.prepare({2, n1});
  told.deliver(n1, n2, Prepare{{2, n1}, red});
  told.deliver(n2, n1, Prepare{b1, red});
  EXPECT_FALSE(has_reached(told.witness, Probe::heard_from_before_restart));
  told.deliver(n1, n3, Prepare{b1, red});
  EXPECT_TRUE(has_reached(told.witness, Probe::heard_from_before_restart));
}

TEST(Probes, SeeAVoteThatIsHeardTwice) {
  Told told;
  told.deliver(n2, n1, Accepted{b1, red});
  told.deliver(n3, n1, Accepted{b1, red});
  told.deliver(n2, n3, Accepted{b3, red});
  EXPECT_FALSE(has_reached(told.witness, Probe::duplicate_heard));
  told.deliver(n2, n1, Accepted{b1, red});
  EXPECT_TRUE(has_reached(told.witness, Probe::duplicate_heard));
}

TEST(Probes, SeeADecisionThatANodeAskedFor) {
  const std::array<Message, 2> answers = {Message{Report{0, {b1, red}}}, Message{Decide{b1, red}}};
  for (const Message& answer : answers) {
    Told told;
    told.deliver(n2, n3, answer);
    told.learn(n3, red);
    EXPECT_TRUE(has_reached(told.witness, Probe::learned_by_asking));
  }
}

TEST(Probes, SeeNoQuestionWhereTheProposerTellsEverybody) {
  Told told;
  told.deliver(n2, n3, Report{0, {b1, red}});
  told.deliver(n1, n3, Decide{b1, red});
  told.learn(n3, red);
  told.deliver(n2, n1, Accepted{b1, red});
  told.learn(n1, red);
  EXPECT_FALSE(has_reached(told.witness, Probe::learned_by_asking));
}

TEST(Probes, SeeAMinoritysVoteTakenOverAndChosen) {
  Told told;
  told.ask(c1, 1, red);
  told.promise(n1, b1);
  told.promise(n2, b1);
  told.propose(b1, red);
  told.vote(n1, {b1, red});
  told.promise(n1, b2, {b1, red});
  told.promise(n2, b2);
  told.propose(b2, red);
  told.vote(n1, {b2, red});
  EXPECT_FALSE(has_reached(told.witness, Probe::repaired_minority));
  told.vote(n2, {b2, red});
  EXPECT_TRUE(has_reached(told.witness, Probe::repaired_minority));
}

TEST(Probes, SeeNoRepairWhereTheValueWasChosenOrNobodyHadVoted) {
  Told chosen;
  chosen.ask(c1, 1, red);
  chosen.choose(b1, red);
  chosen.promise(n1, b2, {b1, red});
  chosen.promise(n2, b2, {b1, red});
  chosen.propose(b2, red);
  chosen.vote(n1, {b2, red});
  chosen.vote(n2, {b2, red});
  EXPECT_FALSE(has_reached(chosen.witness, Probe::repaired_minority));

  Told unvoted;
  unvoted.ask(c1, 1, red);
  unvoted.promise(n1, b1);
  unvoted.promise(n2, b1);
  unvoted.propose(b1, red);
  unvoted.choose({2, n1}, red);
  EXPECT_FALSE(has_reached(unvoted.witness, Probe::repaired_minority));
}

}  // namespace
}  // namespace synod::paxos
