#include "scenarios/words/nearest.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace synod {
namespace {

constexpr std::array<std::string_view, 4> verbs = {"run", "replay", "shrink", "explain"};

TEST(Nearest, NamesTheOneThatTakesTheFewestEdits) {
  EXPECT_EQ(nearest("rnu", verbs), "run");
  EXPECT_EQ(nearest("reply", verbs), "replay");
  EXPECT_EQ(nearest("shrinkk", verbs), "shrink");
  EXPECT_EQ(nearest("xplain", verbs), "explain");
  EXPECT_EQ(nearest("run", verbs), "run");
}

TEST(Nearest, NamesTheFirstOfEquals) {
  constexpr std::array<std::string_view, 2> names = {"bat", "cat"};
  EXPECT_EQ(nearest("rat", names), "bat");
  EXPECT_EQ(nearest("", names), "bat");
}

TEST(Nearest, HasNothingToNameAmongNoNames) { EXPECT_EQ(nearest("run", {}), ""); }

TEST(Nearest, TakesAHugeWordInNoTime) {
  EXPECT_EQ(nearest("explain" + std::string(100'000'000, 'x'), verbs), "explain");
}

}  // namespace
}  // namespace synod
