// What holds of every run, whatever its seed.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "sim/clock.h"
#include "tests/sim/sim_testing.h"

namespace synod {
namespace {

using namespace sim_testing;

constexpr std::uint64_t seeds = 1ULL << 40U;

std::uint64_t any_seed() { return *rc::gen::inRange<std::uint64_t>(0, seeds); }

/// Applies a list of steps to a fresh world, with the properties watching.
struct Replay {
  explicit Replay(const Configuration& configuration)
      : config(config_for(configuration)), observers(witness, hash), engine(config, observers) {
    witness.start(config.quorums);
    hash.start();
    engine.start(world, configuration.node_count, configuration.client_count);
  }
  paxos::Config config;
  paxos::Witness witness;
  RunHash<P> hash;
  Observers<paxos::Witness, RunHash<P>> observers;
  Engine<P, Observers<paxos::Witness, RunHash<P>>> engine;
  World<P> world;
};

RC_GTEST_PROP(AnyRun, OfCorrectPaxosHasNoFindingAndDecidesOnceHealed, ()) {
  const std::uint64_t seed = any_seed();
  Configuration configuration = draw_paxos(seed);
  if (configuration.ending == Ending::partitioned) {  // in which not everybody must
    configuration.ending = Ending::healed;
  }
  RandomRun run;
  run.run(configuration, seed);
  RC_ASSERT(validate(configuration).empty());
  RC_ASSERT(!run.witness.findings().has_any());
  RC_ASSERT(run.refused_steps == 0);
  RC_ASSERT((configuration.ending == Ending::broken || run.schedule.end() == End::settled));
}

RC_GTEST_PROP(AnyRun, GoesOnFromACopyAsFromTheOriginal, ()) {
  const std::uint64_t seed = any_seed();
  const auto copied_after = *rc::gen::inRange(0, 500);
  RandomRun original;
  RandomRun copy;
  original.start(draw_paxos(seed), seed);
  for (int i = 0; i < copied_after && original.try_step(); ++i) {
  }
  copy.copy_from(original);
  original.finish();
  copy.finish();
  RC_ASSERT(copy.world == original.world);
  RC_ASSERT(hash_of(copy.world) == hash_of(original.world));
  RC_ASSERT(copy.hash.value() == original.hash.value());
}

RC_GTEST_PROP(AnyRun, IsTheListOfItsSteps, ()) {
  const std::uint64_t seed = any_seed();
  const Configuration configuration = draw_paxos(seed);
  Recorder recorder;
  RandomRun run(recorder);
  run.run(configuration, seed);
  Replay replay(configuration);
  for (const Step<P>& step : recorder.steps) {
    RC_ASSERT(replay.engine.apply(replay.world, step));
  }
  RC_ASSERT(replay.world == run.world);
  RC_ASSERT(replay.hash.value() == run.hash.value());
}

RC_GTEST_PROP(AnyRun, StaysSafeWhateverStepsAreLeftOut, ()) {
  const std::uint64_t seed = any_seed();
  const std::uint32_t one_in = *rc::gen::inRange<std::uint32_t>(2, 50);
  const Configuration configuration = draw_paxos(seed);
  Recorder recorder;
  RandomRun run(recorder);
  run.run(configuration, seed);
  Replay replay(configuration);
  const Luck luck(seed);
  Draws left_out(luck, Stream::solo, 0);
  World<P> before;
  for (const Step<P>& step : recorder.steps) {
    if (left_out.chance({1, one_in})) {
      continue;
    }
    before = replay.world;
    if (!replay.engine.apply(replay.world, step)) {
      RC_ASSERT(replay.world == before);
    }
    RC_ASSERT(!replay.witness.findings().has_any());
  }
}

RC_GTEST_PROP(AnyClock, NamesTheFirstMomentAtWhichItShowsATime, ()) {
  Clock clock;
  Time now;
  const int skews = *rc::gen::inRange(0, 4);
  for (int i = 0; i < skews; ++i) {
    now.ticks += *rc::gen::inRange<std::uint64_t>(0, 100'000);
    const std::int64_t shown = clock.read(now).ticks;
    const std::int64_t jump = *rc::gen::inRange<std::int64_t>(-1'000'000, 1'000'001);
    clock.skew(now, *rc::gen::inRange(Clock::rate_min, Clock::rate_max + 1), jump);
    RC_ASSERT(clock.read(now).ticks == shown + jump);
  }
  const LocalTime local{clock.read(now).ticks +
                        *rc::gen::inRange<std::int64_t>(-1'000'000, 1'000'000)};
  const Time moment = clock.when(local, now);
  RC_ASSERT(moment >= now);
  RC_ASSERT(clock.read(moment) >= local);
  RC_ASSERT((moment == now || clock.read({moment.ticks - 1}) < local));
}

RC_GTEST_PROP(AnyClock, NeverGoesBackBetweenTwoSkews, ()) {
  Clock clock;
  clock.skew({*rc::gen::inRange<std::uint64_t>(0, 1000)},
             *rc::gen::inRange(Clock::rate_min, Clock::rate_max + 1), 0);
  const Time earlier{clock.base.ticks + *rc::gen::inRange<std::uint64_t>(0, 1'000'000)};
  const Time later{earlier.ticks + *rc::gen::inRange<std::uint64_t>(0, 1'000'000)};
  RC_ASSERT(clock.read(earlier) <= clock.read(later));
}

}  // namespace
}  // namespace synod
