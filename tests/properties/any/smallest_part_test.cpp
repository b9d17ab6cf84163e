// What is shown of a history that is not linearizable.
#include "properties/any/smallest_part.h"

#include <gtest/gtest.h>

#include "tests/properties/any/history_testing.h"

namespace synod {
namespace {

using namespace any_testing;
using Indices = std::vector<std::size_t>;

SmallestPart<Cell> part_shown(const CellHistory& history) {
  SmallestPartSearch<Cell> search(history, 10'000);
  EXPECT_TRUE(search.find_last().has_value());
  return search.find_part().value();
}

TEST(SmallestPart, ThereIsNoneOfAHistoryThatIsLinearizable) {
  const CellHistory history = history_of({"c1 write 1 at 1-2", "c1 read 1 at 3-4"});
  EXPECT_FALSE(SmallestPartSearch<Cell>(history, 10'000).find_last().has_value());
}

TEST(SmallestPart, EndsAtTheFirstReturnAfterWhichThereIsNoOrder) {
  const CellHistory history = history_of(
      {"c1 write 1 at 1-2", "c2 read 3 at 3-9", "c1 read nil at 4-5", "c1 write 3 at 6-7"});
  SmallestPartSearch<Cell> search(history, 10'000);
  EXPECT_EQ(search.find_last(), 2);
}

TEST(SmallestPart, IsNotFoundWhereTheSearchIsEndedFirst) {
  const CellHistory history =
      history_of({"c1 write 1 at 1-2", "c2 write 2 at 3-4", "c3 read 1 at 5-6"});
  std::size_t events = 0;
  std::size_t events_max = 1000;
  const auto may_go_on = [&] { return ++events <= events_max; };
  const auto find = [&]() -> std::optional<SmallestPart<Cell>> {
    events = 0;
    SmallestPartSearch<Cell> search(history, 10'000, may_go_on);
    return search.find_last() ? search.find_part() : std::nullopt;
  };
  EXPECT_TRUE(find().has_value());
  const std::size_t events_in_all = events;
  EXPECT_GT(events_in_all, 6);
  for (events_max = 0; events_max < events_in_all; ++events_max) {
    EXPECT_FALSE(find().has_value()) << events_max;
    EXPECT_EQ(events, events_max + 1);  // it is not asked again
  }
}

TEST(SmallestPart, AStaleReadIsShownWithTheWritesThatMadeItStale) {
  const SmallestPart<Cell> part =
      part_shown(history_of({"c1 write 1 at 1-2", "c2 write 2 at 3-4", "c3 read 1 at 5-6"}));
  EXPECT_FALSE(part.start.has_value());
  EXPECT_EQ(part.bound, (Indices{0, 1, 2}));
  EXPECT_EQ(part.possible, (std::vector{Cell::value_read(Nilable<std::uint64_t>(2))}));
}

TEST(SmallestPart, AWriteThatARealReadSawIsNotLeftOutToInventAContradiction) {
  // The two reads contradict each other. Who wrote 1 belongs to the picture, though it is all the
  // same whether it returned.
  const SmallestPart<Cell> part =
      part_shown(history_of({"c1 write 1 at 1-", "c2 read 1 at 2-3", "c3 read nil at 4-5"}));
  EXPECT_EQ(part.bound, (Indices{1, 2}));
  EXPECT_EQ(part.unbound, (Indices{0}));
  EXPECT_EQ(part.others, 0);
}

TEST(SmallestPart, OperationsThatMakeNoDifferenceAreLeftOutAndCounted) {
  const SmallestPart<Cell> part = part_shown(
      history_of({"c1 write 1 at 1-2", "c2 read 1 at 3-4", "c4 write 7 at 3-", "c2 read 1 at 5-6",
                  "c3 write 2 at 7-8", "c4 read 2 at 7-12", "c2 read 1 at 9-10"}));
  EXPECT_EQ(part.last, 6);
  EXPECT_EQ(part.bound, (Indices{0, 4, 6}));
  EXPECT_TRUE(part.unbound.empty());
  EXPECT_EQ(part.others, 4);
}

TEST(SmallestPart, AValueThatNobodyWroteStandsAlone) {
  const SmallestPart<Cell> part =
      part_shown(history_of({"c1 write 1 at 1-2", "c2 read 9 at 1-4", "c1 write 2 at 3-"}));
  EXPECT_EQ(part.bound, (Indices{1}));
}

TEST(SmallestPart, ALongHistoryIsShownFromWhereTheStateIsCertain) {
  std::vector<std::string> lines;
  for (int i = 0; i < 30; ++i) {
    const int at = 10 * i + 1;
    lines.push_back("c1 write " + std::to_string(i % 3) + " at " + std::to_string(at) + "-" +
                    std::to_string(at + 1));
    lines.push_back("c2 read " + std::to_string(i % 3) + " at " + std::to_string(at + 2) + "-" +
                    std::to_string(at + 3));
  }
  lines.emplace_back("c3 write 1 at 400-401");
  lines.emplace_back("c2 read 2 at 402-403");
  const SmallestPart<Cell> part = part_shown(history_of(lines));
  ASSERT_TRUE(part.start.has_value());
  EXPECT_EQ(part.start->after, 60);
  EXPECT_EQ(part.start->state, Nilable<std::uint64_t>(1));
  EXPECT_EQ(part.start->operations_before, 61);
  EXPECT_EQ(part.bound, (Indices{61}));
}

}  // namespace
}  // namespace synod
