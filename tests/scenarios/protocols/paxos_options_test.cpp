// Which quorums there are for a cluster, what is said of them, and how they are drawn.
#include "scenarios/protocols/paxos_options.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "sim/world/configuration.h"
#include "sim/world/swarm.h"

namespace synod {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

Configuration cluster(std::uint32_t nodes, std::uint32_t phase1, std::uint32_t phase2) {
  Configuration configuration;
  configuration.node_count = nodes;
  options_in<PaxosOptions>(configuration).phase1_quorum = phase1;
  options_in<PaxosOptions>(configuration).phase2_quorum = phase2;
  return configuration;
}
PaxosOptions options_of_paxos(const Configuration& configuration) {
  return options_of<PaxosOptions>(configuration);
}
bool do_quorums_meet(const Configuration& configuration) {
  return options_of_paxos(configuration).must_meet(configuration);
}

template <class Change>
std::string complaint_about(Change change) {
  Configuration configuration;
  change(options_in<PaxosOptions>(configuration));
  return validate(configuration);
}

TEST(Quorums, AreMajoritiesWhereBothAreTheSmallest) {
  for (const auto& [nodes, majority] :
       {std::pair{1U, 1U}, {2U, 2U}, {3U, 2U}, {4U, 3U}, {9U, 5U}}) {
    const Configuration majorities = cluster(nodes, majority, majority);
    EXPECT_TRUE(has_usual_options(majorities)) << nodes;
    Configuration reset = cluster(nodes, 1, nodes);
    reset_options_that_follow_nodes(reset);
    EXPECT_EQ(reset, majorities) << nodes;
    EXPECT_EQ(options_sentence(majorities), "") << nodes;
    EXPECT_EQ(options_cluster_text(majorities), "") << nodes;
  }
  EXPECT_FALSE(has_usual_options(cluster(3, 1, 3)));
  EXPECT_FALSE(has_usual_options(cluster(3, 3, 3)));
}

TEST(Quorums, AreMajoritiesOfAConfigurationThatSaysNothing) {
  Configuration configuration;
  configuration.node_count = 5;
  EXPECT_EQ(options_of_paxos(configuration).phase1_quorum, 3U);
  EXPECT_EQ(options_of_paxos(configuration).phase2_quorum, 3U);
}

TEST(Quorums, OthersMeetTooAndAreNoLargerThanThatTakes) {
  for (std::uint32_t nodes = 1; nodes <= node_count_max; ++nodes) {
    const std::uint32_t majority = nodes / 2 + 1;
    const auto others = with_other_options(cluster(nodes, majority, majority));
    EXPECT_EQ(others.size(), nodes);
    for (const Configuration& other : others) {
      EXPECT_EQ(other.node_count, nodes);
      EXPECT_TRUE(do_quorums_meet(other));
      EXPECT_EQ(validate(other), "");
      const PaxosOptions options = options_of_paxos(other);
      EXPECT_FALSE(
          do_quorums_meet(cluster(nodes, options.phase1_quorum - 1, options.phase2_quorum)));
    }
  }
}

TEST(Quorums, ThatMissEachOtherHaveNoOthers) {
  EXPECT_TRUE(with_other_options(cluster(4, 2, 2)).empty());
}

TEST(Quorums, StayMajoritiesWithANodeLess) {
  const auto fewer = with_a_node_less(cluster(5, 3, 3));
  ASSERT_EQ(fewer.size(), 1U);
  EXPECT_EQ(fewer.front(), cluster(4, 3, 3));
}

TEST(Quorums, ThatAreNoMajoritiesBecomeAnyThatAreNoLargerAndStillMeet) {
  const auto fewer = with_a_node_less(cluster(4, 1, 4));
  ASSERT_EQ(fewer.size(), 1U);
  EXPECT_EQ(fewer.front(), cluster(3, 1, 3));
}

TEST(Quorums, ThatAreNoMajoritiesAreTold) {
  EXPECT_EQ(options_sentence(cluster(2, 1, 2)),
            "A quorum is any 1 of the 2 nodes for promises, and any 2 for votes.");
  EXPECT_EQ(options_cluster_text(cluster(2, 1, 2)), " with quorums of 1 and 2");
}

TEST(Quorums, ThatMissEachOtherAreNamedUnlessTheUserInsists) {
  EXPECT_THAT(complaint_about([](auto& options) { options.phase1_quorum = 1; }),
              AllOf(StartsWith("phase1_quorum, phase2_quorum: "), HasSubstr("share no node")));
  EXPECT_THAT(complaint_about([](auto& options) { options.phase2_quorum = 4; }),
              StartsWith("phase1_quorum, phase2_quorum: "));
  EXPECT_EQ(complaint_about([](auto& options) {
              options.phase1_quorum = 1;
              options.quorums_may_miss = 1;
            }),
            "");
  EXPECT_EQ(complaint_about([](auto& options) { options.quorums_may_miss = 2; }),
            "quorums_may_miss is 2: give 0 to 1");
}

TEST(Reads, AreRatios) {
  EXPECT_EQ(complaint_about([](auto& options) { options.reads = {3, 2}; }),
            "reads is 3/2: give a ratio from 0/1 to 1/1");
  EXPECT_EQ(complaint_about([](auto& options) { options.quorum_reads = {0, 0}; }),
            "quorum_reads is 0/0: give a ratio from 0/1 to 1/1");
}

TEST(PaxosOptions, AreDrawnWithUnequalQuorumsAtTimesAndAlwaysValid) {
  int unequal = 0;
  int reading = 0;
  int mostly_reading = 0;
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    const Configuration drawn = draw_configuration(Luck(seed), declared_options<PaxosOptions>());
    ASSERT_EQ(validate(drawn), "") << "seed " << seed;
    const PaxosOptions options = options_of_paxos(drawn);
    unequal += options.phase1_quorum != options.phase2_quorum ? 1 : 0;
    reading += options.reads.is_zero() ? 0 : 1;
    mostly_reading += options.reads == Ratio{7, 8} ? 1 : 0;
  }
  EXPECT_GT(unequal, 50);
  EXPECT_EQ(reading, 2000);
  EXPECT_GT(mostly_reading, 90);
  EXPECT_LT(mostly_reading, 160);
}

}  // namespace
}  // namespace synod
