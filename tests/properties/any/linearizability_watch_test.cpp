// On line: a violation is found at the event that makes it one.
#include "properties/any/linearizability_watch.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "tests/properties/any/history_testing.h"

namespace synod {
namespace {

using namespace any_testing;
using enum Linearizability;

Cell::Result read(std::uint64_t value) { return Cell::value_read(Nilable<std::uint64_t>(value)); }
Cell::Result read_nil() { return Cell::value_read({}); }

class Watched : public LinearizabilityWatch<Cell, int> {
 public:
  void written(int id, std::uint64_t value) {
    call(id, Cell::write(value));
    returned(id, Cell::written());
  }
  void was_read(int id, const Cell::Result& result) {
    call(id, Cell::read());
    returned(id, result);
  }
};

TEST(LinearizabilityWatch, TheReturnThatLeavesNoOrderIsTheViolationWithWhatWasPossible) {
  Watched watch;
  watch.written(1, 1);
  watch.call(2, Cell::write(2));
  watch.call(3, Cell::read());
  watch.was_read(4, read(2));
  EXPECT_EQ(watch.verdict(), linearizable);
  watch.was_read(5, read(1));
  ASSERT_EQ(watch.verdict(), not_linearizable);
  const auto& violation = *watch.violation();
  EXPECT_EQ(violation.id, 5);
  EXPECT_EQ(violation.result, read(1));
  EXPECT_EQ(violation.possible, (std::vector{read(2)}));
}

TEST(LinearizabilityWatch, AViolationStays) {
  Watched watch;
  watch.was_read(1, read(7));
  const Watched before = watch;
  watch.was_read(2, read_nil());
  watch.written(3, 7);
  EXPECT_EQ(watch, before);
  EXPECT_EQ(watch.violation()->id, 1);
}

TEST(LinearizabilityWatch, AReadThatIsPendingKeepsWhatItMayReturn) {
  Watched watch;
  watch.call(1, Cell::read());
  watch.written(2, 1);
  watch.written(3, 2);
  watch.written(4, 3);
  Watched other = watch;
  watch.returned(1, read(2));
  EXPECT_EQ(watch.verdict(), linearizable);
  other.returned(1, read(4));
  ASSERT_EQ(other.verdict(), not_linearizable);
  EXPECT_EQ(other.violation()->possible, (std::vector{read(1), read(2), read(3), read_nil()}));
}

TEST(LinearizabilityWatch, AnOperationThatWasGivenUpMayHappenLateAndOnce) {
  Watched watch;
  watch.call(1, Cell::write(1));
  watch.gave_up(1);
  watch.written(2, 2);
  watch.was_read(3, read(2));
  watch.was_read(4, read(1));
  EXPECT_EQ(watch.verdict(), linearizable);
  watch.written(5, 2);
  watch.was_read(6, read(1));
  ASSERT_EQ(watch.verdict(), not_linearizable);
  EXPECT_EQ(watch.violation()->possible, (std::vector{read(2)}));
}

TEST(LinearizabilityWatch, WhatWasSeenBeforeItWasGivenUpHasHappened) {
  Watched watch;
  watch.call(1, Cell::write(1));
  watch.was_read(2, read(1));
  watch.gave_up(1);
  watch.written(3, 3);
  watch.was_read(4, read(1));
  EXPECT_EQ(watch.verdict(), not_linearizable);
}

TEST(LinearizabilityWatch, ARefusalOfWhatOthersHaveSeenIsAViolation) {
  Watched watch;
  watch.call(1, Cell::write(1));
  watch.was_read(2, read(1));
  EXPECT_EQ(watch.verdict(), linearizable);
  watch.refused(1);
  ASSERT_EQ(watch.verdict(), not_linearizable);
  EXPECT_TRUE(watch.violation()->is_refusal);
  EXPECT_EQ(watch.violation()->id, 1);
}

TEST(LinearizabilityWatch, WhatWasRefusedNeverHappens) {
  Watched watch;
  watch.call(1, Cell::write(1));
  watch.refused(1);
  watch.was_read(2, read_nil());
  EXPECT_EQ(watch.verdict(), linearizable);
  watch.was_read(3, read(1));
  EXPECT_EQ(watch.verdict(), not_linearizable);
}

TEST(LinearizabilityWatch, MoreWorkThanTheBoundIsInconclusiveForEver) {
  Watched watch;
  for (int i = 0; i < 10; ++i) {
    watch.call(i, Cell::write(static_cast<std::uint64_t>(i)));
  }
  watch.returned(0, Cell::written(), 100);
  EXPECT_EQ(watch.verdict(), inconclusive);
  watch.was_read(20, read(99));
  EXPECT_EQ(watch.verdict(), inconclusive);
}

/// As of a lock with tokens, whose operations commute in no way: what each returns tells how many
/// came before it.
struct Tickets {
  using State = std::uint64_t;
  using Operation = std::uint64_t;  ///< drawn from so many at once
  using Result = std::uint64_t;
  static Result apply(State& state, const Operation& operation) {
    state = state * 31 + operation + 1;
    ++applied();
    return state;
  }
  static std::uint64_t& applied() {
    thread_local std::uint64_t count = 0;
    return count;
  }
};

TEST(LinearizabilityWatch, AnEventWithManyPendingOperationsSoonGivesUpAndTheSameWorkEveryTime) {
  for (const int pending : {10, 20, 40, 80}) {
    std::vector<std::uint64_t> applied;
    for (int time = 0; time < 2; ++time) {
      Tickets::applied() = 0;
      LinearizabilityWatch<Tickets, int> watch;
      for (int i = 0; i < pending; ++i) {
        watch.call(i, static_cast<std::uint64_t>(i));
      }
      watch.returned(0, 1);
      EXPECT_EQ(watch.verdict(), inconclusive) << pending;
      applied.push_back(Tickets::applied());
    }
    EXPECT_LT(applied[0], 2 * event_work_max_default) << pending;
    EXPECT_EQ(applied[0], applied[1]) << pending;
  }
}

/// Each key's event is within what one may take, and all are not within what a run may.
TEST(LinearizabilityWatch, ManyBusyEventsAreBoundTogether) {
  struct Keyed : Tickets {
    using Operation = std::pair<int, std::uint64_t>;
    static Result apply(State& state, const Operation& operation) {
      return Tickets::apply(state, operation.second);
    }
    static int key_of(const Operation& operation) { return operation.first; }
  };
  Tickets::applied() = 0;
  LinearizabilityWatch<Keyed, std::pair<int, int>> watch;
  int conclusive = 0;
  for (int key = 0; key < 10'000 && watch.verdict() == linearizable; ++key) {
    for (int i = 0; i < 6; ++i) {
      watch.call({key, i}, {key, static_cast<std::uint64_t>(i)});
    }
    watch.returned({key, 0}, 1);
    conclusive += watch.verdict() == linearizable ? 1 : 0;
  }
  EXPECT_GT(conclusive, 2);
  EXPECT_EQ(watch.verdict(), inconclusive);
  EXPECT_LT(Tickets::applied(), 2 * run_work_max);
}

/// Of reads that are pending, what each may have seen is kept together, not each choice by itself.
TEST(LinearizabilityWatch, ReadsThatArePendingCostLittle) {
  Watched watch;
  for (int i = 0; i < 30; ++i) {
    watch.call(i, Cell::read());
  }
  for (std::uint64_t value = 1; value <= 30; ++value) {
    watch.written(100 + static_cast<int>(value), value);
    EXPECT_EQ(watch.verdict(), linearizable);
  }
  for (int i = 0; i < 29; ++i) {
    watch.returned(i, read(static_cast<std::uint64_t>(i + 1)));
    EXPECT_EQ(watch.verdict(), linearizable);
  }
  watch.returned(29, read(31));
  EXPECT_EQ(watch.verdict(), not_linearizable);
}

/// A compare-and-set that failed at some time, and is refused, or succeeds, after all.
TEST(LinearizabilityWatch, WhatMayHaveFailedMayYetSucceedOrNeverHappen) {
  const auto expect = [](bool is_set) {
    Watched watch;
    watch.call(1, Cell::compare_and_set(Nilable<std::uint64_t>(1), Nilable<std::uint64_t>(2)));
    watch.written(2, 3);
    watch.written(3, 1);
    Watched refused = watch;
    watch.returned(1, Cell::was_set(is_set));
    watch.was_read(4, read(is_set ? 2 : 1));
    EXPECT_EQ(watch.verdict(), linearizable);
    refused.refused(1);
    refused.was_read(4, read(1));
    EXPECT_EQ(refused.verdict(), linearizable);
    refused.was_read(5, read(2));
    EXPECT_EQ(refused.verdict(), not_linearizable);
  };
  expect(true);
  expect(false);
}

TEST(LinearizabilityWatch, TheEndOfWhatWasNotCalledIsPassedOver) {
  Watched watch;
  watch.returned(1, read(1));
  watch.refused(2);
  watch.gave_up(3);
  EXPECT_EQ(watch, Watched());
}

TEST(LinearizabilityWatch, HasOneFormWhateverLedToIt) {
  Watched one;
  one.call(1, Cell::write(5));
  one.call(2, Cell::write(6));
  one.returned(1, Cell::written());
  one.returned(2, Cell::written());
  one.was_read(3, read(5));
  Watched other;
  other.written(7, 3);
  other.written(9, 5);
  EXPECT_EQ(one, other);
}

TEST(LinearizabilityWatch, GivenUpReadsAndKeysThatAreAsNewLeaveNothing) {
  LinearizabilityWatch<KeyValueStore, int> watch;
  using enum KeyValueStore::Kind;
  watch.call(1, {get, "x", ""});
  watch.call(2, {get, "y", ""});
  watch.gave_up(1);
  watch.returned(2, "");
  EXPECT_EQ(watch, (LinearizabilityWatch<KeyValueStore, int>()));
}

TEST(LinearizabilityWatch, WatchesEachKeyByItself) {
  LinearizabilityWatch<KeyValueStore, std::string> watch;
  using enum KeyValueStore::Kind;
  watch.call("c1", {append, "x", "a"});
  watch.call("c2", {get, "y", ""});
  watch.call("c3", {get, "x", ""});
  watch.returned("c3", "a");
  watch.returned("c2", "a");
  ASSERT_EQ(watch.verdict(), not_linearizable);
  EXPECT_EQ(watch.violation()->id, "c2");
}

}  // namespace
}  // namespace synod
