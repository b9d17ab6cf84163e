// Every fault option has an effect that can be seen in random runs, and none happens unasked.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sim/campaign.h"

namespace synod {
namespace {

using namespace sim_testing;

TEST(RandomSchedule, DoesNothingBadUnasked) {
  const Campaign campaign(busy());
  for (const std::uint64_t count : campaign.counts) {
    EXPECT_EQ(count, 0U);
  }
  EXPECT_EQ(campaign.tally.count_of<DropStep<P>>(), 0U);
  EXPECT_EQ(campaign.tally.count_of<DuplicateStep<P>>(), 0U);
  EXPECT_EQ(campaign.tally.count_of<CrashStep>(), 0U);
  EXPECT_EQ(campaign.tally.count_of<RestartStep>(), 0U);
  EXPECT_EQ(campaign.tally.count_of<PauseStep>(), 0U);
  EXPECT_EQ(campaign.tally.count_of<CutStep>(), 0U);
  EXPECT_EQ(campaign.tally.count_of<HealStep>(), 0U);
  EXPECT_EQ(campaign.tally.count_of<SkewStep>(), 0U);
  EXPECT_EQ(campaign.tally.slow_messages, 0U);
  EXPECT_EQ(campaign.tally.slow_writes, 0U);
  EXPECT_EQ(campaign.tally.operations[1] + campaign.tally.operations[2], 0U) << "writes only";
  EXPECT_EQ(campaign.ended(End::settled), 60U);
}

TEST(RandomSchedule, DelaysMessagesWithinTheirRangeSoThatOthersOvertakeThem) {
  const Campaign campaign(busy());
  EXPECT_GT(campaign.tally.overtakings, 0U);
  Configuration in_step = busy();
  in_step.delay = range(5, 5);
  EXPECT_EQ(Campaign(in_step).tally.overtakings, 0U);
}

TEST(RandomSchedule, DelaysSomeMessagesMuchLonger) {
  Configuration c = busy();
  c.tail = {1, 10};
  const Campaign campaign(c);
  EXPECT_GT(campaign.count(fault_named("delay")), 100U);
  EXPECT_GT(campaign.tally.slow_messages, 100U);
  EXPECT_LE(campaign.tally.slow_messages, campaign.count(fault_named("delay")));
  EXPECT_GT(campaign.tally.overtakings, Campaign(busy()).tally.overtakings);
}

TEST(RandomSchedule, SlowsEveryMessageOnSomeLinks) {
  Configuration c = busy();
  c.slow_links = {1, 4};
  c.ending = Ending::broken;  // where no link recovers
  const Campaign campaign(c);
  EXPECT_GT(campaign.count(fault_named("slow_link")), 500U);
  EXPECT_GT(campaign.tally.slow_messages, 500U);
  EXPECT_LE(campaign.tally.slow_messages, campaign.count(fault_named("slow_link")));
  EXPECT_EQ(campaign.count(fault_named("delay")), 0U);
  c.slow_links = {1, 1};
  EXPECT_EQ(Campaign(c).tally.fast_messages, 0U) << "between two, not of a node with itself";
}

TEST(RandomSchedule, SlowsEveryMessageOfSomeKinds) {
  Configuration c = busy();
  c.slow_kinds = {1, 4};
  c.ending = Ending::broken;
  const Campaign campaign(c);
  EXPECT_GT(campaign.count(fault_named("slow_kind")), 500U);
  EXPECT_GT(campaign.tally.slow_messages, 500U);
  EXPECT_LE(campaign.tally.slow_messages, campaign.count(fault_named("slow_kind")));
  EXPECT_GT(campaign.tally.overtakings, Campaign(busy()).tally.overtakings)
      << "of slow ones by those of other kinds";
}

TEST(RandomSchedule, HoldsBackWhatIsSentOnSomeLinksAndLetsItGo) {
  Configuration c = busy();
  c.hold_interval = range(10, 40);
  c.hold_duration = range(100, 100);
  const Campaign campaign(c);
  EXPECT_GT(campaign.count(fault_named("hold")), 500U);
  EXPECT_GT(campaign.tally.slow_messages, 500U);
  EXPECT_LE(campaign.tally.slow_messages, campaign.count(fault_named("hold")));
  EXPECT_EQ(campaign.tally.count_of<DropStep<P>>(), 0U) << "late, not lost";
  EXPECT_EQ(campaign.ended(End::settled), 60U);
}

TEST(RandomSchedule, LosesMessages) {
  Configuration c = busy();
  c.drop = {1, 2};
  const Campaign campaign(c);
  EXPECT_GT(campaign.count(fault_named("drop")), 1000U);
  EXPECT_EQ(campaign.tally.count_of<DropStep<P>>(), campaign.count(fault_named("drop")));
  EXPECT_EQ(campaign.ended(End::settled), 60U) << "after the world was healed";
}

TEST(RandomSchedule, DuplicatesMessages) {
  Configuration c = busy();
  c.duplicate = {1, 2};
  const Campaign campaign(c);
  EXPECT_GT(campaign.count(fault_named("duplicate")), 1000U);
  EXPECT_EQ(campaign.tally.count_of<DuplicateStep<P>>(), campaign.count(fault_named("duplicate")));
}

TEST(RandomSchedule, TakesItsTimeOverSomeWrites) {
  Configuration c = busy();
  c.slow_write = {1, 4};
  const Campaign campaign(c);
  EXPECT_GT(campaign.count(fault_named("slow_write")), 50U);
  EXPECT_GT(campaign.tally.slow_writes, 50U);
}

TEST(RandomSchedule, CutsTwoNodesFromEachOther) {
  const Campaign campaign(with_cuts(CutShape::two_way));
  EXPECT_GT(campaign.count(fault_named("cut_two_way")), 50U);
  for (const LinkStep& cut : campaign.tally.cuts) {
    EXPECT_EQ(cut.count(), 1U);
    const LinkStep back{cut.to, cut.from};
    EXPECT_THAT(campaign.tally.cuts, ::testing::Contains(back));
  }
}

TEST(RandomSchedule, CutsOneDirectionOnly) {
  Configuration c = with_cuts(CutShape::one_way);
  c.cut_interval = range(100, 200);  // so that one is healed before the next
  const Campaign campaign(c);
  EXPECT_GT(campaign.count(fault_named("cut_one_way")), 10U);
  EXPECT_EQ(campaign.tally.cut_links_max, 1U);
}

TEST(RandomSchedule, CutsOneNodeFromAllOthers) {
  const Campaign campaign(with_cuts(CutShape::alone));
  EXPECT_GT(campaign.count(fault_named("cut_alone")), 50U);
  for (const LinkStep& cut : campaign.tally.cuts) {
    EXPECT_EQ(std::min(cut.from.size(), cut.to.size()), 1U);
    EXPECT_EQ(std::max(cut.from.size(), cut.to.size()), 4U);
  }
}

TEST(RandomSchedule, CutsTheClusterInTwo) {
  const Campaign campaign(with_cuts(CutShape::halves));
  EXPECT_GT(campaign.count(fault_named("cut_halves")), 50U);
  bool has_two_and_three = false;
  for (const LinkStep& cut : campaign.tally.cuts) {
    EXPECT_EQ(cut.from.size() + cut.to.size(), 5U);
    EXPECT_EQ((cut.from & cut.to).size(), 0U);
    has_two_and_three |= cut.from.size() == 2;
  }
  EXPECT_TRUE(has_two_and_three);
}

TEST(RandomSchedule, CutsTheClusterToARing) {
  const Campaign campaign(with_cuts(CutShape::ring));
  EXPECT_GT(campaign.count(fault_named("cut_ring")), 50U);
  EXPECT_EQ(campaign.tally.cut_links_max, 10U) << "each of five loses two of its four links";
  for (const LinkStep& cut : campaign.tally.cuts) {
    EXPECT_EQ(cut.from.size(), 1U);
    EXPECT_EQ(cut.to.size(), 2U);
  }
}

TEST(RandomSchedule, HealsEveryCutUnlessItIsForEver) {
  Configuration c = with_cuts(CutShape::two_way);
  c.ending = Ending::broken;
  c.operations = 100;
  c.cut_interval = range(200, 300);
  const Campaign healed(c);
  EXPECT_EQ(healed.count(fault_named("cut_forever")), 0U);
  EXPECT_EQ(healed.tally.count_of<CutStep>(), 2 * healed.count(fault_named("cut_two_way")));
  EXPECT_GT(healed.tally.count_of<HealStep>(), healed.tally.count_of<CutStep>() * 9 / 10);

  c.cut_forever = {1, 1};
  const Campaign forever(c);
  EXPECT_EQ(forever.count(fault_named("cut_forever")), forever.count(fault_named("cut_two_way")));
  EXPECT_EQ(forever.tally.count_of<HealStep>(), 0U);
  EXPECT_EQ(forever.tally.cut_at_the_end, 60U);
}

TEST(RandomSchedule, HealsAnEverlastingCutInAHealedEnding) {
  Configuration c = with_cuts(CutShape::alone);
  c.cut_forever = {1, 1};
  const Campaign campaign(c);
  EXPECT_GT(campaign.count(fault_named("cut_forever")), 50U);
  EXPECT_EQ(campaign.tally.cut_at_the_end, 0U);
  EXPECT_EQ(campaign.ended(End::settled), 60U);
}

TEST(RandomSchedule, CrashesNodesAndRestartsThem) {
  const Campaign campaign(with_crashes());
  EXPECT_GT(campaign.count(fault_named("crash")), 100U);
  EXPECT_EQ(campaign.tally.count_of<CrashStep>(), campaign.count(fault_named("crash")));
  EXPECT_EQ(campaign.tally.count_of<RestartStep>(), campaign.count(fault_named("crash")));
  EXPECT_GT(campaign.count(fault_named("lose_write")), 10U);
  EXPECT_GE(campaign.tally.writes_lost, campaign.count(fault_named("lose_write")));
  EXPECT_EQ(campaign.count(fault_named("crash_mid_effects")), 0U);
  EXPECT_EQ(campaign.tally.crashes_mid_effects, 0U);
  EXPECT_EQ(campaign.count(fault_named("keep_write")), 0U);
  EXPECT_EQ(campaign.tally.writes_kept, 0U);
  EXPECT_EQ(campaign.tally.down_at_the_end, 0U);
}

TEST(RandomSchedule, CrashesNodesBetweenTwoEffects) {
  Configuration c = with_crashes();
  c.crash_mid_effects = {1, 1};
  const Campaign campaign(c);
  EXPECT_GT(campaign.count(fault_named("crash_mid_effects")), 50U);
  EXPECT_EQ(campaign.tally.crashes_mid_effects, campaign.count(fault_named("crash_mid_effects")));
}

TEST(RandomSchedule, KeepsSomeWritesThroughACrash) {
  Configuration c = with_crashes();
  c.crash_keeps_writes = {1, 1};
  const Campaign campaign(c);
  EXPECT_GT(campaign.count(fault_named("keep_write")), 10U);
  EXPECT_GE(campaign.tally.writes_kept, campaign.count(fault_named("keep_write")));
}

TEST(RandomSchedule, CrashesNoMoreNodesAtATimeThanItMay) {
  for (const std::uint32_t crashed_max : {1U, 2U, 5U}) {
    Configuration c = with_crashes();
    c.crash_duration = range(100, 200);
    c.crashed_max = crashed_max;
    EXPECT_EQ(Campaign(c).tally.down_max, crashed_max);
    c.crash_mid_effects = {1, 2};
    EXPECT_EQ(Campaign(c).tally.down_max, crashed_max) << "with crashes that are yet to come";
  }
}

TEST(RandomSchedule, PausesNodesWhosePacketsThenPileUp) {
  Configuration c = busy();
  c.pause_interval = range(10, 40);
  const Campaign campaign(c);
  EXPECT_GT(campaign.count(fault_named("pause")), 100U);
  EXPECT_EQ(campaign.tally.count_of<PauseStep>(), campaign.count(fault_named("pause")));
  EXPECT_EQ(campaign.tally.count_of<ResumeStep>(), campaign.count(fault_named("pause")));
  EXPECT_GT(campaign.tally.slow_messages, 50U);
  EXPECT_GT(campaign.tally.slow_writes, 0U);
  EXPECT_EQ(campaign.tally.count_of<DropStep<P>>(), 0U) << "late, not lost";
}

TEST(RandomSchedule, ShufflesWhatPiledUpDuringSomePauses) {
  Configuration c = busy();
  c.delay = range(5, 5);  // in which nothing overtakes by itself
  c.pause_interval = range(10, 40);
  const Campaign in_order(c);
  EXPECT_EQ(in_order.count(fault_named("shuffle")), 0U);
  EXPECT_EQ(in_order.tally.overtakings, 0U);
  c.delay = range(4, 6);
  const Campaign before(c);
  c.pause_shuffles = {1, 1};
  const Campaign shuffled(c);
  EXPECT_GT(shuffled.count(fault_named("shuffle")), 50U);
  EXPECT_LE(shuffled.count(fault_named("shuffle")), shuffled.count(fault_named("pause")));
  EXPECT_GT(shuffled.tally.overtakings, before.tally.overtakings);
}

TEST(RandomSchedule, EndsAPauseWhenItsTimeIsUpAndNotWithAnEarlierOne) {
  Configuration c = with_crashes();  // a crash ends a pause too, and its end must not end the next
  c.ending = Ending::broken;
  c.operations = 100;
  c.pause_interval = range(10, 40);
  c.pause_duration = range(300, 300);
  Recorder recorder;
  RandomRun run(recorder);
  int full_pauses = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    recorder = {};
    run.run(c, seed);
    std::array<Time, node_count_max> paused_at{};
    for (const Step<P>& step : recorder.steps) {
      if (const auto* pause = std::get_if<PauseStep>(&step.action)) {
        paused_at[pause->node.index] = step.at;
      } else if (const auto* resume = std::get_if<ResumeStep>(&step.action)) {
        ASSERT_EQ(step.at, paused_at[resume->node.index] + Duration{300}) << "seed " << seed;
        ++full_pauses;
      }
    }
  }
  EXPECT_GT(full_pauses, 20);
}

TEST(RandomSchedule, SkewsClocksWithinTheirBounds) {
  Configuration c = busy();
  c.skew_interval = range(5, 20);
  c.skew_rate_min = 512;
  c.skew_rate_max = 2048;
  c.skew_jump_max = 30;
  Recorder recorder;
  RandomRun run(recorder);
  std::uint32_t slowest = 1024;
  std::uint32_t fastest = 1024;
  std::int32_t back = 0;
  std::int32_t forward = 0;
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    run.run(c, seed);
  }
  for (const Step<P>& step : recorder.steps) {
    if (const auto* skew = std::get_if<SkewStep>(&step.action)) {
      slowest = std::min(slowest, skew->rate);
      fastest = std::max(fastest, skew->rate);
      back = std::min(back, skew->jump_ticks);
      forward = std::max(forward, skew->jump_ticks);
    }
  }
  EXPECT_EQ(run.count(fault_named("skew")), recorder.count_of<SkewStep>());
  EXPECT_GE(slowest, 512U);
  EXPECT_LT(slowest, 600U);
  EXPECT_LE(fastest, 2048U);
  EXPECT_GT(fastest, 1900U);
  EXPECT_THAT(back, ::testing::AllOf(::testing::Ge(-30), ::testing::Lt(-20)));
  EXPECT_THAT(forward, ::testing::AllOf(::testing::Le(30), ::testing::Gt(20)));
}

}  // namespace
}  // namespace synod
