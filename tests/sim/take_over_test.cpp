// A random schedule can take over a world in any state, and draws all that comes from there on.
#include <gtest/gtest.h>

#include "tests/sim/sim_testing.h"

namespace synod {
namespace {

using namespace sim_testing;

constexpr std::uint64_t seeds = 300;

FreshNumbers fresh_in(const World<P>& world) {
  std::uint32_t last = 0;
  for (std::uint8_t i = 0; i < world.client_count; ++i) {
    last += world.clients[i].request.id.number;  // at least as many as there were
  }
  return FreshNumbers(last + 1);
}

/// Knows who has learned, so that another schedule can be told.
struct WhoLearned {
  NodeSet nodes;
  void on(const World<P>& /*world*/, const Learned<P>& learned) { nodes.insert(learned.node); }
  void on(const World<P>& /*world*/, const Crashed& crashed) { nodes.erase(crashed.node); }
};

struct TakenOver {
  WhoLearned learned;
  RandomRun<WhoLearned> run{learned};
  Configuration configuration;

  /// So many steps drawn from one seed, and then those of another.
  void play(std::uint64_t seed, int steps, std::uint64_t other_seed) {
    configuration = draw_paxos(seed);
    learned.nodes = {};
    run.start(configuration, seed);
    for (int i = 0; i < steps && run.try_step(); ++i) {
    }
    take_over(other_seed);
  }
  void take_over(std::uint64_t other_seed) {
    run.schedule.take_over(run.world, configuration, other_seed, learned.nodes,
                           fresh_in(run.world));
  }
};

TEST(TakeOver, OfAWorldInAnyStateComesToTheDecision) {
  TakenOver taken;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    for (const int steps : {0, 5, 20, 60, 150, 400}) {
      taken.play(seed, steps, seed + 1000);
      taken.run.finish();
      ASSERT_FALSE(taken.run.witness.findings().has_any())
          << taken.run.witness.findings().first().text;
      ASSERT_EQ(taken.run.refused_steps, 0) << "seed " << seed << ", after " << steps;
      if (taken.configuration.ending == Ending::healed) {
        ASSERT_EQ(taken.run.schedule.end(), End::settled) << "seed " << seed << ", after " << steps;
      }
    }
  }
}

TEST(TakeOver, DrawsTheSameFromOneSeedAndSomethingElseFromAnother) {
  TakenOver first;
  TakenOver second;
  std::uint64_t different = 0;
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    first.play(seed, 30, 7);
    second.play(seed, 30, 7);
    first.run.finish();
    second.run.finish();
    EXPECT_EQ(first.run.hash.value(), second.run.hash.value());
    second.play(seed, 30, 8);
    second.run.finish();
    different += first.run.hash.value() != second.run.hash.value() ? 1U : 0U;
  }
  EXPECT_GT(different, 45U);
}

TEST(TakeOver, BringsBackWhatIsDownPausedOrCut) {
  Configuration c;
  c.node_count = 3;
  c.chaos = {5000};
  c.operations = 100;
  RandomRun<> run;
  run.start(c, 1);
  run.world.now = {100};
  run.world[NodeId{0}].is_up = false;
  run.world[NodeId{1}].is_paused = true;
  run.world.cut[2] = EndpointSet::of(NodeSet::only({0}));
  run.schedule.take_over(run.world, c, 2, {}, FreshNumbers(1));
  while (run.world.now < Time{100 + 200 + 1} && run.try_step()) {
  }
  EXPECT_TRUE(run.world[NodeId{0}].is_up);
  EXPECT_FALSE(run.world[NodeId{1}].is_paused);
  EXPECT_EQ(run.world.cut[2].size(), 0U);
  EXPECT_EQ(run.refused_steps, 0);
}

TEST(TakeOver, LetsNoClientAskForAValueThatWasAskedForBefore) {
  TakenOver taken;
  taken.configuration.client_count = 2;
  taken.configuration.operations = 3;
  taken.run.start(taken.configuration, 1);
  taken.run.schedule.take_over(taken.run.world, taken.configuration, 1, {}, FreshNumbers(41));
  EXPECT_EQ(taken.run.schedule.fresh().next(), 41U);
  taken.run.finish();
  EXPECT_GT(taken.run.schedule.fresh().next(), 41U);
}

}  // namespace
}  // namespace synod
