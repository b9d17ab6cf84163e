// The same seed gives the same run, alone or after many others, and without allocating once warm.
#include <gtest/gtest.h>

#include <optional>

#include "tests/sim/sim_testing.h"
#include "tools/bench/allocation_count.h"

namespace synod {
namespace {

using namespace sim_testing;

TEST(Determinism, RunsTheSameSeedTwiceAlike) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    Recorder first_seen;
    Recorder second_seen;
    RandomRun first(first_seen);
    RandomRun second(second_seen);
    first.run(seed);
    second.run(seed);
    ASSERT_EQ(first_seen.steps, second_seen.steps) << "seed " << seed;
    ASSERT_EQ(first.hash.value(), second.hash.value()) << "seed " << seed;
    ASSERT_EQ(first.world, second.world) << "seed " << seed;
    ASSERT_EQ(first.schedule.end(), second.schedule.end()) << "seed " << seed;
  }
}

TEST(Determinism, RunsDifferentSeedsDifferently) {
  RandomRun run;
  std::vector<std::uint64_t> hashes;
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    run.run(seed);
    hashes.push_back(run.hash.value());
  }
  std::sort(hashes.begin(), hashes.end());
  EXPECT_EQ(std::unique(hashes.begin(), hashes.end()), hashes.end());
}

TEST(Determinism, RunsASeedAloneAsAfterTenThousandOthers) {
  RandomRun used;
  for (std::uint64_t seed = 1000; seed < 11'000; ++seed) {
    used.run(seed);
  }
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    RandomRun fresh;
    fresh.run(seed);
    used.run(seed);
    ASSERT_EQ(used.hash.value(), fresh.hash.value()) << "seed " << seed;
    ASSERT_EQ(used.world, fresh.world) << "seed " << seed;
    ASSERT_EQ(used.witness.probes_reached(), fresh.witness.probes_reached());
  }
}

TEST(Determinism, IsNotDisturbedByWatchers) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    RandomRun plain;
    Recorder recorder;
    RandomRun watched(recorder);
    plain.run(seed);
    watched.run(seed);
    ASSERT_EQ(plain.hash.value(), watched.hash.value()) << "seed " << seed;
  }
}

TEST(Determinism, AllocatesNothingOnceWarm) {
  if (!allocations_of_this_thread()) {
    GTEST_SKIP() << "not counted in a build with sanitizers";
  }
  RandomRun run;
  constexpr std::uint64_t seeds = 2000;
  std::optional<std::uint64_t> before = allocations_of_this_thread();
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    run.run(seed);
  }
  ASSERT_GT(allocations_of_this_thread(), before) << "the first runs do allocate, and are counted";
  before = allocations_of_this_thread();
  for (std::uint64_t seed = 0; seed < seeds; ++seed) {
    run.run(seed);
  }
  EXPECT_EQ(allocations_of_this_thread(), before);
}

}  // namespace
}  // namespace synod
