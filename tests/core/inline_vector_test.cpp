#include "core/inline_vector.h"

#include "tests/core/printing.h"

namespace synod {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

template <std::size_t Capacity>
InlineVector<int, Capacity> filled(std::initializer_list<int> elements) {
  InlineVector<int, Capacity> vector;
  for (const int element : elements) {
    EXPECT_TRUE(vector.try_push(element));
  }
  return vector;
}

template <class Vector>
std::vector<int> listed(const Vector& vector) {
  return {vector.begin(), vector.end()};
}

TEST(InlineVector, KeepsTheOrderOfItsElements) {
  const auto vector = filled<4>({3, 1, 2});
  EXPECT_EQ(vector.size(), 3U);
  EXPECT_FALSE(vector.is_empty());
  EXPECT_EQ(vector[1], 1);
  EXPECT_THAT(listed(vector), ElementsAre(3, 1, 2));
}

TEST(InlineVector, RefusesAnElementWhenFullAndStaysAsItIs) {
  auto vector = filled<2>({1, 2});
  EXPECT_FALSE(vector.try_push(3));
  EXPECT_THAT(listed(vector), ElementsAre(1, 2));
}

TEST(InlineVector, ClosesTheGapOfAnErasedElement) {
  auto vector = filled<4>({1, 2, 3, 4});
  vector.erase(1);
  EXPECT_THAT(listed(vector), ElementsAre(1, 3, 4));
  vector.erase(2);
  EXPECT_THAT(listed(vector), ElementsAre(1, 3));
  vector.erase(0);
  EXPECT_THAT(listed(vector), ElementsAre(3));
  EXPECT_TRUE(vector.try_push(9));
  EXPECT_THAT(listed(vector), ElementsAre(3, 9));
}

TEST(InlineVector, IsEmptyOnceCleared) {
  auto vector = filled<4>({1, 2});
  vector.clear();
  EXPECT_TRUE(vector.is_empty());
  EXPECT_THAT(listed(vector), IsEmpty());
}

// Worlds are compared and hashed: what a vector held before must not show.
TEST(InlineVector, OfEqualContentsIsEqualWhateverItHeldBefore) {
  auto erased = filled<4>({7, 1, 2, 8});
  erased.erase(3);
  erased.erase(0);
  EXPECT_TRUE(erased == filled<4>({1, 2}));
  auto cleared = filled<4>({7});
  cleared.clear();
  EXPECT_TRUE(cleared == (InlineVector<int, 4>{}));
  EXPECT_FALSE(erased == filled<4>({2, 1}));
  EXPECT_FALSE(erased == filled<4>({1, 2, 0}));
}

TEST(InlineVector, ChangesInPlace) {
  auto vector = filled<4>({1, 2});
  vector[0] = 5;
  for (int& element : vector) {
    ++element;
  }
  EXPECT_THAT(listed(vector), ElementsAre(6, 3));
}

}  // namespace
}  // namespace synod
