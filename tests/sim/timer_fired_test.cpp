// Observers hear that a timer fired before its node has acted on it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/sim/sim_testing.h"

namespace synod {
namespace {

using namespace sim_testing;
using ::testing::IsEmpty;

/// Writes down what it hears while a timer fires, and how the world stood as it heard of it.
struct Listener {
  std::vector<std::string> heard;
  std::vector<TimerFired<P>> fired;
  World<P> world_at_firing;

  void on(const World<P>& world, const TimerFired<P>& event) {
    heard.emplace_back("fired");
    fired.push_back(event);
    world_at_firing = world;
  }
  void on(const World<P>& /*world*/, const Sent<P>& /*sent*/) { heard.emplace_back("sent"); }
  void on(const World<P>& /*world*/, const TimerSet<P>& /*set*/) { heard.emplace_back("set"); }
  void on(const World<P>& /*world*/, const WriteIssued& /*issued*/) {
    heard.emplace_back("write issued");
  }
  void on(const World<P>& /*world*/, const Applied<P>& /*applied*/) {
    heard.emplace_back("applied");
  }
};

class TimerFiredTest : public ::testing::Test {
 protected:
  TimerFiredTest() : observers_(listener), engine_(config_, observers_) {
    config_.quorums = QuorumSystem::majority(3);
    engine_.start(world, 3, 1);
    listener = {};
  }
  bool fire(NodeId node, paxos::Timer timer, Time at) {
    return engine_.apply(world, {at, FireStep<P>{node, timer}});
  }

  World<P> world;
  Listener listener;

 private:
  paxos::Config config_;
  Observers<Listener> observers_;
  Engine<P, Observers<Listener>> engine_;
};

TEST_F(TimerFiredTest, ComesBeforeTheEffectsAndTheStep) {
  ASSERT_TRUE(fire(n2, paxos::Timer::catch_up, {500}));
  ASSERT_EQ(listener.fired.size(), 1U);
  EXPECT_EQ(listener.fired.front().node, n2);
  EXPECT_EQ(listener.fired.front().timer, paxos::Timer::catch_up);
  ASSERT_GT(listener.heard.size(), 2U) << "the node did something";
  EXPECT_EQ(listener.heard.front(), "fired");
  EXPECT_EQ(listener.heard.back(), "applied");
  EXPECT_EQ(std::count(listener.heard.begin(), listener.heard.end(), "fired"), 1);
}

TEST_F(TimerFiredTest, ShowsTheWorldAsItWasButForTheTimerAndTheTime) {
  World<P> expected = world;
  expected.now = {500};
  expected[n2].timers[static_cast<std::size_t>(paxos::Timer::catch_up)] = {};
  ASSERT_TRUE(fire(n2, paxos::Timer::catch_up, {500}));
  EXPECT_EQ(listener.world_at_firing, expected);
  EXPECT_NE(world, expected) << "it acted on it afterwards";
}

TEST_F(TimerFiredTest, IsNotHeardWhereNoneFires) {
  EXPECT_FALSE(fire(n2, paxos::Timer::attempt, {500}));
  EXPECT_THAT(listener.heard, IsEmpty());
}

}  // namespace
}  // namespace synod
