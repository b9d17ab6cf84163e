// What clients do in random runs, and how these end.
#include <gtest/gtest.h>

#include "tests/sim/campaign.h"

namespace synod {
namespace {

using namespace sim_testing;

TEST(RandomSchedule, RetriesAtAnotherNodeAndThenAbandons) {
  Configuration c = busy();
  c.client_timeout = range(5, 10);
  c.attempts_max = 3;
  const Campaign campaign(c);
  EXPECT_GT(campaign.tally.retries, 100U);
  EXPECT_EQ(campaign.tally.retries_at_the_same_node, 0U);
  EXPECT_GT(campaign.tally.count_of<AbandonStep>(), 0U);
  EXPECT_GT(campaign.tally.outcomes[static_cast<std::size_t>(Outcome::unknown)], 0U);
  const Campaign patient(busy());
  EXPECT_EQ(patient.tally.retries, 0U);
  EXPECT_EQ(patient.tally.count_of<AbandonStep>(), 0U);
}

TEST(RandomSchedule, AbandonsAfterTheFirstTimeoutIfOneAttemptIsAll) {
  Configuration c = busy();
  c.client_timeout = range(5, 10);
  c.attempts_max = 1;
  c.ending = Ending::broken;
  const Campaign campaign(c);
  EXPECT_EQ(campaign.tally.retries, 0U);
  EXPECT_GT(campaign.tally.count_of<AbandonStep>(), 100U);
}

TEST(RandomSchedule, ReadsAsOftenAsItIsTold) {
  Configuration c = busy();
  c.ending = Ending::broken;
  options_in<PaxosOptions>(c).reads = {1, 1};
  const Campaign reads(c);
  EXPECT_EQ(reads.tally.operations[static_cast<std::size_t>(OperationKind::read)], 60U * 9U);
  EXPECT_GT(reads.tally.outcomes[static_cast<std::size_t>(Outcome::nothing_chosen)], 0U);
  options_in<PaxosOptions>(c).reads = {0, 1};
  options_in<PaxosOptions>(c).quorum_reads = {1, 2};
  const Campaign quorum_reads(c);
  const auto& operations = quorum_reads.tally.operations;
  EXPECT_GT(operations[static_cast<std::size_t>(OperationKind::quorum_read)], 200U);
  EXPECT_GT(operations[static_cast<std::size_t>(OperationKind::write)], 200U);
  EXPECT_EQ(operations[static_cast<std::size_t>(OperationKind::read)], 0U);
}

TEST(RandomSchedule, AsksAsManyTimesAsItIsTold) {
  Configuration c = busy();
  c.operations = 2;
  c.ending = Ending::broken;
  const Campaign campaign(c);
  EXPECT_EQ(campaign.tally.operations[0], 60U * 3U * 2U);
  c.operations = 0;
  EXPECT_EQ(Campaign(c).tally.operations[0], 0U);
}

TEST(RandomSchedule, DemandsNothingOfABrokenEnding) {
  Configuration c = with_crashes();
  c.ending = Ending::broken;
  c.crashed_max = 5;
  c.crash_duration = range(1000, 2000);
  const Campaign campaign(c);
  EXPECT_EQ(campaign.ended(End::broken), 60U);
  EXPECT_GT(campaign.tally.down_at_the_end, 0U);
  EXPECT_LE(campaign.tally.longest_run, c.chaos.ticks);
}

TEST(RandomSchedule, RepairsEverythingInAHealedEndingAndDecides) {
  Configuration c = with_crashes();
  c.crashed_max = 5;
  c.crash_duration = range(5000, 9000);
  c.crash_mid_effects = {1, 2};
  c.pause_interval = range(10, 40);
  c.pause_duration = range(5000, 9000);
  c.cut_interval = range(10, 40);
  c.cut_forever = {1, 1};
  c.drop = {1, 4};
  const Campaign campaign(c);
  EXPECT_EQ(campaign.ended(End::settled), 60U);
  EXPECT_EQ(campaign.tally.down_at_the_end, 0U);
  EXPECT_EQ(campaign.tally.cut_at_the_end, 0U);
}

TEST(RandomSchedule, AsksOnceMoreInAHealedWorldWhoeverStillWaited) {
  Configuration c = busy();
  c.think = range(0, 0);
  c.operations = 1;
  c.chaos = {2};  // before there can be any answer
  const Campaign campaign(c);
  EXPECT_EQ(campaign.ended(End::settled), 60U);
  EXPECT_GE(campaign.tally.operations[0], 60U * 3U * 2U);
}

/// Three clients that wait for their first answer when the world is healed.
Configuration all_wait() {
  Configuration c = busy();
  c.think = range(0, 0);
  c.operations = 1;
  c.chaos = {2};
  return c;
}

/// Did anybody ask a second thing while somebody waited for the answer to the first?
struct AskedMeanwhile {
  std::uint32_t first_answers = 0;
  bool is_so = false;
  void on(const World<P>& world, const Called<P>& called) {
    is_so = is_so || (called.request.id.number > 1 && first_answers < world.client_count);
  }
  void on(const World<P>& /*world*/, const Returned<P>& returned) {
    first_answers += returned.request.id.number == 1 ? 1U : 0U;
  }
};

TEST(RandomSchedule, InSomeRunsAnswersWhoWaitsBeforeAnybodyAsksAnew) {
  AskedMeanwhile asked_meanwhile;
  RandomRun run(asked_meanwhile);
  std::uint32_t waited = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    asked_meanwhile = {};
    run.run(all_wait(), seed);
    EXPECT_EQ(run.schedule.end(), End::settled) << "seed " << seed;
    waited += asked_meanwhile.is_so ? 0U : 1U;
  }
  EXPECT_GT(waited, 30U);
  EXPECT_LT(waited, 100U);
}

/// What helps it otherwise is that its client gives up, and writes.
TEST(RandomSchedule, DoesNotSettleInTheseWhereAReadIsNeverAnswered) {
  Configuration c = all_wait();
  c.client_count = 1;
  c.contacts = 1;  // where it is asked again and again, and nobody outbids it
  options_in<PaxosOptions>(c).reads = {1, 1};
  paxos::Rules wrong;
  wrong.may_answer_nothing_chosen = [](bool /*was_asked_first*/) { return false; };
  AskedMeanwhile asked_meanwhile;
  RandomRun run(asked_meanwhile);
  std::uint32_t unsettled = 0;
  for (std::uint64_t seed = 1; seed <= 24; ++seed) {
    run.run(c, seed);
    EXPECT_EQ(run.schedule.end(), End::settled) << "seed " << seed;
    run.run(c, seed, wrong);
    unsettled += run.schedule.end() == End::unsettled ? 1U : 0U;
  }
  EXPECT_GT(unsettled, 1U);
  EXPECT_LT(unsettled, 16U);
}

TEST(RandomSchedule, SaysWhenAHealedWorldDoesNotDecideInTime) {
  Configuration c = busy();
  c.progress = {1};
  c.chaos = {1};
  const Campaign campaign(c);
  EXPECT_EQ(campaign.ended(End::unsettled), 60U);
}

TEST(RandomSchedule, SaysWhenItRanOutOfSteps) {
  Configuration c = busy();
  c.steps_max = 10;
  const Campaign campaign(c);
  EXPECT_EQ(campaign.ended(End::out_of_steps), 60U);
}

TEST(RandomSchedule, EndsChaosInTime) {
  Configuration c = busy();
  c.ending = Ending::broken;
  c.operations = 1000;
  c.chaos = {300};
  EXPECT_LE(Campaign(c).tally.longest_run, 300U);
}

}  // namespace
}  // namespace synod
