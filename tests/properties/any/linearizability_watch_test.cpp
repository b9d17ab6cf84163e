// On line: a violation is found at the event that makes it one.
#include "properties/any/linearizability_watch.h"

#include <gtest/gtest.h>

#include <string>

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

TEST(LinearizabilityWatch, MoreConfigurationsThanTheBoundAreInconclusiveForEver) {
  Watched watch;
  for (int i = 0; i < 10; ++i) {
    watch.call(i, Cell::write(static_cast<std::uint64_t>(i)));
  }
  watch.returned(0, Cell::written(), 100);
  EXPECT_EQ(watch.verdict(), inconclusive);
  watch.was_read(20, read(99));
  EXPECT_EQ(watch.verdict(), inconclusive);
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
