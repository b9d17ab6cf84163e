// Where all luck comes from, and the small tools that depend on none: Clock, EventQueue, Hasher.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <map>

#include "core/ballot.h"
#include "core/inline_vector.h"
#include "sim/clock.h"
#include "sim/event_queue.h"
#include "sim/hash.h"
#include "sim/luck.h"

namespace synod {
namespace {

using ::testing::ElementsAre;

constexpr DurationRange range(std::uint64_t min, std::uint64_t max) { return {{min}, {max}}; }

// The numbers were computed apart from this code. Every recorded seed rests on them.
TEST(Luck, DrawsTheNumbersThatItAlwaysDrew) {
  EXPECT_EQ(Luck(0).draw(Stream::configuration, 0, 0), 0x33fe8bd4f9c57863ULL);
  EXPECT_EQ(Luck(1).draw(Stream::delay, 0, 0), 0x8f5db0a20602cc40ULL);
  EXPECT_EQ(Luck(1).draw(Stream::delay, 0, 1), 0x5c5b2489b31beb7bULL);
  EXPECT_EQ(Luck(1).draw(Stream::delay, 1, 0), 0xe1c47907c022758cULL);
  EXPECT_EQ(Luck(2026).draw(Stream::solo, 3, 4), 0xf378d5b105890ab0ULL);
  EXPECT_EQ(mix(1), 0x5692161d100b05e5ULL);
  EXPECT_EQ(mix(0), 0ULL);
}

TEST(Luck, DrawsAFunctionOfSeedStreamEntityAndIndex) {
  const Luck luck(7);
  const std::uint64_t draw = luck.draw(Stream::drop, 2, 3);
  EXPECT_EQ(Luck(7).draw(Stream::drop, 2, 3), draw);
  EXPECT_NE(Luck(8).draw(Stream::drop, 2, 3), draw);
  EXPECT_NE(luck.draw(Stream::delay, 2, 3), draw);
  EXPECT_NE(luck.draw(Stream::drop, 1, 3), draw);
  EXPECT_NE(luck.draw(Stream::drop, 2, 4), draw);
}

TEST(Draws, MoveNothingElsewhereByOneMoreDraw) {
  const Luck luck(7);
  Draws here(luck, Stream::crash, 0);
  Draws there(luck, Stream::crash, 1);
  Draws other(luck, Stream::cut, 0);
  const std::uint64_t next_there = luck.draw(Stream::crash, 1, 0);
  const std::uint64_t next_other = luck.draw(Stream::cut, 0, 0);
  for (int i = 0; i < 100; ++i) {
    here.next();
  }
  EXPECT_EQ(there.next(), next_there);
  EXPECT_EQ(other.next(), next_other);
}

TEST(Draws, GoOnFromTheirIndex) {
  const Luck luck(7);
  Draws all(luck, Stream::timer, 2);
  std::vector<std::uint32_t> numbers;
  for (int i = 0; i < 8; ++i) {
    numbers.push_back(all.below(10));
  }
  EXPECT_THAT(numbers, ElementsAre(8, 6, 4, 4, 9, 4, 6, 3));
  EXPECT_EQ(all.index(), 8U);
  Draws rest(luck, Stream::timer, 2, 4);
  EXPECT_EQ(rest.below(10), numbers[4]);
  EXPECT_EQ(rest.below(10), numbers[5]);
}

TEST(Draws, StayBelowTheirCountAndReachEveryNumber) {
  const Luck luck(11);
  for (std::uint32_t count = 1; count <= 20; ++count) {
    Draws draws(luck, Stream::delay, count);
    std::uint32_t seen = 0;
    for (int i = 0; i < 1000; ++i) {
      const std::uint32_t number = draws.below(count);
      ASSERT_LT(number, count);
      seen |= 1U << number;
    }
    EXPECT_EQ(seen, (1U << count) - 1U) << count;
  }
}

TEST(Draws, TakeOneDrawEachWhateverTheCount) {
  const Luck luck(3);
  Draws draws(luck, Stream::delay, 0);
  draws.below(1);
  draws.below(UINT32_MAX);
  draws.chance({0, 1});
  draws.chance({1, 1});
  draws.within(range(5, 5));
  EXPECT_EQ(draws.index(), 5U);
}

TEST(Draws, KeepARatio) {
  const Luck luck(13);
  for (const Ratio ratio : {Ratio{1, 2}, Ratio{1, 10}, Ratio{1, 100}, Ratio{2, 3}}) {
    Draws draws(luck, Stream::drop, ratio.denominator);
    constexpr std::uint32_t trials = 100'000;
    std::uint32_t hits = 0;
    for (std::uint32_t i = 0; i < trials; ++i) {
      hits += draws.chance(ratio) ? 1U : 0U;
    }
    const std::uint32_t expected = trials / ratio.denominator * ratio.numerator;
    EXPECT_NEAR(hits, expected, 700) << ratio.numerator << "/" << ratio.denominator;
  }
}

TEST(Draws, NeverHitNeverAndAlwaysHitAlways) {
  const Luck luck(17);
  Draws draws(luck, Stream::drop, 0);
  for (int i = 0; i < 10'000; ++i) {
    ASSERT_FALSE(draws.chance({0, 1}));
    ASSERT_TRUE(draws.chance({1, 1}));
    ASSERT_TRUE(draws.chance({5, 5}));
  }
}

TEST(Draws, ReachBothEndsOfARange) {
  const Luck luck(19);
  Draws draws(luck, Stream::delay, 0);
  std::uint32_t seen = 0;
  for (int i = 0; i < 1000; ++i) {
    const Duration duration = draws.within(range(3, 7));
    ASSERT_GE(duration.ticks, 3U);
    ASSERT_LE(duration.ticks, 7U);
    seen |= 1U << duration.ticks;
  }
  EXPECT_EQ(seen, 0b11111000U);
  EXPECT_EQ(draws.within(range(4, 4)).ticks, 4U);
}

TEST(Draws, CoverARangeThatTakesMoreThanThirtyTwoBits) {
  const Luck luck(23);
  Draws draws(luck, Stream::timer, 0);
  constexpr std::uint64_t width = (1ULL << 34U) + 5;
  constexpr std::uint64_t parts = 8;
  std::array<int, parts> hits{};
  for (int i = 0; i < 8000; ++i) {
    const std::uint64_t drawn = draws.within({{7}, {7 + width - 1}}).ticks - 7;
    ASSERT_LT(drawn, width);
    ++hits.at(drawn / (width / parts + 1));
  }
  for (const int hit : hits) {
    EXPECT_NEAR(hit, 1000, 150);
  }
  EXPECT_EQ(draws.index(), 8000U) << "a draw is one draw, however wide";
}

TEST(Clock, ShowsTrueTimeUntilItIsSkewed) {
  const Clock clock;
  EXPECT_EQ(clock.read({0}).ticks, 0);
  EXPECT_EQ(clock.read({12345}).ticks, 12345);
  EXPECT_EQ(clock.when({12345}, {0}), Time{12345});
}

TEST(Clock, NamesTheFirstMomentAtWhichItShowsATime) {
  for (const std::uint32_t rate : {256U, 511U, 1000U, 1024U, 1025U, 3333U, 4096U}) {
    for (const std::int64_t jump : {-500, 0, 77}) {
      Clock clock;
      clock.skew({100}, rate, jump);
      for (std::int64_t local = clock.read({100}).ticks; local < 700; local += 13) {
        const Time moment = clock.when({local}, {100});
        ASSERT_GE(clock.read(moment).ticks, local);
        if (moment > Time{100}) {
          ASSERT_LT(clock.read({moment.ticks - 1}).ticks, local);
        }
      }
    }
  }
}

TEST(Clock, NamesNoMomentThatHasPassed) {
  Clock clock;
  EXPECT_EQ(clock.when({50}, {80}), Time{80});
  clock.skew({80}, 1024, 1000);
  EXPECT_EQ(clock.when({50}, {80}), Time{80});
  EXPECT_EQ(clock.when({50}, {90}), Time{90});
}

TEST(Clock, GoesOnFromWhereItWasWhenItsPaceChanges) {
  Clock clock;
  clock.skew({1000}, 2048, 0);
  EXPECT_EQ(clock.read({1000}).ticks, 1000);
  EXPECT_EQ(clock.read({1100}).ticks, 1200);
  clock.skew({1100}, 512, 0);
  EXPECT_EQ(clock.read({1100}).ticks, 1200);
  EXPECT_EQ(clock.read({1200}).ticks, 1250);
  clock.skew({1200}, 1024, -2000);
  EXPECT_EQ(clock.read({1200}).ticks, -750) << "before the start of the run";
}

TEST(EventQueue, PopsByTimeAndTiesInTheOrderOfPushing) {
  EventQueue<int> queue;
  queue.push({5}, 1);
  queue.push({3}, 2);
  queue.push({5}, 3);
  queue.push({3}, 4);
  queue.push({0}, 5);
  EXPECT_EQ(queue.size(), 5U);
  std::vector<std::pair<std::uint64_t, int>> popped;
  while (!queue.is_empty()) {
    Time time;
    const int event = queue.pop(time);
    popped.emplace_back(time.ticks, event);
  }
  EXPECT_THAT(popped, ElementsAre(std::pair(0U, 5), std::pair(3U, 2), std::pair(3U, 4),
                                  std::pair(5U, 1), std::pair(5U, 3)));
}

// A multimap keeps equal keys in the order of insertion, so it says what is right.
TEST(EventQueue, SortsWhateverIsPushedWhenever) {
  EventQueue<std::uint32_t> queue;
  const Luck luck(23);
  Draws draws(luck, Stream::delay, 0);
  for (int round = 0; round < 3; ++round) {
    std::multimap<std::uint64_t, std::uint32_t> expected;
    queue.clear();
    Time now;
    for (std::uint32_t i = 1; i <= 20'000; ++i) {
      const std::array widths = {range(0, 3), range(0, 60), range(900, 1100), range(0, 50'000)};
      const Time time = now + draws.within(widths[draws.below(widths.size())]);
      queue.push(time, i);
      expected.emplace(time.ticks, i);
      while (!expected.empty() && draws.chance({1, 2})) {
        ASSERT_EQ(queue.size(), expected.size());
        ASSERT_EQ(queue.pop(now), expected.begin()->second);
        ASSERT_EQ(now.ticks, expected.begin()->first);
        expected.erase(expected.begin());
      }
    }
    EXPECT_EQ(queue.is_empty(), expected.empty());
  }
}

TEST(EventQueue, CarriesTheLatestTimeThereIs) {
  EventQueue<int> queue;
  queue.push({time_ticks_max}, 1);
  queue.push({time_ticks_max - 1}, 2);
  Time time;
  EXPECT_EQ(queue.pop(time), 2);
  EXPECT_EQ(queue.pop(time), 1);
  EXPECT_EQ(time.ticks, time_ticks_max);
}

TEST(EventQueue, IsEmptyOnceCleared) {
  EventQueue<int> queue;
  queue.push({1}, 1);
  queue.clear();
  EXPECT_TRUE(queue.is_empty());
  EXPECT_EQ(queue.size(), 0U);
}

TEST(Hasher, GivesTheNumbersThatItAlwaysGave) {
  Hasher hasher;
  EXPECT_EQ(hasher.value(), 0xe9e0033e3badaf36ULL);
  hasher.add(std::uint64_t{1});
  hasher.add(std::uint64_t{2});
  hasher.add(std::uint64_t{3});
  EXPECT_EQ(hasher.value(), 0x9f1bc846dc971445ULL);
}

TEST(Hasher, TellsOrderAndContentApart) {
  const Vote red_1{{1, {0}}, {1}};
  const Vote red_2{{2, {0}}, {1}};
  const Vote blue_1{{1, {0}}, {2}};
  const Vote red_1_of_another{{1, {1}}, {1}};
  EXPECT_EQ(hash_of(red_1), hash_of(Vote{{1, {0}}, {1}}));
  EXPECT_NE(hash_of(red_1), hash_of(red_2));
  EXPECT_NE(hash_of(red_1), hash_of(blue_1));
  EXPECT_NE(hash_of(red_1), hash_of(red_1_of_another));
  EXPECT_NE(hash_of(std::array{red_1, red_2}), hash_of(std::array{red_2, red_1}));
}

TEST(Hasher, CountsTheElementsOfAVector) {
  InlineVector<std::uint32_t, 4> empty;
  InlineVector<std::uint32_t, 4> zero;
  ASSERT_TRUE(zero.try_push(0));
  EXPECT_NE(hash_of(empty), hash_of(zero));
}

}  // namespace
}  // namespace synod
