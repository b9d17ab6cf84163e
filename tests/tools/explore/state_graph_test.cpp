// What only the whole graph of states shows: that nothing decides any more, that it can go on for
// ever without deciding.
#include "tools/explore/search/state_graph.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>

#include "tests/tools/explore/graph_model.h"
#include "tools/explore/models/two_phase_commit_specification.h"

namespace synod::explorer {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr auto can = Prospect::can_decide;
constexpr auto unknown = Prospect::unknown;
constexpr auto cannot = Prospect::cannot_decide;

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
  EXPECT_THAT(graph.prospects(), ElementsAre(can, can, cannot, can, cannot, cannot));
  EXPECT_THAT(graph.way_to(2).actions, ElementsAre(1));
  EXPECT_THAT(graph.way_to(4).actions, ElementsAre(1, 0));
}

TEST(StateGraph, AStateThatMayYetDecideIsNotBlockedHoweverLongItTakes) {
  GraphModel model;
  model.edges = {{0, 1}, {0, 2}, {0}};
  model.decided = {2};
  StateGraph graph(model, {});
  EXPECT_THAT(graph.prospects(), ElementsAre(can, can, can));
}

/// Of the nodes in `cut_off`, not all ways on are shown.
struct BoundedGraph : GraphModel {
  std::vector<State> cut_off{};
  State visited = 0;

  template <class Visit>
  void successors(const State& state, const Visit& visit) {
    visited = state;
    GraphModel::successors(state, visit);
  }
  [[nodiscard]] bool is_cut_off() const { return contains(cut_off, visited); }
};
static_assert(BoundedModel<BoundedGraph> && !BoundedModel<GraphModel>);

TEST(StateGraph, WhereAllEndsAtABoundNobodyKnows) {
  //   0 → 1 → 3 (decided)
  //   0 → 2 → 4 (cut off)
  //   0 → 5
  BoundedGraph model;
  model.edges = {{1, 2, 5}, {3}, {4}, {}, {}, {}};
  model.decided = {3};
  model.cut_off = {4, 1};
  StateGraph graph(model, {});
  // In the order in which they are found: 0, 1, 2, 5, 3, 4.
  EXPECT_THAT(graph.prospects(), ElementsAre(can, can, unknown, cannot, can, unknown));
}

TEST(StateGraph, NoAccidentHelpsToDecide) {
  //   0 → 1 (decided) by an accident, 0 → 2
  GraphModel model;
  model.edges = {{1, 2}, {}, {}};
  model.decided = {1};
  StateGraph graph(model, {}, [](const GraphModel::Action& action) {
    return static_cast<std::uint8_t>(action == 0 ? 1 : 0);
  });
  EXPECT_THAT(graph.prospects(), ElementsAre(can, can, cannot));
  EXPECT_THAT(graph.prospects(1), ElementsAre(cannot, can, cannot));
}

TEST(StateGraph, ShowsItsStatesAgain) {
  GraphModel model;
  model.edges = {{3, 1}, {2}, {0, 4}, {2, 1}, {4}};
  StateGraph graph(model, {});
  std::vector<std::uint32_t> states;
  const auto visit = [&](std::uint32_t number, std::uint32_t state) {
    EXPECT_EQ(model.follow(0, graph.way_to(number).actions), state);
    states.push_back(state);
    return true;
  };
  graph.visit_again([](std::uint32_t) { return true; }, visit);
  EXPECT_THAT(states, ElementsAre(0, 3, 1, 2, 4));
  states.clear();
  graph.visit_again([](std::uint32_t number) { return number % 2 == 1; }, visit);
  EXPECT_THAT(states, ElementsAre(3, 2));
  states.clear();
  graph.visit_again([](std::uint32_t) { return true; },
                    [&](std::uint32_t number, std::uint32_t state) {
                      return visit(number, state) && number < 1;
                    });
  EXPECT_THAT(states, ElementsAre(0, 3));
}

TEST(StateGraph, IsCutShortWhereverPatienceEnds) {
  GraphModel model;
  for (std::uint32_t node = 0; node < 3000; ++node) {
    model.edges.push_back({(node + 1) % 3000, node / 2});
  }
  const std::atomic<bool> is_interrupted = true;
  Patience none(std::nullopt, &is_interrupted);
  const StateGraph unfinished(model, {.patience = &none});
  EXPECT_EQ(unfinished.end(), End::interrupt);
  Patience out_of_time(0.0, nullptr);
  EXPECT_EQ(StateGraph(model, {.patience = &out_of_time}).end(), End::time);

  std::atomic<bool> is_over = false;
  Patience patience(std::nullopt, &is_over);
  StateGraph graph(model, {.patience = &patience});
  EXPECT_TRUE(graph.is_complete());
  is_over = true;
  EXPECT_THROW(graph.prospects(), CutShort);
  EXPECT_THROW(graph.lasso(), CutShort);
  EXPECT_THROW(graph.visit_again([](auto) { return true; }, [](auto, auto) { return true; }),
               CutShort);
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
  EXPECT_EQ(graph.end(), End::memory);
  EXPECT_THROW(graph.prospects(), std::logic_error);
  EXPECT_THROW(graph.lasso(), std::logic_error);
}

// Gray and Lamport's two-phase commit has no crashes, and so always ends; a manager that waits for
// ever is one that is not told.
TEST(StateGraph, TwoPhaseCommitWithoutCrashesBlocksOnlyWhereManagersDisagreeToWait) {
  StateGraph graph(TwoPhaseCommitSpecification(3), {});
  EXPECT_EQ(graph.state_count(), 288U);
  EXPECT_EQ(graph.edge_count(), 1145U) << "what TLC generates but for the initial state";
  EXPECT_THAT(graph.prospects(), testing::Each(can));
  EXPECT_FALSE(graph.lasso()) << "every way ends, but for being told again";
}

}  // namespace
}  // namespace synod::explorer
