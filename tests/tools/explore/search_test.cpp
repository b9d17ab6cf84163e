// The search engine on models small enough to see through.
#include "tools/explore/search/search.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <atomic>
#include <stdexcept>

#include "tests/tools/explore/graph_model.h"

namespace synod::explorer {
namespace {

using testing::ElementsAre;

/// A tree in which every node has `ways` children, down to so many levels, and nodes are numbered
/// level by level.
GraphModel tree(std::uint32_t ways, std::uint32_t levels) {
  GraphModel model;
  std::uint32_t first_of_level = 0;
  std::uint32_t level_size = 1;
  for (std::uint32_t level = 1; level < levels; ++level) {
    const std::uint32_t next_level = first_of_level + level_size;
    for (std::uint32_t node = 0; node < level_size; ++node) {
      std::vector<std::uint32_t> children;
      for (std::uint32_t child = 0; child < ways; ++child) {
        children.push_back(next_level + node * ways + child);
      }
      model.edges.push_back(children);
    }
    first_of_level = next_level;
    level_size *= ways;
  }
  model.edges.resize(first_of_level + std::size_t{level_size});
  return model;
}

/// 0 → 1 → 2 → … and back from the last to 0.
GraphModel ring(std::uint32_t nodes) {
  GraphModel model;
  for (std::uint32_t node = 0; node < nodes; ++node) {
    model.edges.push_back({(node + 1) % nodes});
  }
  return model;
}

TEST(Search, CountsStatesAndHowOftenEachWasMet) {
  GraphModel model;
  model.edges = {{1, 2, 0}, {3}, {3}, {0}, {0}};
  model.special = {3};
  const auto result = search(model, {});
  EXPECT_EQ(result.end, End::exhausted);
  EXPECT_EQ(result.distinct, 4U) << "nothing leads to node 4";
  EXPECT_EQ(result.generated, 1U + 3 + 1 + 1 + 1);
  EXPECT_EQ(result.depth, 3U);
  EXPECT_EQ(result.terminal, 0U);
  EXPECT_EQ(result.left, 0U);
  EXPECT_EQ(verdict(result), Verdict::holds);
}

TEST(Search, CountsStatesWithoutSuccessors) {
  const auto result = search(tree(3, 4), {});
  EXPECT_EQ(result.distinct, 1U + 3 + 9 + 27);
  EXPECT_EQ(result.terminal, 27U);
}

TEST(Search, SeveralInitialStatesAreAllOnTheFirstLevel) {
  GraphModel model = ring(10);
  model.initial = {0, 5, 5};
  const auto result = search(model, {});
  EXPECT_EQ(result.distinct, 10U);
  EXPECT_EQ(result.generated, 13U);
  EXPECT_EQ(result.depth, 5U);
}

TEST(Search, FirstViolationIsAShortestOneAndItsTraceLeadsThere) {
  GraphModel model = tree(2, 8);
  model.bad = {200, 40, 100};
  const auto result = search(model, {});
  EXPECT_EQ(result.end, End::violation);
  ASSERT_TRUE(result.violation);
  EXPECT_EQ(result.violation->name, "good");
  EXPECT_EQ(result.violation->trace.actions.size(), 5U);
  EXPECT_EQ(model.follow(result.violation->trace.initial, result.violation->trace.actions), 40U);
  EXPECT_EQ(verdict(result), Verdict::violated);
}

TEST(Search, AnInitialStateThatBreaksAnInvariantNeedsNoSteps) {
  GraphModel model = ring(3);
  model.initial = {1};
  model.bad = {1};
  const auto result = search(model, {});
  ASSERT_TRUE(result.violation);
  EXPECT_TRUE(result.violation->trace.actions.empty());
  EXPECT_EQ(result.distinct, 1U);
}

TEST(Search, FinishesTheLevelInWhichAViolationIs) {
  GraphModel model = tree(4, 9);
  model.bad = {30, 31, 50, 80};
  for (const unsigned workers : {1U, 2U, 5U}) {
    const auto result = search(model, {.workers = workers});
    EXPECT_EQ(result.distinct, 1U + 4 + 16 + 64);
    EXPECT_EQ(result.generated, 1U + 4 + 16 + 64);
    ASSERT_TRUE(result.violation);
    EXPECT_EQ(result.violation->trace.actions.size(), 3U);
  }
}

TEST(Search, ManyWorkersFindTheSameTraceAsOne) {
  // A cube of nodes: a great many shortest ways lead to each.
  GraphModel model;
  constexpr std::uint32_t side = 40;
  for (std::uint32_t node = 0; node < side * side * side; ++node) {
    model.edges.emplace_back();
    for (const std::uint32_t step : {1U, side, side * side}) {
      if (node / step % side + 1 < side) model.edges.back().push_back(node + step);
    }
  }
  model.bad = {side * side * side - 1};
  model.special = {side * side * side / 2, side * side * side / 2 + 1};
  const auto alone = search(model, {});
  for (int repeat = 0; repeat < 3; ++repeat) {
    const auto together = search(model, {.workers = 4});
    EXPECT_EQ(together.violation->trace.actions, alone.violation->trace.actions);
    EXPECT_EQ(together.sometimes[0]->trace.actions, alone.sometimes[0]->trace.actions);
  }
}

TEST(Search, ASometimesPropertyIsSightedOnAShortestWay) {
  GraphModel model = ring(9);
  model.edges[0].push_back(7);
  model.special = {8, 6};
  const auto result = search(model, {});
  ASSERT_TRUE(result.sometimes[0]);
  EXPECT_EQ(result.sometimes[0]->name, "special");
  EXPECT_THAT(result.sometimes[0]->trace.actions, ElementsAre(1, 0));
}

TEST(Search, NothingThatMustBeSeenWasSeenIsInconclusive) {
  const auto result = search(ring(9), {});
  EXPECT_EQ(result.end, End::exhausted);
  EXPECT_FALSE(result.sometimes[0]);
  EXPECT_EQ(verdict(result), Verdict::inconclusive);
}

TEST(Search, ThatEndsByDepthIsInconclusiveAndSaysWhatIsLeft) {
  GraphModel model = tree(2, 10);
  model.special = {0};
  const auto result = search(model, {.depth_max = 4});
  EXPECT_EQ(result.end, End::depth);
  EXPECT_EQ(result.depth, 4U);
  EXPECT_EQ(result.distinct, 15U);
  EXPECT_EQ(result.left, 8U);
  EXPECT_EQ(verdict(result), Verdict::inconclusive);
  EXPECT_EQ(verdict(search(model, {.depth_max = 11})), Verdict::holds);
}

TEST(Search, ThatEndsByMemoryStaysWithinItAndIsInconclusive) {
  GraphModel model = tree(2, 20);
  model.special = {0};
  const std::uint64_t budget = 3U << 20U;
  for (const unsigned workers : {1U, 2U}) {
    const auto result = search(model, {.workers = workers, .memory_bytes_max = budget});
    EXPECT_EQ(result.end, End::memory);
    EXPECT_LE(result.bytes_max, budget + budget / 10);
    EXPECT_GT(result.distinct, 50000U);
    EXPECT_GT(result.left, 0U);
    EXPECT_EQ(verdict(result), Verdict::inconclusive);
  }
}

TEST(Search, ThatEndsByTimeIsInconclusive) {
  const auto result = search(tree(2, 12), {.seconds_max = 0});
  EXPECT_EQ(result.end, End::time);
  EXPECT_EQ(verdict(result), Verdict::inconclusive);
}

TEST(Search, ThatIsInterruptedIsInconclusive) {
  const std::atomic<bool> is_interrupted = true;
  const auto result = search(tree(2, 12), {.is_interrupted = &is_interrupted});
  EXPECT_EQ(result.end, End::interrupt);
  EXPECT_GT(result.left, 0U);
  EXPECT_EQ(verdict(result), Verdict::inconclusive);
}

TEST(Search, WholeStatesAreToldApartWhereFingerprintsAreNot) {
  GraphModel model = tree(3, 8);
  model.special = {0};
  model.fingerprint_mask = 0xff00000000000000;
  EXPECT_LE(search(model, {}).distinct, 256U);
  for (const unsigned workers : {1U, 2U}) {
    const auto result = search(model, {.workers = workers, .is_exact = true});
    EXPECT_EQ(result.distinct, 3280U);
    EXPECT_EQ(result.missed_probability, 0);
  }
}

TEST(Search, WholeStatesLeadToAViolationInSpiteOfEqualFingerprints) {
  GraphModel model = tree(3, 6);
  model.bad = {300};
  model.fingerprint_mask = 0x3000000000000000;
  const auto result = search(model, {.is_exact = true});
  ASSERT_TRUE(result.violation);
  EXPECT_EQ(model.follow(result.violation->trace.initial, result.violation->trace.actions), 300U);
}

TEST(Search, SaysHowProbableItIsThatAStateWasMissed) {
  const auto result = search(tree(2, 16), {});
  const double states = 65535;
  EXPECT_DOUBLE_EQ(result.missed_probability, states * states / 0x1p65);
}

TEST(Search, StaysWithin24BytesAState) {
  const auto result = search(tree(2, 20), {});
  EXPECT_EQ(result.distinct, (1U << 20U) - 1);
  EXPECT_LE(result.bytes_per_state, 24);
  EXPECT_GE(result.bytes_per_state, 12);
}

/// A model that has no way to encode its states, and breaks.
struct Broken {
  using State = int;
  using Action = int;
  template <class Visit>
  void initial_states(const Visit& visit) const {
    visit(0);
  }
  template <class Visit>
  void successors(const State& state, const Visit& visit) const {
    if (state > 10000) throw std::domain_error("too far");
    visit(0, 2 * state + 1);
    visit(1, 2 * state + 2);
  }
  static std::uint64_t fingerprint(const State& state) {
    return mix(static_cast<std::uint64_t>(state));
  }
  static std::vector<std::string> invariants() { return {}; }
  static std::optional<std::uint32_t> violation(const State&) { return std::nullopt; }
  static std::vector<std::string> sometimes() { return {}; }
  static std::uint64_t reached(const State&) { return 0; }
};
static_assert(Model<Broken> && !ExactModel<Broken> && !DecidingModel<Broken>);
static_assert(ExactModel<GraphModel> && DecidingModel<GraphModel>);

/// Counts up for ever, in states that own a thousand bytes each.
struct Spacious {
  using State = std::string;
  using Action = int;
  template <class Visit>
  void initial_states(const Visit& visit) const {
    visit(std::string(1000, 'a'));
  }
  template <class Visit>
  void successors(const State& state, const Visit& visit) const {
    for (int way = 0; way < 2; ++way) {
      State next = state;
      std::size_t digit = 0;
      while (digit < 20 && next[digit] != 'a') {
        ++digit;
      }
      next[digit] = static_cast<char>('b' + way);
      visit(way, next);
    }
  }
  static std::uint64_t fingerprint(const State& state) {
    std::uint64_t hash = 0;
    for (std::size_t digit = 0; digit <= 20; ++digit) {
      hash = mix(hash ^ static_cast<std::uint64_t>(state[digit]));
    }
    return hash;
  }
  static std::uint64_t owned_bytes(const State& state) { return state.capacity(); }
  static std::vector<std::string> invariants() { return {}; }
  static std::optional<std::uint32_t> violation(const State&) { return std::nullopt; }
  static std::vector<std::string> sometimes() { return {}; }
  static std::uint64_t reached(const State&) { return 0; }
};
static_assert(OwningModel<Spacious> && !OwningModel<GraphModel>);

TEST(Search, WhatStatesOwnCountsAsMemory) {
  for (const unsigned workers : {1U, 2U}) {
    const auto result = search(Spacious(), {.workers = workers, .memory_bytes_max = 8U << 20U});
    EXPECT_EQ(result.end, End::memory);
    EXPECT_GT(result.distinct, 8000U);
    EXPECT_LT(result.distinct, 12000U) << "of which a level and the next are held";
  }
}

/// Counters that count by themselves, so that all orders of their steps lead to the same state: of
/// what could be done next, what comes before the step that is taken sleeps.
struct Counters {
  using State = std::array<std::uint8_t, 4>;
  using Action = std::uint32_t;
  static constexpr std::uint8_t count_max = 6;
  State bad = {9, 9, 9, 9};

  template <class Visit>
  void initial_states(const Visit& visit) const {
    visit(State());
  }
  template <class Visit>
  void successors(const State& state, const Visit& visit) const {
    successors_awake(state, 0,
                     [&](Action way, const State& next, std::uint64_t) { visit(way, next); });
  }
  template <class Visit>
  void successors_awake(const State& state, std::uint64_t asleep, const Visit& visit) const {
    std::uint64_t taken = 0;
    for (Action way = 0; way < state.size(); ++way) {
      if (state[way] == count_max || (asleep >> way & 1U) != 0) continue;
      State next = state;
      ++next[way];
      visit(way, next, asleep | taken);
      taken |= std::uint64_t{1} << way;
    }
  }
  static std::uint64_t fingerprint(const State& state) {
    return mix(state[0] + 8U * state[1] + 64U * state[2] + 512U * state[3]);
  }
  static void encode(const State& state, std::string& bytes) {
    bytes.append(state.begin(), state.end());
  }
  static std::vector<std::string> invariants() { return {"good"}; }
  [[nodiscard]] std::optional<std::uint32_t> violation(const State& state) const {
    return state == bad ? std::optional<std::uint32_t>(0) : std::nullopt;
  }
  static std::vector<std::string> sometimes() { return {"special"}; }
  static std::uint64_t reached(const State& state) { return state[2] == 3 ? 1 : 0; }
};
static_assert(SleepingModel<Counters> && !SleepingModel<GraphModel>);

TEST(Search, WithSleepSetsTakesOneOrderOfStepsThatCommuteAndMeetsEveryState) {
  for (const unsigned workers : {1U, 3U}) {
    for (const bool is_exact : {false, true}) {
      const SearchOptions options{.workers = workers, .is_exact = is_exact, .has_sleep_sets = true};
      const auto result = search(Counters(), options);
      EXPECT_EQ(result.distinct, 7U * 7 * 7 * 7);
      EXPECT_EQ(result.generated, result.distinct) << "each is met once";
      EXPECT_EQ(result.depth, 4U * 6 + 1);
      EXPECT_EQ(result.terminal, 1U);
      EXPECT_EQ(result.sometimes[0]->trace.actions.size(), 3U);
    }
  }
  EXPECT_EQ(search(Counters(), {}).generated, 1U + 4 * 6 * 7 * 7 * 7);
}

TEST(Search, WithSleepSetsFindsAShortestViolation) {
  Counters model;
  model.bad = {1, 2, 1, 3};
  for (const unsigned workers : {1U, 3U}) {
    const auto result = search(model, {.workers = workers, .has_sleep_sets = true});
    ASSERT_TRUE(result.violation);
    EXPECT_EQ(result.violation->trace.actions.size(), 7U);
  }
}

TEST(Search, RefusesSleepSetsOfAModelThatKnowsNone) {
  EXPECT_THROW(search(GraphModel(), {.has_sleep_sets = true}), std::invalid_argument);
}

TEST(Search, PassesOnWhatTheModelThrows) {
  EXPECT_THROW(search(Broken(), {}), std::domain_error);
  EXPECT_THROW(search(Broken(), {.workers = 3}), std::domain_error);
}

TEST(Search, RefusesWholeStatesOfAModelThatCannotEncodeThem) {
  EXPECT_THROW(search(Broken(), {.is_exact = true}), std::invalid_argument);
}

}  // namespace
}  // namespace synod::explorer
