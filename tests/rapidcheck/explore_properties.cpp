// The search engine on random graphs, against a breadth-first search as plain as can be.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <vector>

#include "sim/luck.h"
#include "tests/tools/explore/graph_model.h"
#include "tools/explore/search/search.h"
#include "tools/explore/search/state_graph.h"

namespace synod::explorer {
namespace {

/// With up to four edges a node, and few nodes that are special in any way.
GraphModel random_graph(std::uint32_t nodes_max) {
  const auto nodes = *rc::gen::inRange<std::uint32_t>(1, nodes_max);
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  std::uint32_t drawn = 0;
  const auto draw = [&](std::uint32_t below) {
    return static_cast<std::uint32_t>(mix(mix(++drawn) + seed) % below);
  };
  const auto some_nodes = [&](std::uint32_t count_max) {
    std::vector<std::uint32_t> some(draw(count_max + 1));
    std::generate(some.begin(), some.end(), [&] { return draw(nodes); });
    return some;
  };
  GraphModel model;
  for (std::uint32_t node = 0; node < nodes; ++node) {
    model.edges.push_back(some_nodes(4));
  }
  model.initial = some_nodes(3);
  model.decided = some_nodes(3);
  model.special = some_nodes(3);
  if (draw(2) == 0) model.bad = some_nodes(3);
  return model;
}

/// How far each node that can be reached is from the nearest initial one.
std::map<std::uint32_t, std::uint32_t> distances(const GraphModel& model,
                                                 const std::vector<std::uint32_t>& from) {
  std::map<std::uint32_t, std::uint32_t> distance;
  std::deque<std::uint32_t> queue;
  const auto reach = [&](std::uint32_t node, std::uint32_t steps) {
    if (distance.try_emplace(node, steps).second) queue.push_back(node);
  };
  for (const std::uint32_t node : from) {
    reach(node, 0);
  }
  while (!queue.empty()) {
    const std::uint32_t node = queue.front();
    queue.pop_front();
    for (const std::uint32_t next : model.edges[node]) {
      reach(next, distance[node] + 1);
    }
  }
  return distance;
}

struct Expected {
  std::uint64_t distinct = 0;
  std::uint64_t generated = 0;
  std::uint64_t terminal = 0;
  std::uint32_t depth = 0;
  std::optional<std::uint32_t> steps;          ///< to the nearest bad node
  std::optional<std::uint32_t> steps_special;  ///< to the nearest special one that is met
};

Expected expected_of(const GraphModel& model) {
  const auto distance = distances(model, model.initial);
  const auto nearest = [&](const std::vector<std::uint32_t>& nodes) {
    std::optional<std::uint32_t> steps;
    for (const auto& [node, far] : distance) {
      if (GraphModel::contains(nodes, node)) steps = std::min(steps.value_or(far), far);
    }
    return steps;
  };
  Expected expected;
  expected.steps = nearest(model.bad);
  expected.steps_special = nearest(model.special);
  if (expected.steps && expected.steps_special > expected.steps) expected.steps_special.reset();
  expected.generated = model.initial.size();
  for (const auto& [node, far] : distance) {
    if (expected.steps && far > *expected.steps) continue;
    ++expected.distinct;
    expected.depth = std::max(expected.depth, far + 1);
    if (expected.steps == far) continue;  // the last level: nobody looks at its successors
    expected.generated += model.edges[node].size();
    expected.terminal += model.edges[node].empty() ? 1 : 0;
  }
  return expected;
}

RC_GTEST_PROP(Search, FindsWhatABreadthFirstSearchFinds, ()) {
  const GraphModel model = random_graph(3000);
  const Expected expected = expected_of(model);
  std::optional<SearchResult<GraphModel>> first;
  for (const unsigned workers : {1U, 2U}) {
    for (const bool is_exact : {false, true}) {
      const auto result = search(model, {.workers = workers, .is_exact = is_exact});
      RC_ASSERT(result.distinct == expected.distinct);
      RC_ASSERT(result.generated == expected.generated);
      RC_ASSERT(result.terminal == expected.terminal);
      RC_ASSERT(result.depth == expected.depth);
      RC_ASSERT(result.violation.has_value() == expected.steps.has_value());
      RC_ASSERT(result.sometimes[0].has_value() == expected.steps_special.has_value());
      const auto check = [&](const Trace<GraphModel>& trace, std::uint32_t steps,
                             const std::vector<std::uint32_t>& ends) {
        RC_ASSERT(trace.actions.size() == steps);
        RC_ASSERT(GraphModel::contains(model.initial, trace.initial));
        RC_ASSERT(GraphModel::contains(ends, model.follow(trace.initial, trace.actions)));
      };
      if (result.violation) check(result.violation->trace, *expected.steps, model.bad);
      if (result.sometimes[0]) {
        check(result.sometimes[0]->trace, *expected.steps_special, model.special);
      }
      if (!first) first = result;
      if (!result.violation) continue;
      RC_ASSERT(result.violation->trace.initial == first->violation->trace.initial);
      RC_ASSERT(result.violation->trace.actions == first->violation->trace.actions);
    }
  }
}

RC_GTEST_PROP(StateGraph, BlockedStatesAreThoseFromWhichNoDecidedOneIsReached, ()) {
  const GraphModel model = random_graph(100);
  const auto distance = distances(model, model.initial);
  std::uint64_t blocked = 0;
  std::optional<std::uint32_t> steps;
  for (const auto& [node, far] : distance) {
    const auto onwards = distances(model, {node});
    const bool can_decide = std::any_of(onwards.begin(), onwards.end(), [&](const auto& reached) {
      return model.is_decided(reached.first);
    });
    if (can_decide) continue;
    ++blocked;
    steps = std::min(steps.value_or(far), far);
  }
  StateGraph graph(model, {});
  RC_ASSERT(graph.state_count() == distance.size());
  const std::vector<Prospect> prospects = graph.prospects();
  const auto first = std::find(prospects.begin(), prospects.end(), Prospect::cannot_decide);
  RC_ASSERT(std::count(first, prospects.end(), Prospect::cannot_decide) ==
            static_cast<std::ptrdiff_t>(blocked));
  if (first == prospects.end()) return;
  const auto trace = graph.way_to(static_cast<std::uint32_t>(first - prospects.begin()));
  RC_ASSERT(trace.actions.size() == *steps);
  const auto onwards = distances(model, {model.follow(trace.initial, trace.actions)});
  for (const auto& reached : onwards) {
    RC_ASSERT(!model.is_decided(reached.first));
  }
}

/// Whether a node can come back to itself by way of another, all of them undecided.
bool goes_round(const GraphModel& model, std::uint32_t node) {
  GraphModel undecided = model;
  for (std::uint32_t from = 0; from < model.edges.size(); ++from) {
    std::erase_if(undecided.edges[from], [&](std::uint32_t to) {
      return to == from || model.is_decided(to) || model.is_decided(from);
    });
  }
  const auto onwards = distances(undecided, undecided.edges[node]);
  return onwards.contains(node);
}

RC_GTEST_PROP(StateGraph, ALassoIsThereWhereAnUndecidedStateComesBackToItself, ()) {
  const GraphModel model = random_graph(100);
  const auto distance = distances(model, model.initial);
  const bool is_there = std::any_of(distance.begin(), distance.end(), [&](const auto& reached) {
    return goes_round(model, reached.first);
  });
  StateGraph graph(model, {});
  const auto lasso = graph.lasso();
  RC_ASSERT(lasso.has_value() == is_there);
  if (!lasso) return;
  const std::uint32_t start = model.follow(lasso->stem.initial, lasso->stem.actions);
  RC_ASSERT(model.follow(start, lasso->loop) == start);
  RC_ASSERT(!lasso->loop.empty());
  std::uint32_t node = start;
  for (const std::uint32_t action : lasso->loop) {
    RC_ASSERT(!model.is_decided(node));
    node = model.follow(node, {action});
  }
}

}  // namespace
}  // namespace synod::explorer
