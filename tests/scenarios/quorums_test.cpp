// Which quorums there are for a cluster, and what is said of them.
#include "scenarios/quorums.h"

#include <gtest/gtest.h>

#include <utility>

#include "sim/configuration.h"

namespace synod {
namespace {

Configuration cluster(std::uint32_t nodes, std::uint32_t phase1, std::uint32_t phase2) {
  Configuration configuration;
  configuration.node_count = nodes;
  configuration.phase1_quorum = phase1;
  configuration.phase2_quorum = phase2;
  return configuration;
}

TEST(Quorums, AreMajoritiesWhereBothAreTheSmallest) {
  for (const auto& [nodes, majority] :
       {std::pair{1U, 1U}, {2U, 2U}, {3U, 2U}, {4U, 3U}, {9U, 5U}}) {
    const Configuration majorities = cluster(nodes, majority, majority);
    EXPECT_TRUE(has_majorities(majorities)) << nodes;
    EXPECT_EQ(with_majorities(cluster(nodes, 1, nodes)), majorities) << nodes;
    EXPECT_EQ(quorums_text(majorities), "") << nodes;
  }
  EXPECT_FALSE(has_majorities(cluster(3, 1, 3)));
  EXPECT_FALSE(has_majorities(cluster(3, 3, 3)));
}

TEST(Quorums, OthersMeetTooAndAreNoLargerThanThatTakes) {
  for (std::uint32_t nodes = 1; nodes <= node_count_max; ++nodes) {
    const auto others = with_other_quorums(with_majorities(cluster(nodes, 1, 1)));
    EXPECT_EQ(others.size(), nodes);
    for (const Configuration& other : others) {
      EXPECT_EQ(other.node_count, nodes);
      EXPECT_TRUE(do_quorums_meet(other));
      EXPECT_EQ(validate(other), "");
      EXPECT_FALSE(do_quorums_meet(cluster(nodes, other.phase1_quorum - 1, other.phase2_quorum)));
    }
  }
}

TEST(Quorums, ThatMissEachOtherHaveNoOthers) {
  EXPECT_TRUE(with_other_quorums(cluster(4, 2, 2)).empty());
}

TEST(Quorums, ThatAreNoMajoritiesAreTold) {
  EXPECT_EQ(quorums_text(cluster(2, 1, 2)),
            "A quorum is any 1 of the 2 nodes for promises, and any 2 for votes.");
}

}  // namespace
}  // namespace synod
