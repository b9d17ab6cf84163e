#include "core/quorum.h"

#include "tests/core/printing.h"

namespace synod {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::string error_of(std::size_t node_count, std::size_t phase1_size, std::size_t phase2_size) {
  const auto result = make_quorums(node_count, phase1_size, phase2_size);
  const auto* error = std::get_if<QuorumError>(&result);
  return error == nullptr ? "no error" : error->message;
}

TEST(Quorums, OfAMajorityAreMoreThanHalf) {
  const std::size_t sizes[] = {1, 2, 2, 3, 3, 4, 4, 5, 5};
  for (std::size_t count = 1; count <= node_count_max; ++count) {
    const QuorumSystem quorums = QuorumSystem::majority(count);
    EXPECT_EQ(quorums.node_count, count);
    EXPECT_EQ(quorums.phase1_size, sizes[count - 1]);
    EXPECT_EQ(quorums.phase2_size, sizes[count - 1]);
  }
}

TEST(Quorums, OfAllNeedEveryNode) {
  const QuorumSystem quorums = QuorumSystem::all(3);
  EXPECT_FALSE(quorums.is_phase1_quorum(NodeSet::first(2)));
  EXPECT_FALSE(quorums.is_phase2_quorum(NodeSet::first(2)));
  EXPECT_TRUE(quorums.is_phase1_quorum(NodeSet::first(3)));
  EXPECT_TRUE(quorums.is_phase2_quorum(NodeSet::first(3)));
}

TEST(Quorums, OfTheTwoPhasesAreToldApart) {
  const QuorumSystem quorums{5, 4, 2};
  EXPECT_FALSE(quorums.is_phase1_quorum(NodeSet::first(3)));
  EXPECT_TRUE(quorums.is_phase1_quorum(NodeSet::first(4)));
  EXPECT_FALSE(quorums.is_phase2_quorum(NodeSet::first(1)));
  EXPECT_TRUE(quorums.is_phase2_quorum(NodeSet::first(2)));
}

TEST(Quorums, HaveTheNodesOfTheirCluster) {
  EXPECT_EQ(QuorumSystem::majority(4).nodes(), NodeSet(0b1111));
}

TEST(Quorums, AreMadeWhenTheyMeet) {
  const auto result = make_quorums(5, 4, 2);
  ASSERT_TRUE(std::holds_alternative<QuorumSystem>(result));
  EXPECT_EQ(std::get<QuorumSystem>(result), (QuorumSystem{5, 4, 2}));
  EXPECT_EQ(error_of(1, 1, 1), "no error");
  EXPECT_EQ(error_of(9, 1, 9), "no error");
}

TEST(Quorums, ThatMissEachOtherAreNamedInTheError) {
  EXPECT_EQ(error_of(4, 2, 2),
            "phase-1 quorum {n1, n2} and phase-2 quorum {n3, n4} share no node: their sizes must "
            "add up to more than 4");
  EXPECT_EQ(error_of(5, 1, 3),
            "phase-1 quorum {n1} and phase-2 quorum {n2, n3, n4} share no node: their sizes must "
            "add up to more than 5");
}

TEST(Quorums, OfImpossibleSizesAreRefused) {
  for (const std::size_t size : {0UL, 4UL}) {
    const std::string given = "not " + std::to_string(size);
    EXPECT_THAT(error_of(3, size, 3), AllOf(HasSubstr("quorum of 3 nodes"), HasSubstr(given)));
    EXPECT_THAT(error_of(3, 3, size), AllOf(HasSubstr("quorum of 3 nodes"), HasSubstr(given)));
  }
}

TEST(Quorums, OfClustersTooSmallOrTooLargeAreRefused) {
  EXPECT_EQ(error_of(0, 0, 0), "a cluster has 1 to 9 nodes, not 0");
  EXPECT_EQ(error_of(10, 6, 6), "a cluster has 1 to 9 nodes, not 10");
}

// Sizes are compared before they are narrowed to a byte.
TEST(Quorums, OfSizesBeyondAByteAreRefused) {
  EXPECT_THAT(error_of(256 + 3, 2, 2), HasSubstr("not 259"));
  EXPECT_THAT(error_of(3, 256 + 2, 2), HasSubstr("not 258"));
}

}  // namespace
}  // namespace synod
