#include "scenarios/words/nearest.h"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <utility>

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

TEST(AName, IsNearWhereItWasMistypedOrCutOff) {
  for (const auto& [word, name] :
       {std::pair("rnu", "run"), std::pair("runn", "run"), std::pair("replya", "replay"),
        std::pair("REPLAY", "replay"), std::pair("expl", "explain"), std::pair("dorp", "drop"),
        std::pair("nodeCount", "node_count"), std::pair("pax", "paxos"),
        std::pair("unifrom", "uniform"), std::pair("mermade", "mermaid")}) {
    EXPECT_TRUE(is_near(word, name)) << word;
  }
  for (const auto& [word, name] :
       {std::pair("", "run"), std::pair("x", "run"), std::pair("at", "to"),
        std::pair("ru", "replay"), std::pair("colour", "node"), std::pair("raft", "paxos"),
        std::pair("peace", "healed"), std::pair("sd-", "sd-pick-own"), std::pair("fuzz", "run")}) {
    EXPECT_FALSE(is_near(word, name)) << word;
  }
}

TEST(ARightName, IsTheNearestWhereItIsNearElseAllOfAFewElseWhereTheyAreListed) {
  EXPECT_EQ(right_name("rnu", verbs, "synod --help"), "did you mean \"run\"?");
  EXPECT_EQ(right_name("colour", verbs, "synod --help"),
            "there are \"run\", \"replay\", \"shrink\" and \"explain\"");
  constexpr std::array<std::string_view, 1> one = {"red"};
  EXPECT_EQ(right_name("colour", one), "there is only \"red\"");
  EXPECT_EQ(right_name("colour", {}), "there is none");
  std::array<std::string_view, 30> many;
  many.fill("a_long_name");
  EXPECT_EQ(right_name("colour", many, "synod list names"), "see \"synod list names\"");
  EXPECT_EQ(right_name("a_long_nmae", many, "synod list names"), "did you mean \"a_long_name\"?");
}

TEST(ARightValue, IsOneOfAllWhereTheyAreFew) {
  EXPECT_EQ(right_value("rnu", verbs), "give \"run\", \"replay\", \"shrink\" or \"explain\"");
  std::array<std::string_view, 30> many;
  many.fill("a_long_name");
  EXPECT_EQ(right_value("a_long_nmae", many), "did you mean \"a_long_name\"?");
}

}  // namespace
}  // namespace synod
