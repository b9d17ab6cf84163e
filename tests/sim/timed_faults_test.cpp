// Faults that a file gives a time: they come then, whatever is drawn around them, and nothing that
// is drawn takes them back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <vector>

#include "tests/sim/campaign.h"

namespace synod {
namespace {

using namespace sim_testing;

constexpr std::uint64_t runs = 60;

LinkStep between(NodeId a, NodeId b) { return {only(a), only(b)}; }

/// The steps of faults, with their times.
struct Taken {
  std::vector<Step<P>> steps;
  template <class S>
  [[nodiscard]] std::vector<std::uint64_t> times_of(const S& wanted) const {
    std::vector<std::uint64_t> times;
    for (const Step<P>& step : steps) {
      if (const auto* const found = std::get_if<S>(&step.action); found && *found == wanted) {
        times.push_back(step.at.ticks);
      }
    }
    return times;
  }
  void on(const World<P>& /*world*/, const Applied<P>& applied) { steps.push_back(applied.step); }
};

Taken taken_by(const Configuration& c, std::uint64_t seed) {
  EXPECT_EQ(validate(c), "");
  Taken taken;
  RandomRun run(taken);
  run.run(c, seed);
  EXPECT_EQ(run.refused_steps, 0) << "seed " << seed;
  EXPECT_FALSE(run.witness.findings().has_any()) << run.witness.findings().first().text;
  return taken;
}

using ::testing::ElementsAre;

TEST(TimedFaults, ComeAtTheirTimes) {
  Configuration c = busy();
  c.faults = {{{50}, CrashStep{n2}},
              {{60}, CutStep{between(n1, n3)}},
              {{70}, PauseStep{{n3}}},
              {{80}, SkewStep{n1, 2048, 5}},
              {{90}, ResumeStep{{n3}}},
              {{100}, RestartStep{{n2}}},
              {{110}, HealStep{between(n1, n3)}}};
  for (std::uint64_t seed = 1; seed <= runs; ++seed) {
    const Taken taken = taken_by(c, seed);
    EXPECT_THAT(taken.times_of(CrashStep{n2}), ElementsAre(50));
    EXPECT_THAT(taken.times_of(CutStep{between(n1, n3)}), ElementsAre(60));
    EXPECT_THAT(taken.times_of(PauseStep{{n3}}), ElementsAre(70));
    EXPECT_THAT(taken.times_of(SkewStep{n1, 2048, 5}), ElementsAre(80));
    EXPECT_THAT(taken.times_of(ResumeStep{{n3}}), ElementsAre(90));
    EXPECT_THAT(taken.times_of(RestartStep{{n2}}), ElementsAre(100));
    EXPECT_THAT(taken.times_of(HealStep{between(n1, n3)}), ElementsAre(110));
  }
}

TEST(TimedFaults, ComeHoweverSoonEverythingElseIsDone) {
  Configuration c;
  c.operations = 1;
  c.think = range(0, 1);
  c.chaos = {100};
  c.faults = {{{5000}, CrashStep{n3}}};
  EXPECT_THAT(taken_by(c, 1).times_of(CrashStep{n3}), ElementsAre(5000))
      << "the chaos, too, goes on until then";
}

/// Whatever is drawn: who the file wants down, still or cut off stays so until the file says else.
TEST(TimedFaults, AreNotTakenBackByWhatIsDrawn) {
  Configuration c = busy();
  c.crash_interval = c.pause_interval = c.cut_interval = range(1, 10);
  c.crash_duration = c.pause_duration = c.cut_duration = range(1, 5);
  c.crashed_max = 2;
  c.operations = 1000;
  c.chaos = {600};
  c.faults = {
      {{100}, CrashStep{n2}},     {{100}, PauseStep{{n3}}},  {{100}, CutStep{between(n1, n3)}},
      {{500}, RestartStep{{n2}}}, {{500}, ResumeStep{{n3}}}, {{500}, HealStep{between(n1, n3)}}};
  RandomRun run;
  std::uint64_t others = 0;
  bool is_about_to_stand_still = false;  // it has just restarted
  for (std::uint64_t seed = 1; seed <= runs; ++seed) {
    run.start(c, seed);
    while (run.try_step()) {
      const World<P>& world = run.world;
      if (world.now > Time{100} && world.now < Time{500}) {
        ASSERT_FALSE(world[n2].is_up) << "seed " << seed << " at " << world.now.ticks;
        ASSERT_EQ(world.count_cut(between(n1, n3)), 1U) << "seed " << seed;
        const bool goes_on = world[n3].is_up && !world[n3].is_paused;
        ASSERT_FALSE(goes_on && is_about_to_stand_still) << "seed " << seed;
        is_about_to_stand_still = goes_on;
        others += world[NodeId{3}].is_up ? 0U : 1U;
      }
    }
    EXPECT_EQ(run.schedule.end(), End::settled) << "seed " << seed;
  }
  EXPECT_GT(others, runs) << "what is drawn comes all the same";
}

TEST(TimedFaults, MakeANodeSlow) {
  struct Delays {
    std::map<std::uint32_t, Time> sent_at{};
    std::uint64_t slow = 0;
    std::uint64_t wrong = 0;
    void on(const World<P>& world, const Sent<P>& sent) { sent_at[sent.slot] = world.now; }
    void on(const World<P>& world, const Delivered<P>& delivered) {
      const Time sent = sent_at.at(delivered.slot);
      const Packet<P>& packet = delivered.packet;
      const bool is_of_n2 = packet.from == Endpoint::of(n2) || packet.to == Endpoint::of(n2);
      const bool is_then = sent >= Time{100} && sent < Time{300};
      const std::uint64_t took = world.now.ticks - sent.ticks;
      slow += is_of_n2 && is_then ? 1U : 0U;
      wrong += (took >= 40) != (is_of_n2 && is_then && packet.from != packet.to) ? 1U : 0U;
    }
  };
  Configuration c = busy();
  c.delay = range(1, 10);
  c.faults = {{{100}, faults::SlowNode{n2, range(40, 50), {300}}}};
  Delays delays;
  RandomRun run(delays);
  for (std::uint64_t seed = 1; seed <= runs; ++seed) {
    run.run(c, seed);
  }
  EXPECT_GT(delays.slow, runs);
  EXPECT_EQ(delays.wrong, 0U);
}

TEST(TimedFaults, AreTheOnlyOnesWhereNothingElseIsAskedFor) {
  Configuration c = busy();
  c.faults = {{{50}, CrashStep{n2}}};
  Taken taken;
  RandomRun run(taken);
  run.run(c, 1);
  std::size_t crashes = 0;
  for (const Step<P>& step : taken.steps) {
    crashes += std::holds_alternative<CrashStep>(step.action) ? 1U : 0U;
  }
  EXPECT_EQ(crashes, 1U);
}

TEST(TimedFaults, NameWhoIsThereInTheOrderOfTime) {
  Configuration c = busy();
  c.faults = {{{50}, CrashStep{NodeId{7}}}};
  EXPECT_THAT(validate(c), ::testing::HasSubstr("faults[0]"));
  c.faults = {{{50}, CrashStep{n1}}, {{40}, RestartStep{{n1}}}};
  EXPECT_THAT(validate(c), ::testing::HasSubstr("faults[1]"));
}

}  // namespace
}  // namespace synod
