// Off line: the algorithm of Wing and Gong with Lowe's memory.
#include "properties/any/linearizability.h"

#include <gtest/gtest.h>

#include "tests/properties/any/history_testing.h"

namespace synod {
namespace {

using namespace any_testing;
using enum Linearizability;

constexpr std::uint64_t enough = 1'000'000;

Linearizability judged(const std::vector<std::string>& lines) {
  return judge<Cell>(history_of(lines), enough);
}

TEST(Linearizability, AnEmptyHistoryIsLinearizable) { EXPECT_EQ(judged({}), linearizable); }

TEST(Linearizability, ARegisterIsNilAtFirst) {
  EXPECT_EQ(judged({"c1 read nil at 1-2"}), linearizable);
  EXPECT_EQ(judged({"c1 read 1 at 1-2"}), not_linearizable);
  EXPECT_EQ(judged({"c1 write 1 at 1-2", "c2 read nil at 3-4"}), not_linearizable);
}

TEST(Linearizability, AReadBesideAWriteMayReturnEither) {
  EXPECT_EQ(judged({"c1 write 1 at 1-4", "c2 read nil at 2-3"}), linearizable);
  EXPECT_EQ(judged({"c1 write 1 at 1-4", "c2 read 1 at 2-3"}), linearizable);
}

TEST(Linearizability, NewThenOldIsNoOrderThoughEachAloneIs) {
  EXPECT_EQ(judged({"c1 write 1 at 1-9", "c2 read 1 at 2-3", "c3 read nil at 4-5"}),
            not_linearizable);
  EXPECT_EQ(judged({"c1 write 1 at 1-9", "c2 read nil at 2-3", "c3 read 1 at 4-5"}), linearizable);
}

TEST(Linearizability, IntervalsAreClosed) {
  // At instant 2 the write returns and the read is called: they are concurrent.
  EXPECT_EQ(judged({"c1 write 1 at 1-2", "c2 read nil at 2-3"}), linearizable);
  EXPECT_EQ(judged({"c1 write 1 at 1-2", "c2 read nil at 3-3"}), not_linearizable);
}

TEST(Linearizability, WhatNeverReturnedMayHaveHappenedLaterOrNever) {
  const std::string lost = "c1 write 1 at 1-";
  EXPECT_EQ(judged({lost, "c2 read nil at 3-4"}), linearizable);
  EXPECT_EQ(judged({lost, "c2 read nil at 3-4", "c2 read 1 at 50-60"}), linearizable);
  EXPECT_EQ(judged({lost, "c2 read 1 at 3-4", "c2 read nil at 50-60"}), not_linearizable);
  EXPECT_EQ(judged({"c2 read 1 at 3-4", "c1 write 1 at 5-"}), not_linearizable)
      << "never before its call";
}

TEST(Linearizability, WhatNeverReturnedHappensOnce) {
  const std::vector<std::string> seen_again = {"c1 write 1 at 1-", "c2 read 1 at 3-4",
                                               "c2 write 2 at 5-6", "c2 read 2 at 7-8",
                                               "c2 read 1 at 9-10"};
  EXPECT_EQ(judged(seen_again), not_linearizable);
  std::vector<std::string> two_of_them = seen_again;
  two_of_them.emplace_back("c3 write 1 at 1-");
  EXPECT_EQ(judged(two_of_them), linearizable);
}

TEST(Linearizability, ACompareAndSetSetsWhereItsValueIsThereAndOnlyThere) {
  EXPECT_EQ(judged({"c1 write 1 at 1-2", "c1 set 1 to 2 at 3-4", "c1 read 2 at 5-6"}),
            linearizable);
  EXPECT_EQ(judged({"c1 write 1 at 1-2", "c1 set 2 to 3 at 3-4"}), not_linearizable);
  EXPECT_EQ(judged({"c1 write 1 at 1-2", "c1 set 1 to 2 fails at 3-4"}), not_linearizable);
  EXPECT_EQ(judged({"c1 write 1 at 1-2", "c1 set 2 to 3 fails at 3-4", "c1 read 1 at 5-6"}),
            linearizable);
  EXPECT_EQ(judged({"c1 write 1 at 1-2", "c1 set 1 to 2 at 3-9", "c2 set 1 to 3 at 3-9"}),
            not_linearizable)
      << "only one of two can have found it";
  EXPECT_EQ(judged({"c1 set nil to 2 at 3-9", "c2 read 2 at 10-11"}), linearizable);
}

TEST(Linearizability, TheOrderThatWasFoundIsOne) {
  const CellHistory history =
      history_of({"c1 write 1 at 1-9", "c2 write 2 at 1-9", "c3 read 2 at 2-3", "c3 read 1 at 4-5",
                  "c4 write 7 at 1-"});
  LinearizationSearch<Cell> search(history);
  ASSERT_TRUE(search.go_on(enough));
  ASSERT_EQ(search.verdict(), linearizable);
  Cell::State state;
  for (const std::size_t operation : search.order()) {
    const auto result = Cell::apply(state, history[operation].operation);
    if (history[operation].is_finished()) {
      EXPECT_EQ(result, *history[operation].result);
    }
  }
  EXPECT_EQ(search.order(), (std::vector<std::size_t>{1, 2, 0, 3}));
}

TEST(Linearizability, ABoundThatComesFirstIsInconclusive) {
  EXPECT_EQ(judge<Cell>(history_of({"c1 write 1 at 1-2", "c1 read 1 at 3-4"}), 1), inconclusive);
}

TEST(Linearizability, TheMemoryKeepsManyConcurrentOperationsQuick) {
  std::vector<std::string> lines;
  for (int i = 1; i <= 7; ++i) {
    lines.emplace_back("c1 write 1 at 1-100");
    lines.emplace_back("c1 read 1 at 1-100");
  }
  lines.emplace_back("c2 read 2 at 1-100");
  EXPECT_EQ(judge<Cell>(history_of(lines), enough), not_linearizable);  // of 14! orders
}

// ---- Keys ---------------------------------------------------------------------------------------

using Store = KeyValueStore;

ClientOperation<Store> asked(Store::Kind kind, const std::string& key, const std::string& value,
                             std::uint64_t called_at) {
  const bool is_get = kind == Store::Kind::get;
  ClientOperation<Store> operation;
  operation.operation = {kind, key, is_get ? "" : value};
  operation.result = is_get ? value : "";
  operation.called_at = called_at;
  operation.returned_at = called_at + 1;
  return operation;
}

TEST(Linearizability, EachKeyHasItsOwnTextAndIsEmptyAtFirst) {
  using enum Store::Kind;
  History<Store> history = {asked(put, "x", "a", 1), asked(append, "x", "b", 3),
                            asked(get, "x", "ab", 5), asked(get, "y", "", 7)};
  EXPECT_EQ(judge<Store>(history, enough), linearizable);
  history.push_back(asked(get, "y", "ab", 9));
  EXPECT_EQ(judge<Store>(history, enough), not_linearizable);
}

TEST(Linearizability, OneKeyThatIsViolatedIsEnoughWhereAnotherIsInconclusive) {
  using enum Store::Kind;
  History<Store> history;
  for (std::uint64_t i = 1; i <= 20; ++i) {
    history.push_back(asked(append, "a", "x", i));
  }
  history.push_back(asked(get, "b", "x", 50));
  EXPECT_EQ(judge<Store>(history, 5), not_linearizable);
}

}  // namespace
}  // namespace synod
