// Who votes no, how many nodes are acceptors, and what is said where that makes no sense.
#include "scenarios/protocols/atomic_commit_options.h"

#include <gtest/gtest.h>

#include <string>

#include "sim/world/configuration.h"
#include "sim/world/swarm.h"

namespace synod {
namespace {

template <class Change>
std::string complaint_about(std::uint32_t nodes, Change change) {
  Configuration configuration;
  configuration.node_count = nodes;
  change(options_in<PaxosCommitOptions>(configuration));
  return validate(configuration);
}

TEST(Refusing, NamesNodesThatTakeNoPart) {
  EXPECT_EQ(complaint_about(3, [](auto& options) { options.refusing = NodeSet(0b001); }),
            "refusing is {n1}: give nodes that take part, which are {n2, n3}");
  EXPECT_EQ(complaint_about(3, [](auto& options) { options.refusing = NodeSet(0b1010); }),
            "refusing is {n2, n4}: give nodes that take part, which are {n2, n3}");
  EXPECT_EQ(complaint_about(1, [](auto& options) { options.refusing = NodeSet(0b010); }),
            "refusing is {n2}: give nodes that take part, which are {}");
}

TEST(Refusing, TakesAnyParticipants) {
  for (std::uint16_t bits = 0; bits < 8; bits = static_cast<std::uint16_t>(bits + 2)) {
    EXPECT_EQ(complaint_about(3, [&](auto& options) { options.refusing = NodeSet(bits); }), "");
  }
  EXPECT_EQ(complaint_about(9, [](auto& options) { options.refusing = NodeSet(0b1'1111'1110); }),
            "");
}

TEST(AcceptorCount, IsOddAndAtMostAllNodes) {
  for (const std::uint32_t count : {0U, 1U, 3U}) {
    EXPECT_EQ(complaint_about(3, [&](auto& options) { options.acceptor_count = count; }), "");
  }
  EXPECT_EQ(complaint_about(3, [](auto& options) { options.acceptor_count = 2; }),
            "acceptor_count is 2: give an odd number, or 0 for all");
  EXPECT_EQ(complaint_about(3, [](auto& options) { options.acceptor_count = 4; }),
            "acceptor_count is 4: give 0 to 3");
  EXPECT_EQ(complaint_about(3, [](auto& options) { options.acceptor_count = 5; }),
            "acceptor_count is 5: give 0 to 3");
}

TEST(AtomicCommitOptions, AreToldWhereTheyAreUnusual) {
  Configuration configuration;
  auto& options = options_in<PaxosCommitOptions>(configuration);
  EXPECT_EQ(options_cluster_text(configuration), "");
  options.refusing = NodeSet(0b010);
  EXPECT_EQ(options_cluster_text(configuration), " of which {n2} vote no");
  options.acceptor_count = 1;
  EXPECT_EQ(options_cluster_text(configuration), " of which {n2} vote no and 1 is an acceptor");
  options.refusing = {};
  options.acceptor_count = 3;
  EXPECT_EQ(options_cluster_text(configuration), " of which 3 are acceptors");
}

TEST(AtomicCommitOptions, HaveAnOddNumberOfAcceptorsWithANodeLess) {
  Configuration configuration;
  options_in<PaxosCommitOptions>(configuration).acceptor_count = 3;
  const auto fewer = with_a_node_less(configuration);
  ASSERT_EQ(fewer.size(), 1U);
  EXPECT_EQ(options_of<PaxosCommitOptions>(fewer.front()).acceptor_count, 1U);
  EXPECT_EQ(validate(fewer.front()), "");
}

TEST(AtomicCommitOptions, AreDrawnWithARefusalAndFewerAcceptorsAtTimesAndAlwaysValid) {
  int refused = 0;
  int some_refused = 0;
  int all_refused = 0;
  int fewer = 0;
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    const Configuration drawn =
        draw_configuration(Luck(seed), declared_options<PaxosCommitOptions>());
    ASSERT_EQ(validate(drawn), "") << "seed " << seed;
    const auto options = options_of<PaxosCommitOptions>(drawn);
    refused += options.refusing.is_empty() ? 0 : 1;
    some_refused += options.refusing.size() > 1 ? 1 : 0;
    all_refused += options.refusing.size() + 1 == drawn.node_count ? 1 : 0;
    fewer += options.acceptor_count != 0 ? 1 : 0;
  }
  EXPECT_GT(refused, 150);
  EXPECT_GT(some_refused, 8);
  EXPECT_GT(all_refused, 3);
  EXPECT_GT(fewer, 150);
}

}  // namespace
}  // namespace synod
