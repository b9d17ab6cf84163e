// Delta debugging on lists of numbers, each wanted for a reason that is easy to state.
#include "scenarios/shrink/delta_debugging.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <vector>

namespace synod {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

using Numbers = std::vector<int>;

bool contains(const Numbers& numbers, int number) {
  return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

class List {
 public:
  List(int count, std::function<bool(const Numbers&)> is_wanted)
      : is_wanted_(std::move(is_wanted)) {
    for (int i = 0; i < count; ++i) {
      numbers.push_back(i);
    }
  }
  [[nodiscard]] std::size_t size() const { return numbers.size(); }
  bool try_without(const Indices& gone) {
    ++tries;
    EXPECT_TRUE(std::is_sorted(gone.begin(), gone.end()));
    Numbers left;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      if (!std::binary_search(gone.begin(), gone.end(), i)) {
        left.push_back(numbers[i]);
      }
    }
    EXPECT_EQ(left.size() + gone.size(), numbers.size()) << "an index is not there";
    if (!is_wanted_(left)) {
      return false;
    }
    numbers = left;
    return true;
  }
  Numbers numbers;
  int tries = 0;

 private:
  std::function<bool(const Numbers&)> is_wanted_;
};

bool has_three_and_seventy(const Numbers& numbers) {
  return contains(numbers, 3) && contains(numbers, 70);
}

TEST(DeltaDebugging, KeepsWhatIsWantedInFewTries) {
  List list(1000, has_three_and_seventy);
  reduce_by_chunks(list);
  reduce_by_ones(list);
  EXPECT_THAT(list.numbers, ElementsAre(3, 70));
  EXPECT_LT(list.tries, 100);
}

TEST(DeltaDebugging, LeavesNothingWhereNothingIsWanted) {
  List list(1000, [](const Numbers&) { return true; });
  reduce_by_chunks(list);
  EXPECT_THAT(list.numbers, IsEmpty());
  EXPECT_EQ(list.tries, 1);
  EXPECT_FALSE(reduce_by_ones(list));
}

TEST(DeltaDebugging, LeavesAllWhereAllIsWanted) {
  List list(20, [](const Numbers& numbers) { return numbers.size() == 20; });
  reduce_by_chunks(list);
  EXPECT_FALSE(reduce_by_ones(list));
  EXPECT_FALSE(try_reduce_by_pairs(list));
  EXPECT_EQ(list.size(), 20U);
}

TEST(DeltaDebugging, GoesOnWhileOneRemovalMakesAnotherPossible) {
  // Each number needs the one above it: they go one by one, from the first on.
  List list(30, [](const Numbers& numbers) {
    for (std::size_t i = 1; i < numbers.size(); ++i) {
      if (numbers[i] != numbers[i - 1] + 1) {
        return false;
      }
    }
    return contains(numbers, 29);
  });
  EXPECT_TRUE(reduce_by_ones(list));
  EXPECT_THAT(list.numbers, ElementsAre(29));
}

TEST(DeltaDebugging, TakesPairsThatCanOnlyGoTogether) {
  const auto both_or_none = [](const Numbers& numbers) {
    return contains(numbers, 4) && contains(numbers, 2) == contains(numbers, 7);
  };
  List list(9, both_or_none);
  reduce_by_ones(list);
  EXPECT_THAT(list.numbers, ElementsAre(2, 4, 7));
  EXPECT_TRUE(try_reduce_by_pairs(list));
  EXPECT_THAT(list.numbers, ElementsAre(4));
  EXPECT_FALSE(try_reduce_by_pairs(list));
}

TEST(DeltaDebugging, BearsThatMoreGoesThanWasAskedFor) {
  // As steps whose cause is gone do: with an even number goes the odd one behind it.
  struct Pairs : List {
    using List::List;
    bool try_without(const Indices& gone) {
      Indices all = gone;
      for (const std::size_t i : gone) {
        if (numbers[i] % 2 == 0 && i + 1 < numbers.size() && numbers[i + 1] == numbers[i] + 1) {
          all.push_back(i + 1);
        }
      }
      std::sort(all.begin(), all.end());
      all.erase(std::unique(all.begin(), all.end()), all.end());
      return List::try_without(all);
    }
  };
  Pairs list(100, has_three_and_seventy);
  reduce_by_chunks(list);
  reduce_by_ones(list);
  EXPECT_THAT(list.numbers, ElementsAre(2, 3, 70));
}

}  // namespace
}  // namespace synod
