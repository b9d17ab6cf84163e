#include "tools/explore/search/fingerprint_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "sim/luck.h"

namespace synod::explorer {
namespace {

using testing::Contains;
using testing::ElementsAre;

constexpr std::uint64_t budget = 64U << 20U;

TEST(FingerprintTable, KnowsWhatWasInserted) {
  FingerprintTable table(budget);
  EXPECT_TRUE(table.insert(7, 1, 1));
  EXPECT_FALSE(table.insert(7, 1, 1));
  EXPECT_TRUE(table.insert(8, 1, 1));
}

TEST(FingerprintTable, KeepsEverythingWhileItGrows) {
  FingerprintTable table(budget);
  constexpr std::uint64_t count = 1000000;
  for (std::uint64_t index = 1; index <= count; ++index) {
    while (!table.try_reserve(1)) {
      table.grow(index - 1);
    }
    ASSERT_TRUE(table.insert(mix(index), mix(index / 2), 1));
  }
  for (std::uint64_t index = 1; index <= count; ++index) {
    ASSERT_FALSE(table.insert(mix(index), mix(index / 2), 1));
    ASSERT_TRUE(table.is_parent(mix(index / 2), mix(index)));
  }
  EXPECT_LE(table.bytes(), 24 * count);
}

TEST(FingerprintTable, LinksToTheSmallestParentOfTheLevelBefore) {
  FingerprintTable table(budget);
  const std::uint64_t one = std::uint64_t{1} << 40U;
  for (const std::uint64_t parent : {5 * one, 3 * one, 4 * one}) {
    table.insert(parent, 0, 1);
  }
  table.insert(99, 5 * one, 2);
  table.insert(99, 3 * one, 2);
  table.insert(99, 4 * one, 2);
  EXPECT_THAT(table.parents(99), ElementsAre(3 * one));
}

TEST(FingerprintTable, AStateOfALevelBeforeKeepsItsLink) {
  FingerprintTable table(budget);
  const std::uint64_t one = std::uint64_t{1} << 40U;
  table.insert(one, 0, 1);
  table.insert(2 * one, 0, 1);
  table.insert(99, 2 * one, 2);
  table.insert(99, one, 3);
  EXPECT_THAT(table.parents(99), ElementsAre(2 * one)) << "level 3 has another mark";
  table.settle(99);
  table.insert(99, one, 4);
  EXPECT_THAT(table.parents(99), ElementsAre(2 * one)) << "level 4 has the same, but 99 is settled";
}

TEST(FingerprintTable, NamesAllThatMayBeTheParent) {
  FingerprintTable table(budget);
  const std::uint64_t parent = 0xabcdef0123456789;
  table.insert(parent, 0, 1);
  table.insert(parent + 1, 0, 1);  // has the same leading 30 bits
  table.insert(99, parent, 2);
  EXPECT_THAT(table.parents(99), ElementsAre(parent, parent + 1));
}

TEST(FingerprintTable, SaysThatFingerprintsAreBadlyMixed) {
  FingerprintTable table(budget);
  EXPECT_THROW(
      for (std::uint64_t fingerprint = ~std::uint64_t{0}; fingerprint > 0;
           --fingerprint) { table.insert(fingerprint, 1, 1); },
      std::runtime_error);
}

TEST(FingerprintTable, ThreadsThatInsertTheSameAgreeWhoWasFirst) {
  FingerprintTable table(budget);
  constexpr std::uint64_t count = 60000;
  std::array<std::uint64_t, 4> firsts{};
  std::vector<std::jthread> threads;
  for (std::size_t thread = 0; thread < firsts.size(); ++thread) {
    threads.emplace_back([&, thread] {
      for (std::uint64_t index = 1; index <= count; ++index) {
        const std::uint64_t parent = mix(index) ^ (std::uint64_t{thread} << 50U);
        firsts[thread] += table.insert(mix(index), parent, 1) ? 1 : 0;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(firsts[0] + firsts[1] + firsts[2] + firsts[3], count);
  for (std::uint64_t index = 1; index <= count; ++index) {
    std::uint64_t smallest = mix(index);
    for (std::uint64_t thread = 1; thread < firsts.size(); ++thread) {
      smallest = std::min(smallest, mix(index) ^ (thread << 50U));
    }
    ASSERT_TRUE(table.is_parent(smallest, mix(index)));
  }
}

}  // namespace
}  // namespace synod::explorer
