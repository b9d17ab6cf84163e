#include <vector>

#include "core/ids.h"
#include "tests/core/printing.h"

namespace synod {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr NodeId n1{0};
constexpr NodeId n2{1};
constexpr NodeId n3{2};
constexpr NodeId n9{8};

std::vector<NodeId> listed(NodeSet nodes) {
  std::vector<NodeId> list;
  for (const NodeId node : nodes) {
    list.push_back(node);
  }
  return list;
}

TEST(NodeSet, IsEmptyAtFirst) {
  const NodeSet nodes;
  EXPECT_TRUE(nodes.is_empty());
  EXPECT_EQ(nodes.size(), 0U);
  EXPECT_THAT(listed(nodes), IsEmpty());
}

TEST(NodeSet, HoldsWhatWasInserted) {
  NodeSet nodes;
  nodes.insert(n9);
  nodes.insert(n2);
  EXPECT_FALSE(nodes.is_empty());
  EXPECT_EQ(nodes.size(), 2U);
  EXPECT_TRUE(nodes.contains(n2));
  EXPECT_TRUE(nodes.contains(n9));
  EXPECT_FALSE(nodes.contains(n1));
}

TEST(NodeSet, HoldsANodeThatIsInsertedTwiceOnce) {
  NodeSet nodes;
  nodes.insert(n2);
  nodes.insert(n2);
  EXPECT_EQ(nodes.size(), 1U);
}

TEST(NodeSet, ErasesOneNodeAndNoOther) {
  NodeSet nodes = NodeSet::first(3);
  nodes.erase(n2);
  nodes.erase(n9);
  EXPECT_THAT(listed(nodes), ElementsAre(n1, n3));
}

TEST(NodeSet, IteratesInRisingOrder) {
  NodeSet nodes;
  for (const NodeId node : {n9, n1, n3}) {
    nodes.insert(node);
  }
  EXPECT_THAT(listed(nodes), ElementsAre(n1, n3, n9));
}

TEST(NodeSet, OfTheFirstNodesHoldsThose) {
  EXPECT_TRUE(NodeSet::first(0).is_empty());
  EXPECT_THAT(listed(NodeSet::first(2)), ElementsAre(n1, n2));
  EXPECT_EQ(NodeSet::first(node_count_max).size(), node_count_max);
}

TEST(NodeSet, OfOnlyANodeHoldsThatNode) { EXPECT_THAT(listed(NodeSet::only(n9)), ElementsAre(n9)); }

TEST(NodeSet, JoinsMeetsAndDiffers) {
  const NodeSet low = NodeSet::first(2);
  const NodeSet high = NodeSet::only(n2) | NodeSet::only(n3);
  EXPECT_EQ(low | high, NodeSet::first(3));
  EXPECT_EQ(low & high, NodeSet::only(n2));
  EXPECT_EQ(low - high, NodeSet::only(n1));
  EXPECT_EQ(low.bits(), 0b011U);
}

}  // namespace
}  // namespace synod
