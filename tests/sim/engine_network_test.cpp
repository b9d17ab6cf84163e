// The steps deliver, drop, duplicate, cut, heal, pause and resume.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sim/sim_testing.h"

namespace synod {
namespace {

using namespace sim_testing;
using ::testing::Contains;
using ::testing::Not;

const Ballot ballot{1, n1};
const Request request = write_of(c1, 1, red);

/// n1 has sent its prepares to all three nodes.
struct Preparing : Lab {
  Preparing() : Lab(3, 1) { begin_ballot(n1, request); }
  const Packet<P> to_n1 = packet(n1, n1, paxos::Prepare{ballot, red});
  const Packet<P> to_n2 = packet(n1, n2, paxos::Prepare{ballot, red});
  const Packet<P> to_n3 = packet(n1, n3, paxos::Prepare{ballot, red});
};

TEST(EngineNetwork, DeliversAMessageToItsReceiver) {
  Preparing lab;
  ASSERT_TRUE(lab.deliver(lab.to_n2));
  EXPECT_EQ(lab.count_in_flight(lab.to_n2), 0U);
  EXPECT_EQ(lab.count_in_flight(lab.to_n3), 1U) << "the others still travel";
  ASSERT_EQ(lab.world.writes.size(), 1U) << "n2 writes its promise down";
  EXPECT_EQ(lab.world.writes[0].state.promised, ballot);
}

TEST(EngineNetwork, DeliversNothingThatIsNotInFlight) {
  Preparing lab;
  const World<P> before = lab.world;
  EXPECT_FALSE(lab.deliver(packet(n1, n2, paxos::Prepare{{2, n1}})));
  EXPECT_FALSE(lab.deliver(packet(n2, n3, paxos::Prepare{ballot, red})));
  EXPECT_FALSE(lab.drop(packet(n2, n3, paxos::Prepare{ballot, red})));
  EXPECT_FALSE(lab.duplicate(packet(n2, n3, paxos::Prepare{ballot, red})));
  EXPECT_EQ(lab.world, before);
}

TEST(EngineNetwork, LosesADroppedMessage) {
  Preparing lab;
  const auto node_before = lab.world[n2];
  ASSERT_TRUE(lab.drop(lab.to_n2));
  EXPECT_EQ(lab.count_in_flight(lab.to_n2), 0U);
  EXPECT_EQ(lab.world[n2], node_before);
  EXPECT_FALSE(lab.deliver(lab.to_n2));
}

TEST(EngineNetwork, DuplicatesAMessage) {
  Preparing lab;
  ASSERT_TRUE(lab.duplicate(lab.to_n2));
  EXPECT_EQ(lab.count_in_flight(lab.to_n2), 2U);
  ASSERT_TRUE(lab.deliver(lab.to_n2));
  ASSERT_TRUE(lab.deliver(lab.to_n2));
  EXPECT_FALSE(lab.deliver(lab.to_n2));
}

TEST(EngineNetwork, NeverDuplicatesWhatAClientAndANodeSay) {
  Lab lab;
  ASSERT_TRUE(lab.ask(n1, request));
  const Packet<P> answer = packet(n1, Answer{request.id, {Outcome::unknown, {}}});
  lab.world.in_flight.insert(answer);
  const World<P> before = lab.world;
  EXPECT_FALSE(lab.duplicate(packet(n1, request)));
  EXPECT_FALSE(lab.duplicate(answer));
  EXPECT_EQ(lab.world, before);
  EXPECT_TRUE(lab.drop(answer)) << "lost it may be";
}

TEST(EngineNetwork, TakesEitherOfTwoEqualPackets) {
  Preparing first;
  Preparing second;
  InFlight<P>::Slot slot = 0;
  ASSERT_TRUE(first.world.in_flight.try_find(first.to_n2, UINT32_MAX, slot));
  ASSERT_TRUE(first.duplicate(first.to_n2));
  ASSERT_TRUE(second.duplicate(second.to_n2));
  InFlight<P>::Slot copy = slot;
  while (copy == slot || !second.world.in_flight.holds(copy) ||
         second.world.in_flight[copy] != second.to_n2) {
    copy = (copy + 1) % second.world.in_flight.slot_end();
  }
  ASSERT_TRUE(first.deliver(first.to_n2, {slot}));
  ASSERT_TRUE(second.deliver(second.to_n2, {copy}));
  EXPECT_EQ(first.world, second.world);
  EXPECT_EQ(hash_of(first.world), hash_of(second.world));
}

TEST(EngineNetwork, SearchesForAPacketWhoseSlotIsGuessedWrongly) {
  Preparing lab;
  InFlight<P>::Slot wrong_slot = 0;
  ASSERT_TRUE(lab.world.in_flight.try_find(lab.to_n3, UINT32_MAX, wrong_slot));
  ASSERT_TRUE(lab.deliver(lab.to_n2, {wrong_slot}));
  EXPECT_EQ(lab.count_in_flight(lab.to_n2), 0U);
  EXPECT_EQ(lab.count_in_flight(lab.to_n3), 1U);
}

TEST(EngineNetwork, RefusesADeliveryOverACutLink) {
  Preparing lab;
  ASSERT_TRUE(lab.apply(CutStep{{only(n1), only(n2)}}));
  const World<P> before = lab.world;
  EXPECT_FALSE(lab.deliver(lab.to_n2));
  EXPECT_EQ(lab.world, before);
  EXPECT_TRUE(lab.deliver(lab.to_n3)) << "another link";
}

TEST(EngineNetwork, RefusesADeliveryToANodeThatIsDown) {
  Preparing lab;
  ASSERT_TRUE(lab.crash(n2));
  const World<P> before = lab.world;
  EXPECT_FALSE(lab.deliver(lab.to_n2));
  EXPECT_EQ(lab.world, before);
  EXPECT_TRUE(lab.drop(lab.to_n2));
}

TEST(EngineNetwork, LeavesTheTimeAloneWhenAStepIsRefused) {
  Preparing lab;
  const World<P> before = lab.world;
  EXPECT_FALSE(lab.apply(RestartStep{{n2}}, {500}));
  EXPECT_EQ(lab.world, before);
  EXPECT_TRUE(lab.apply(PauseStep{{n2}}, {500}));
  EXPECT_EQ(lab.world.now, Time{500});
  EXPECT_TRUE(lab.apply(ResumeStep{{n2}}, {400}));
  EXPECT_EQ(lab.world.now, Time{500}) << "time never goes back";
}

TEST(EngineNetwork, HoldsEverythingStillAtAPausedNode) {
  Preparing lab;
  ASSERT_TRUE(lab.duplicate(lab.to_n1));
  ASSERT_TRUE(lab.deliver(lab.to_n1));
  ASSERT_TRUE(lab.apply(PauseStep{{n1}}));
  const World<P> before = lab.world;
  EXPECT_FALSE(lab.deliver(lab.to_n1)) << "nothing arrives";
  EXPECT_FALSE(lab.finish_write(n1)) << "no write is seen to finish";
  EXPECT_FALSE(lab.apply(FireStep<P>{n1, paxos::Timer::deadline})) << "no timer fires";
  EXPECT_FALSE(lab.apply(PauseStep{{n1}})) << "it is paused already";
  EXPECT_EQ(lab.world, before);

  ASSERT_TRUE(lab.apply(ResumeStep{{n1}}));
  EXPECT_TRUE(lab.deliver(lab.to_n1));
  EXPECT_TRUE(lab.finish_write(n1));
  EXPECT_TRUE(lab.apply(FireStep<P>{n1, paxos::Timer::deadline}));
}

TEST(EngineNetwork, CrashesAPausedNodeAndStartsItRunning) {
  Preparing lab;
  ASSERT_TRUE(lab.apply(PauseStep{{n2}}));
  ASSERT_TRUE(lab.crash(n2));
  EXPECT_FALSE(lab.apply(ResumeStep{{n2}})) << "a crash ends a pause";
  ASSERT_TRUE(lab.restart(n2));
  EXPECT_TRUE(lab.deliver(lab.to_n2));
}

TEST(EngineNetwork, CutsInTheDirectionThatIsNamed) {
  Lab lab;
  ASSERT_TRUE(lab.apply(CutStep{{only(n1), nodes(NodeSet::first(3))}}));
  EXPECT_TRUE(lab.world.is_cut(Endpoint::of(n1), Endpoint::of(n2)));
  EXPECT_TRUE(lab.world.is_cut(Endpoint::of(n1), Endpoint::of(n3)));
  EXPECT_FALSE(lab.world.is_cut(Endpoint::of(n2), Endpoint::of(n1))) << "the way back";
  EXPECT_FALSE(lab.world.is_cut(Endpoint::of(n1), Endpoint::of(n1))) << "a node reaches itself";
  EXPECT_FALSE(lab.world.is_cut(Endpoint::of(n1), Endpoint::of(c1))) << "a client is no node";
}

TEST(EngineNetwork, CutsOnceAndHealsOnce) {
  Lab lab;
  const LinkStep links{only(n1), only(n2)};
  const World<P> whole = lab.world;
  EXPECT_FALSE(lab.apply(HealStep{links})) << "nothing is cut";
  ASSERT_TRUE(lab.apply(CutStep{links}));
  const World<P> cut = lab.world;
  EXPECT_FALSE(lab.apply(CutStep{links})) << "it is cut already";
  EXPECT_EQ(lab.world, cut);
  ASSERT_TRUE(lab.apply(HealStep{links}));
  EXPECT_EQ(lab.world, whole);
  EXPECT_FALSE(lab.apply(CutStep{{only(n1), only(n1)}})) << "a node always reaches itself";
}

TEST(EngineNetwork, HealsOnlyTheLinksThatAreNamed) {
  Lab lab;
  ASSERT_TRUE(lab.apply(CutStep{{only(n1), nodes(NodeSet::first(3))}}));
  ASSERT_TRUE(lab.apply(HealStep{{EndpointSet::all(), only(n3)}}));
  EXPECT_TRUE(lab.world.is_cut(Endpoint::of(n1), Endpoint::of(n2)));
  EXPECT_FALSE(lab.world.is_cut(Endpoint::of(n1), Endpoint::of(n3)));
  EXPECT_EQ(lab.world.count_cut({EndpointSet::all(), EndpointSet::all()}), 1U);
}

TEST(EngineNetwork, CutsAClientFromANode) {
  Lab lab;
  ASSERT_TRUE(lab.ask(n1, request));
  EndpointSet client;
  client.insert(Endpoint::of(c1));
  ASSERT_TRUE(lab.apply(CutStep{{client, only(n1)}}));
  EXPECT_FALSE(lab.deliver(packet(n1, request)));
  ASSERT_TRUE(lab.apply(HealStep{{client, only(n1)}}));
  EXPECT_TRUE(lab.deliver(packet(n1, request)));
}

TEST(EngineNetwork, TellsOfNoStepThatItRefused) {
  Preparing lab;
  const Step<P> refused{{}, DeliverStep<P>{{packet(n2, n3, paxos::Prepare{ballot, red}), {}}}};
  ASSERT_FALSE(lab.apply(refused.action));
  EXPECT_THAT(lab.seen.steps, Not(Contains(refused)));
}

}  // namespace
}  // namespace synod
