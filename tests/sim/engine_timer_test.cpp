// The steps fire and skew: timers run on the node's own clock.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sim/sim_testing.h"

namespace synod {
namespace {

using namespace sim_testing;
using ::testing::SizeIs;

constexpr std::size_t index_of(paxos::Timer timer) { return static_cast<std::size_t>(timer); }
const ArmedTimer& catch_up(const Lab& lab, NodeId node) {
  return lab.world[node].timers[index_of(paxos::Timer::catch_up)];
}

TEST(EngineTimer, FiresAnArmedTimerOnce) {
  Lab lab;
  ASSERT_TRUE(lab.ask(n1, write_of(c1, 1, red)));
  ASSERT_TRUE(lab.deliver(packet(n1, write_of(c1, 1, red))));
  ASSERT_TRUE(lab.apply(FireStep<P>{n1, paxos::Timer::deadline}));
  EXPECT_FALSE(lab.world[n1].timers[index_of(paxos::Timer::deadline)].is_armed);
  EXPECT_EQ(
      lab.count_in_flight(packet(n1, Answer{write_of(c1, 1, red).id, {Outcome::not_chosen, {}}})),
      1U)
      << "the node gives up";
  EXPECT_FALSE(lab.apply(FireStep<P>{n1, paxos::Timer::deadline}));
}

TEST(EngineTimer, FiresNoTimerThatIsNotArmed) {
  Lab lab;
  const World<P> before = lab.world;
  EXPECT_FALSE(lab.apply(FireStep<P>{n1, paxos::Timer::attempt}));
  EXPECT_FALSE(lab.apply(FireStep<P>{NodeId{3}, paxos::Timer::catch_up}));
  EXPECT_EQ(lab.world, before);
}

TEST(EngineTimer, ArmsATimerOnTheNodesOwnClock) {
  Lab lab;
  ASSERT_TRUE(lab.apply(SkewStep{n1, 1024, 1000}, {100}));
  ASSERT_TRUE(lab.apply(FireStep<P>{n1, paxos::Timer::catch_up}, {150}));
  const Duration wait = lab.config.timing.catch_up;
  EXPECT_TRUE(catch_up(lab, n1).is_armed) << "it arms itself anew";
  EXPECT_EQ(catch_up(lab, n1).earliest.ticks, 1150 + static_cast<std::int64_t>(wait.ticks));
  EXPECT_EQ(catch_up(lab, n1).latest.ticks, 1150 + static_cast<std::int64_t>(wait.ticks * 3 / 2));
}

TEST(EngineTimer, FiresEarlierOnAFastClock) {
  Lab lab;
  const ArmedTimer armed = catch_up(lab, n1);
  const Time plain = lab.world[n1].clock.when(armed.latest, lab.world.now);
  ASSERT_TRUE(lab.apply(SkewStep{n1, 2048, 0}));
  EXPECT_EQ(catch_up(lab, n1), armed) << "armed by the node's clock, which has only changed pace";
  EXPECT_EQ(lab.world[n1].clock.when(armed.latest, lab.world.now).ticks, plain.ticks / 2);
  ASSERT_TRUE(lab.apply(SkewStep{n1, 512, 0}));
  EXPECT_EQ(lab.world[n1].clock.when(armed.latest, lab.world.now).ticks, plain.ticks * 2);
}

TEST(EngineTimer, FiresEarlierAfterAJumpForward) {
  Lab lab;
  const ArmedTimer armed = catch_up(lab, n1);
  const Time plain = lab.world[n1].clock.when(armed.latest, lab.world.now);
  ASSERT_TRUE(lab.apply(SkewStep{n1, 1024, 100}));
  EXPECT_EQ(lab.world[n1].clock.when(armed.latest, lab.world.now).ticks, plain.ticks - 100);
  ASSERT_TRUE(lab.apply(SkewStep{n1, 1024, -300}));
  EXPECT_EQ(lab.world[n1].clock.when(armed.latest, lab.world.now).ticks, plain.ticks + 200);
  ASSERT_TRUE(lab.apply(SkewStep{n1, 1024, 100000}));
  EXPECT_EQ(lab.world[n1].clock.when(armed.latest, lab.world.now), lab.world.now) << "overdue";
}

TEST(EngineTimer, SkewsOneClockOnly) {
  Lab lab;
  ASSERT_TRUE(lab.apply(SkewStep{n1, 2048, 7}, {50}));
  EXPECT_EQ(lab.world[n1].clock.read({50}).ticks, 57);
  EXPECT_EQ(lab.world[n1].clock.read({60}).ticks, 77);
  EXPECT_EQ(lab.world[n2].clock, Clock{});
}

TEST(EngineTimer, RefusesAClockOutOfBounds) {
  Lab lab;
  const World<P> before = lab.world;
  EXPECT_FALSE(lab.apply(SkewStep{n1, Clock::rate_min - 1, 0}));
  EXPECT_FALSE(lab.apply(SkewStep{n1, Clock::rate_max + 1, 0}));
  EXPECT_FALSE(lab.apply(SkewStep{NodeId{3}, 1024, 0}));
  EXPECT_EQ(lab.world, before);
  EXPECT_TRUE(lab.apply(SkewStep{n1, Clock::rate_min, 0}));
  EXPECT_TRUE(lab.apply(SkewStep{n1, Clock::rate_max, 0}));
}

TEST(EngineTimer, KeepsAClockThroughACrash) {
  Lab lab;
  ASSERT_TRUE(lab.apply(SkewStep{n1, 2048, 7}, {50}));
  const Clock clock = lab.world[n1].clock;
  ASSERT_TRUE(lab.crash(n1));
  ASSERT_TRUE(lab.restart(n1));
  EXPECT_EQ(lab.world[n1].clock, clock);
}

TEST(EngineTimer, LosesEveryTimerInACrash) {
  Lab lab;
  ASSERT_TRUE(lab.crash(n1));
  for (const ArmedTimer& timer : lab.world[n1].timers) {
    EXPECT_FALSE(timer.is_armed);
  }
  ASSERT_THAT(lab.seen.crashed, SizeIs(1));
}

TEST(FairSchedule, DeliversInTheOrderOfSending) {
  Lab lab;
  lab.begin_ballot(n1, write_of(c1, 1, red));
  ASSERT_TRUE(lab.run_fairly(NodeSet()));
  std::vector<Packet<P>> delivered;
  for (const Step<P>& step : lab.seen.steps) {
    if (const auto* deliver = std::get_if<DeliverStep<P>>(&step.action)) {
      delivered.push_back(deliver->packet);
    }
  }
  EXPECT_EQ(delivered, lab.seen.sent);
  EXPECT_EQ(lab.world.in_flight.size(), 0U);
}

TEST(FairSchedule, FinishesWritesBeforeItDeliversAndDeliversBeforeItFires) {
  Lab lab;
  lab.begin_ballot(n1, write_of(c1, 1, red));
  ASSERT_TRUE(lab.deliver(lab.seen.sent.back()));
  FairSchedule<P> schedule;
  schedule.start(lab.world, lab.world.node_ids());
  Step<P> step;
  ASSERT_TRUE(schedule.try_next(lab.world, step));
  EXPECT_EQ(step.action, Action<P>(FinishWriteStep{n3}));
  ASSERT_TRUE(lab.apply(step.action));
  ASSERT_TRUE(schedule.try_next(lab.world, step));
  EXPECT_TRUE(std::holds_alternative<DeliverStep<P>>(step.action));
  lab.world.in_flight.clear();
  ASSERT_TRUE(schedule.try_next(lab.world, step));
  EXPECT_TRUE(std::holds_alternative<FireStep<P>>(step.action));
}

TEST(FairSchedule, FiresATimerOnlyWhenNothingElseIsLeft) {
  Lab lab;
  ASSERT_TRUE(lab.ask(n1, write_of(c1, 1, red)));
  ASSERT_TRUE(lab.run_fairly());
  EXPECT_EQ(lab.seen.count_of<FireStep<P>>(), 0U) << "it decides without one";
  EXPECT_EQ(lab.world.now, Time{0});
}

TEST(FairSchedule, FiresTheTimersOfActiveNodesOnlyAndTheEarliestFirst) {
  Lab lab;
  ASSERT_TRUE(lab.apply(SkewStep{n2, 2048, 0}));
  EXPECT_FALSE(lab.run_fairly(NodeSet::first(2), 1)) << "the nodes ask each other for ever";
  const auto* fire = std::get_if<FireStep<P>>(&lab.seen.steps.back().action);
  ASSERT_NE(fire, nullptr);
  EXPECT_EQ(fire->node, n2);
  lab.run_fairly(NodeSet::first(2), 1000);
  for (const Step<P>& step : lab.seen.steps) {
    if (const auto* any_fire = std::get_if<FireStep<P>>(&step.action)) {
      EXPECT_NE(any_fire->node, n3);
    }
  }
  EXPECT_TRUE(lab.run_fairly(NodeSet())) << "with nobody active, nothing is left to do";
}

TEST(FairSchedule, DropsWhatCannotArrive) {
  Lab lab;
  ASSERT_TRUE(lab.crash(n2));
  ASSERT_TRUE(lab.apply(CutStep{{only(n1), only(n3)}}));
  lab.begin_ballot(n1, write_of(c1, 1, red));
  ASSERT_TRUE(lab.run_fairly(NodeSet()));
  EXPECT_EQ(lab.seen.count_of<DropStep<P>>(), 2U);
  EXPECT_EQ(lab.world.in_flight.size(), 0U);
  EXPECT_TRUE(lab.seen.learned.empty());
}

}  // namespace
}  // namespace synod
