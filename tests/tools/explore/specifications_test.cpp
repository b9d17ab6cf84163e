// The search engine against counts that others published, to the last digit: of states, of states
// generated, and of depth, with one worker and with two, with fingerprints and with whole states.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <vector>

#include "tools/explore/models/paxos_actors.h"
#include "tools/explore/models/paxos_specification.h"
#include "tools/explore/models/two_phase_commit_specification.h"
#include "tools/explore/search/search.h"

namespace synod::explorer {
namespace {

struct Counts {
  std::uint64_t distinct = 0;
  std::uint64_t generated = 0;
  std::uint32_t depth = 0;
  bool operator==(const Counts&) const = default;
};

void PrintTo(const Counts& counts,
             std::ostream* out) {  // NOLINT: GoogleTest's name
  *out << counts.distinct << " distinct, " << counts.generated << " generated, depth "
       << counts.depth;
}

template <class M>
void expect_counts(const M& model, const Counts& expected) {
  for (const unsigned workers : {1U, 2U}) {
    for (const bool is_exact : {false, true}) {
      SCOPED_TRACE(testing::Message() << workers << " workers, exact: " << is_exact);
      const auto result = search(model, {.workers = workers, .is_exact = is_exact});
      EXPECT_EQ(Counts(result.distinct, result.generated, result.depth), expected);
      EXPECT_EQ(verdict(result), Verdict::holds);
    }
  }
}

// tlaplus/Examples, specifications/Paxos/manifest.json.
TEST(PaxosSpecification, OneAcceptorTwoBallotsOneValueAsTlcCounts) {
  expect_counts(PaxosSpecification({.acceptors = 1, .ballots = 2, .values = 1}), {25, 82, 9});
}

// specifications/PaxosHowToWinATuringAward/manifest.json, MCPaxosTiny.
TEST(PaxosSpecification, ThreeAcceptorsTwoBallotsTwoValuesAsTlcCounts) {
  expect_counts(PaxosSpecification({.acceptors = 3, .ballots = 2, .values = 2}), {3921, 23563, 17});
}

// MCPaxosSmall there, counted with TLC.
TEST(PaxosSpecification, ThreeAcceptorsThreeBallotsTwoValuesAsTlcCounts) {
  expect_counts(PaxosSpecification({.acceptors = 3, .ballots = 3, .values = 2}),
                {185369, 1361380, 25});
}

// tlaplus/Examples, specifications/transaction_commit/manifest.json.
TEST(TwoPhaseCommitSpecification, ThreeManagersAsTlcCounts) {
  expect_counts(TwoPhaseCommitSpecification(3), {288, 1146, 11});
}

// stateright/stateright, examples/2pc.rs, which publishes the states alone.
TEST(TwoPhaseCommitSpecification, FiveManagersAsStaterightCounts) {
  expect_counts(TwoPhaseCommitSpecification(5), {8832, 58146, 17});
}

/// By brute force: of all states, how many no renaming of managers makes equal.
std::size_t orbit_count(std::uint32_t managers) {
  const TwoPhaseCommitSpecification plain(managers);
  const TwoPhaseCommitSpecification symmetric(managers,
                                              TwoPhaseCommitSpecification::Symmetry::full);
  std::set<std::uint64_t> states;
  std::set<std::uint64_t> orbits;
  std::vector<TwoPhaseCommitSpecification::State> stack = {{}};
  while (!stack.empty()) {
    const auto state = stack.back();
    stack.pop_back();
    if (!states.insert(state.bits).second) continue;
    orbits.insert(symmetric.canonical(state).bits);
    plain.successors(state, [&](const auto&, const auto& next) { stack.push_back(next); });
  }
  return orbits.size();
}

TEST(TwoPhaseCommitSpecification, SymmetryLeavesOneStateOfEachOrbitAndChangesNoVerdict) {
  for (std::uint32_t managers = 1; managers <= 5; ++managers) {
    SCOPED_TRACE(managers);
    const auto full = search(TwoPhaseCommitSpecification(managers), {});
    const TwoPhaseCommitSpecification symmetric(managers,
                                                TwoPhaseCommitSpecification::Symmetry::full);
    for (const unsigned workers : {1U, 2U}) {
      for (const bool is_exact : {false, true}) {
        const auto reduced = search(symmetric, {.workers = workers, .is_exact = is_exact});
        EXPECT_EQ(reduced.distinct, orbit_count(managers));
        EXPECT_EQ(reduced.depth, full.depth);
        EXPECT_EQ(verdict(reduced), verdict(full));
        for (std::size_t index = 0; index < full.sometimes.size(); ++index) {
          EXPECT_EQ(reduced.sometimes[index]->trace.actions.size(),
                    full.sometimes[index]->trace.actions.size());
        }
      }
    }
  }
  EXPECT_EQ(orbit_count(5), 314U);
}

/// How many there are to a depth-first search, as examples/2pc.rs searches under symmetry: a state
/// goes on only if its representative is new, and it goes on as itself.
std::size_t depth_first_representatives(const TwoPhaseCommitSpecification& model) {
  std::set<std::uint64_t> seen = {0};
  std::vector<TwoPhaseCommitSpecification::State> stack = {{}};
  while (!stack.empty()) {
    const auto state = stack.back();
    stack.pop_back();
    model.successors(state, [&](const auto&, const auto& next) {
      if (seen.insert(model.canonical(next).bits).second) stack.push_back(next);
    });
  }
  return seen.size();
}

// The published 665 is no count of orbits, of which there are 314. The representative there sorts
// managers by their state alone, so that an orbit may have several, and how many of these are met
// depends on the order of the search.
TEST(TwoPhaseCommitSpecification, FiveManagersUnderTheSymmetryThatStaterightCounts) {
  const TwoPhaseCommitSpecification model(5,
                                          TwoPhaseCommitSpecification::Symmetry::by_manager_state);
  EXPECT_EQ(depth_first_representatives(model), 665U);
}

// stateright/stateright, examples/paxos.rs.
TEST(PaxosActors, ThreeServersTwoClientsAsStaterightCounts) {
  expect_counts(PaxosActors(), {16668, 32971, 21});
}

// There: the shortest way to an answer of a get takes these eight deliveries.
TEST(PaxosActors, AValueIsChosenAfterEightDeliveriesAsStaterightFinds) {
  const auto result = search(PaxosActors(), {});
  ASSERT_TRUE(result.sometimes[0]);
  std::vector<PaxosActors::Kind> kinds;
  for (const auto& action : result.sometimes[0]->trace.actions) {
    kinds.push_back(action.kind);
  }
  using enum PaxosActors::Kind;
  EXPECT_THAT(kinds, testing::UnorderedElementsAre(put, prepare, prepared, accept, accepted, put_ok,
                                                   decided, get));
}

TEST(PaxosActors, TesterAcceptsWhatHasAnOrder) {
  // The other's put may come before or after; a get reads the last one.
  EXPECT_TRUE(is_linearizable(
      {ClientHistory{.returned = 2, .seen = 0, .value_read = 0}, ClientHistory{.returned = 0}}));
  EXPECT_TRUE(is_linearizable(
      {ClientHistory{.returned = 2, .seen = 0, .value_read = 1}, ClientHistory{.returned = 0}}));
  EXPECT_TRUE(is_linearizable({ClientHistory{.returned = 2, .seen = 0, .value_read = 1},
                               ClientHistory{.returned = 2, .seen = 0, .value_read = 1}}));
}

TEST(PaxosActors, TesterRefusesWhatHasNone) {
  // Each reads its own value although both puts were over when the gets were called.
  EXPECT_FALSE(is_linearizable({ClientHistory{.returned = 2, .seen = 1, .value_read = 0},
                                ClientHistory{.returned = 2, .seen = 1, .value_read = 1}}));
}

}  // namespace
}  // namespace synod::explorer
