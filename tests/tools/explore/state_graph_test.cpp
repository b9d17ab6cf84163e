// What only the whole graph of states shows: that nothing decides any more, that it can go on for
// ever without deciding.
#include "tools/explore/state_graph.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/tools/explore/graph_model.h"
#include "tools/explore/models/two_phase_commit_specification.h"

namespace synod::explorer {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

TEST(StateGraph, HoldsEveryStateAndEdge) {
  GraphModel model;
  model.edges = {{1, 2, 2}, {2}, {0}, {0}};
  const StateGraph graph(model, {});
  EXPECT_TRUE(graph.is_complete());
  EXPECT_EQ(graph.state_count(), 3U);
  EXPECT_EQ(graph.edge_count(), 5U);
}

TEST(StateGraph, ABlockedStateIsOneFromWhichNothingDecides) {
  //   0 → 1 → 3 (decided)
  //   0 → 2 → 4 ⇄ 5
  GraphModel model;
  model.edges = {{1, 2}, {3}, {4}, {}, {5}, {4}};
  model.decided = {3};
  StateGraph graph(model, {});
  EXPECT_EQ(graph.blocked_count(), 3U);
  const auto trace = graph.blocked();
  ASSERT_TRUE(trace);
  EXPECT_THAT(trace->actions, ElementsAre(1)) << "2 is the nearest of 2, 4 and 5";
}

TEST(StateGraph, AStateThatMayYetDecideIsNotBlockedHoweverLongItTakes) {
  GraphModel model;
  model.edges = {{0, 1}, {0, 2}, {0}};
  model.decided = {2};
  StateGraph graph(model, {});
  EXPECT_EQ(graph.blocked_count(), 0U);
  EXPECT_FALSE(graph.blocked());
}

TEST(StateGraph, ALassoIsAStemAndALoopThatNeverDecides) {
  //   0 → 1 → 2 → 3 → 1, 3 → 4 (decided) → 0
  GraphModel model;
  model.edges = {{1}, {2}, {3}, {4, 1}, {0}};
  model.decided = {4};
  StateGraph graph(model, {});
  const auto lasso = graph.lasso();
  ASSERT_TRUE(lasso);
  EXPECT_THAT(lasso->stem.actions, ElementsAre(0));
  EXPECT_THAT(lasso->loop, ElementsAre(0, 0, 1));
}

TEST(StateGraph, ALoopThroughADecisionIsNoLasso) {
  GraphModel model;
  model.edges = {{1}, {0}};
  model.decided = {1};
  StateGraph graph(model, {});
  EXPECT_FALSE(graph.lasso());
}

TEST(StateGraph, DoingNothingForEverIsNoLasso) {
  GraphModel model;
  model.edges = {{0, 1}, {1}};
  StateGraph graph(model, {});
  EXPECT_FALSE(graph.lasso());
}

TEST(StateGraph, ALassoHasAnActionWithEachMarkThatWasAskedFor) {
  // Two rings that meet in 0; the way by 1 has mark 1, that by 2 and 3 has mark 2.
  GraphModel model;
  model.edges = {{1, 2}, {0}, {3}, {0}};
  const auto marks = [](const GraphModel::Action& action) {
    return static_cast<std::uint8_t>(action + 1);  // the first edge of a node is 1, the second 2
  };
  StateGraph graph(model, {}, marks);
  const auto lasso = graph.lasso(3);
  ASSERT_TRUE(lasso);
  EXPECT_THAT(lasso->stem.actions, IsEmpty());
  EXPECT_THAT(lasso->loop, testing::IsSupersetOf({0U, 1U}));
  EXPECT_EQ(model.follow(0, lasso->loop), 0U);
  EXPECT_FALSE(graph.lasso(4)) << "no edge has this mark";
}

TEST(StateGraph, AllMarksMustBeInOneLoop) {
  //   0 ⇄ 0' by mark 1, and from there no way back: 2 ⇄ 3 by mark 2
  GraphModel model;
  model.edges = {{1}, {0, 2}, {3}, {3, 2}};
  StateGraph graph(model, {}, [](const GraphModel::Action& action) {
    return static_cast<std::uint8_t>(action + 1);
  });
  EXPECT_TRUE(graph.lasso(1));
  EXPECT_TRUE(graph.lasso(2));
  const auto both = graph.lasso(3);
  ASSERT_TRUE(both) << "2 ⇄ 3 has both";
  EXPECT_EQ(model.follow(0, both->stem.actions), 2U);
}

TEST(StateGraph, ThatRanOutOfMemoryAnswersNothing) {
  GraphModel model;
  for (std::uint32_t node = 0; node < 100000; ++node) {
    model.edges.push_back({(node + 1) % 100000});
  }
  StateGraph graph(model, {.memory_bytes_max = 100000});
  EXPECT_FALSE(graph.is_complete());
  EXPECT_LT(graph.state_count(), 3000U);
  EXPECT_THROW(graph.blocked(), std::logic_error);
  EXPECT_THROW(graph.lasso(), std::logic_error);
}

// Gray and Lamport's two-phase commit has no crashes, and so always ends; a manager that waits for
// ever is one that is not told.
TEST(StateGraph, TwoPhaseCommitWithoutCrashesBlocksOnlyWhereManagersDisagreeToWait) {
  StateGraph graph(TwoPhaseCommitSpecification(3), {});
  EXPECT_EQ(graph.state_count(), 288U);
  EXPECT_EQ(graph.edge_count(), 1145U) << "what TLC generates but for the initial state";
  EXPECT_EQ(graph.blocked_count(), 0U);
  EXPECT_FALSE(graph.lasso()) << "every way ends, but for being told again";
}

}  // namespace
}  // namespace synod::explorer
