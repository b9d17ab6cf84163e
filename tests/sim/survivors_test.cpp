// The ending "survivors": who is down stays down, all else is repaired, and who is up must learn.
// And crashes for ever, which only a healed ending undoes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sim/campaign.h"

namespace synod {
namespace {

using namespace sim_testing;

constexpr std::uint64_t runs = 60;

/// Of five nodes up to `crashed_max` go down in the first ticks, and would not be back by the end
/// of the chaos, were it not for the ending.
Configuration with_survivors(std::uint32_t crashed_max) {
  Configuration c = busy();
  c.crash_interval = range(1, 10);
  c.crash_duration = range(500, 600);
  c.crashed_max = crashed_max;
  c.client_timeout = range(100, 200);
  c.chaos = {400};
  c.progress = {3000};
  c.ending = Ending::survivors;
  return c;
}

TEST(Survivors, LearnWhileWhoIsDownStaysDown) {
  const Campaign campaign(with_survivors(2), runs);
  EXPECT_EQ(campaign.ended(End::settled), runs);
  EXPECT_EQ(campaign.tally.count_of<RestartStep>(), 0U);
  EXPECT_GT(campaign.tally.down_at_the_end, runs) << "one in most runs, two in many";
  EXPECT_EQ(campaign.tally.down_max, 2U);
}

TEST(Survivors, AreNotAskedForMoreThanAHealedWorldIs) {
  Configuration c = with_survivors(2);
  c.ending = Ending::healed;
  const Campaign campaign(c, runs);
  EXPECT_EQ(campaign.ended(End::settled), runs);
  EXPECT_GT(campaign.tally.count_of<RestartStep>(), runs);
  EXPECT_EQ(campaign.tally.down_at_the_end, 0U);
}

TEST(Survivors, RestartWhileTheChaosGoesOn) {
  Configuration c = with_survivors(2);
  c.crash_duration = range(1, 20);
  EXPECT_GT(Campaign(c, runs).tally.count_of<RestartStep>(), 0U);
}

TEST(Survivors, AreOutOfTimeWhereAQuorumIsDown) {
  const Campaign campaign(with_survivors(3), runs);
  EXPECT_GT(campaign.ended(End::unsettled), runs / 2);
  EXPECT_EQ(campaign.ended(End::settled) + campaign.ended(End::unsettled), runs);
  EXPECT_GE(campaign.tally.longest_run, 3000U) << "they were given their time";
  EXPECT_EQ(campaign.tally.count_of<RestartStep>(), 0U) << "and nobody came back in it";
}

TEST(Survivors, AreNotWaitedForWhereThereAreNone) {
  Configuration c = with_survivors(5);
  c.crash_interval = range(1, 2);
  const Campaign campaign(c, runs);
  EXPECT_GT(campaign.ended(End::broken), runs / 2);
  EXPECT_EQ(campaign.ended(End::out_of_steps), 0U);
}

TEST(Survivors, SeeAllLinksHealEvenThoseThatAreCutForEver) {
  Configuration c = with_cuts(CutShape::halves);
  c.cut_forever = {1, 1};
  c.chaos = {400};
  c.ending = Ending::broken;
  EXPECT_GT(Campaign(c, runs).tally.cut_at_the_end, 0U);
  c.ending = Ending::survivors;
  const Campaign campaign(c, runs);
  EXPECT_FALSE(campaign.tally.cuts.empty());
  EXPECT_EQ(campaign.tally.cut_at_the_end, 0U);
  EXPECT_EQ(campaign.ended(End::settled), runs);
}

TEST(Survivors, GoOnWhereTheyStoodStill) {
  Configuration c = busy();
  c.pause_interval = range(1, 20);
  c.pause_duration = range(100'000, 200'000);
  c.chaos = {400};
  c.progress = {3000};
  c.ending = Ending::survivors;
  const Campaign campaign(c, runs);
  EXPECT_GT(campaign.count(fault_named("pause")), runs);
  EXPECT_EQ(campaign.ended(End::settled), runs);
}

/// Which clients ask nodes that are down once the world has been repaired.
struct AfterChaos {
  std::uint64_t asked = 0;
  std::uint64_t asked_of_the_dead = 0;
  Time chaos_ends;

  void on(const World<P>& world, const Applied<P>& applied) {
    const auto* ask = std::get_if<AskStep<Request>>(&applied.step.action);
    if (ask != nullptr && world.now > chaos_ends) {
      ++asked;
      asked_of_the_dead += world[ask->to].is_up ? 0U : 1U;
    }
  }
};

TEST(Survivors, AreTheNodesThatClientsAsk) {
  AfterChaos after;
  Configuration c = with_survivors(2);
  c.operations = 1000;  // so that the chaos lasts to its end
  after.chaos_ends = Time{} + c.chaos;
  RandomRun run(after);
  for (std::uint64_t seed = 1; seed <= runs; ++seed) {
    run.run(c, seed);
    EXPECT_EQ(run.schedule.end(), End::settled) << "seed " << seed;
  }
  EXPECT_GT(after.asked, 0U);
  EXPECT_EQ(after.asked_of_the_dead, 0U);
}

TEST(Survivors, AreNoneOfThoseWhoseCrashIsDue) {
  Configuration c = with_survivors(2);
  c.crash_mid_effects = {1, 1};
  RandomRun run;
  std::uint64_t due = 0;
  for (std::uint64_t seed = 1; seed <= runs; ++seed) {
    run.start(c, seed);
    bool is_due = false;  // as the last faults are drawn
    while (run.try_step()) {
      is_due = false;
      for (const NodeId node : run.world.node_ids()) {
        is_due |= run.world[node].crash_countdown >= 0;
      }
      due += is_due ? 1U : 0U;
    }
    EXPECT_FALSE(is_due) << "seed " << seed;
    EXPECT_EQ(run.schedule.end(), End::settled) << "seed " << seed;
  }
  EXPECT_GT(due, runs);
}

// Crashes for ever.

TEST(CrashForever, IsNeverRestartedWhileTheChaosGoesOn) {
  Configuration c = with_crashes();
  c.crashed_max = 5;
  c.crash_forever = {1, 1};
  c.ending = Ending::broken;
  const Campaign campaign(c, runs);
  EXPECT_EQ(campaign.tally.count_of<RestartStep>(), 0U);
  EXPECT_GT(campaign.count(fault_named("crash")), runs);
  EXPECT_EQ(campaign.count(fault_named("crash_forever")), campaign.count(fault_named("crash")));
  EXPECT_EQ(campaign.tally.down_at_the_end, campaign.count(fault_named("crash"))) << "once each";
}

TEST(CrashForever, BefallsSoManyOfTheCrashes) {
  Configuration c = with_crashes();
  c.crashed_max = 5;
  c.crash_forever = {1, 4};
  c.ending = Ending::broken;
  const Campaign campaign(c, runs);
  EXPECT_GT(campaign.tally.count_of<RestartStep>(), 0U);
  EXPECT_GT(campaign.count(fault_named("crash_forever")), campaign.count(fault_named("crash")) / 8);
  EXPECT_LT(campaign.count(fault_named("crash_forever")), campaign.count(fault_named("crash")) / 2);
}

TEST(CrashForever, IsNoneWhereItIsNotAskedFor) {
  const Campaign campaign(with_crashes(), runs);
  EXPECT_GT(campaign.count(fault_named("crash")), runs);
  EXPECT_EQ(campaign.count(fault_named("crash_forever")), 0U);
}

TEST(CrashForever, IsUndoneByAHealedEnding) {
  Configuration c = with_crashes();
  c.crashed_max = 5;
  c.crash_forever = {1, 1};
  c.chaos = {400};
  c.ending = Ending::healed;
  const Campaign campaign(c, runs);
  EXPECT_GT(campaign.count(fault_named("crash_forever")), runs);
  EXPECT_EQ(campaign.tally.down_at_the_end, 0U);
  EXPECT_EQ(campaign.ended(End::settled), runs);
}

TEST(CrashForever, StaysSoWhereOnlySurvivorsAreAsked) {
  Configuration c = with_survivors(2);
  c.crash_duration = range(1, 2);
  c.crash_forever = {1, 1};
  const Campaign campaign(c, runs);
  EXPECT_EQ(campaign.tally.count_of<RestartStep>(), 0U);
  EXPECT_GT(campaign.tally.down_at_the_end, runs);
  EXPECT_EQ(campaign.ended(End::settled), runs);
}

}  // namespace
}  // namespace synod
