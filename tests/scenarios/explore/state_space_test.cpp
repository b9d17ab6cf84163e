// The states of our own world: the same whatever way leads to them, complete, and the same under
// symmetry. Small enough that a plain search sees all.
#include <gtest/gtest.h>

#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "scenarios/explore/state_space.h"
#include "scenarios/format/configuration_json.h"
#include "scenarios/format/trace.h"
#include "scenarios/run/runner.h"

namespace synod {
namespace {

struct Small {
  std::string protocol = "paxos";
  std::string mutant{};
  std::uint32_t nodes = 3;
  std::uint32_t clients = 1;
  ExploreBounds bounds{.rounds_max = 1};

  [[nodiscard]] std::unique_ptr<Runner> runner() const {
    RunChoices choices;
    choices.protocol = protocol;
    if (!mutant.empty()) choices.mutants = {mutant};
    return make_runner(choices);
  }
  [[nodiscard]] std::unique_ptr<StateSpace> space() const {
    Configuration configuration;
    set_node_count(configuration, nodes);
    configuration.client_count = clients;
    return runner()->state_space(configuration, bounds);
  }
  [[nodiscard]] Small with_symmetry() const {
    Small small = *this;
    small.bounds.has_symmetry = true;
    return small;
  }
};

std::string encoded(StateSpace& space, const ExploredState& state) {
  std::string bytes;
  space.encode(state, bytes);
  return bytes;
}

/// Every state that can be reached, with a shortest way there.
class Reachable {
 public:
  explicit Reachable(const Small& small) : space_(small.space()) {
    ExploredState first;
    space_->initial(first);
    visit(first, {});
    Successors successors;
    while (!open_.empty()) {
      const auto [state, path] = open_.front();
      open_.pop_front();
      space_->expand(state, successors);
      for (std::size_t i = 0; i < successors.count; ++i) {
        const Successors::Way& way = successors.ways[i];
        auto longer = path;
        longer.push_back(way.step);
        visit(way.state, longer);
      }
    }
  }

  using Path = std::vector<std::uint16_t>;
  struct Found {
    ExploredState state;
    Path path;
  };
  [[nodiscard]] const std::map<std::string, Found>& states() const { return states_; }
  [[nodiscard]] StateSpace& space() const { return *space_; }

 private:
  void visit(const ExploredState& state, const Path& path) {
    if (states_.try_emplace(encoded(*space_, state), Found{state, path}).second) {
      open_.push_back({state, path});
    }
  }

  std::unique_ptr<StateSpace> space_;
  std::map<std::string, Found> states_;
  std::deque<Found> open_;
};

std::vector<Small> small_ones() {
  return {
      {.nodes = 2, .clients = 2},
      {.nodes = 3, .bounds = {.rounds_max = 1, .losses_max = 1}},
      {.nodes = 2, .bounds = {.rounds_max = 1, .crashes_max = 1, .restarts_max = 1}},
      {.nodes = 2, .clients = 2, .bounds = {.rounds_max = 1, .network = Network::ordered}},
      {.nodes = 2, .bounds = {.rounds_max = 1, .retries_max = 1}},
      {.nodes = 2, .bounds = {.rounds_max = 1, .requests_max = 2}},
      {.protocol = "two_phase_commit", .bounds = {.timeouts_max = 1, .duplicates_max = 1}},
      {.protocol = "two_phase_commit",
       .nodes = 2,
       .bounds = {.timeouts_max = 1, .crashes_max = 1, .restarts_max = 1, .crash_effects_max = 2}},
      {.protocol = "three_phase_commit",
       .nodes = 2,
       .bounds = {.timeouts_max = 2, .crashes_max = 1, .timeouts = Timeouts::truth}},
      {.protocol = "three_phase_commit",
       .nodes = 2,
       .bounds = {.timeouts_max = 1, .cuts_max = 1, .timeouts = Timeouts::truth}},
      {.protocol = "paxos_commit", .nodes = 2, .bounds = {.rounds_max = 2}},
  };
}

TEST(StateSpace, TakesEveryStateForItselfWhateverWasLookedAtBefore) {
  for (const Small& small : small_ones()) {
    const Reachable reachable(small);
    const auto fresh = small.space();
    Successors successors;
    Successors again;
    std::size_t count = 0;
    for (const auto& [bytes, found] : reachable.states()) {
      if (++count % 7 != 0) continue;
      reachable.space().expand(found.state, successors);
      fresh->expand(found.state, again);
      ASSERT_EQ(successors.count, again.count);
      for (std::size_t i = 0; i < successors.count; ++i) {
        EXPECT_EQ(successors.ways[i].state.bytes, again.ways[i].state.bytes);
        EXPECT_EQ(successors.ways[i].state.fingerprint, again.ways[i].state.fingerprint);
      }
    }
  }
}

TEST(StateSpace, GivesDifferentStatesDifferentFingerprints) {
  for (const Small& small : small_ones()) {
    const Reachable reachable(small);
    std::set<std::uint64_t> fingerprints;
    for (const auto& [bytes, found] : reachable.states()) {
      fingerprints.insert(found.state.fingerprint);
    }
    EXPECT_EQ(fingerprints.size(), reachable.states().size());
  }
}

TEST(StateSpace, CorrectProtocolsBreakNothingAndDecide) {
  for (const Small& small : small_ones()) {
    const Reachable reachable(small);
    bool has_decided = false;
    for (const auto& [bytes, found] : reachable.states()) {
      EXPECT_LT(found.state.violation, 0);
      has_decided |= (found.state.sometimes & 1U) != 0;
    }
    EXPECT_TRUE(has_decided) << small.protocol;
  }
}

TEST(StateSpace, EveryWayIsATraceThatAppliesStepByStep) {
  for (const Small& small : small_ones()) {
    const Reachable reachable(small);
    const auto runner = small.runner();
    std::size_t count = 0;
    for (const auto& [bytes, found] : reachable.states()) {
      if (++count % 97 != 0) continue;
      const Trace trace = reachable.space().trace(found.path);
      const ReplayReport replayed = runner->replay(trace, nullptr);
      EXPECT_EQ(replayed.steps_applied, found.path.size());
      EXPECT_EQ(replayed.steps_skipped, 0U);
      EXPECT_NE(replayed.verdict, Verdict::violated) << replayed.finding.text;
    }
  }
}

/// Under symmetry exactly one state of each orbit is looked at: no more and no fewer.
TEST(StateSpace, SymmetryKeepsOneStateOfEveryOrbit) {
  const std::vector<Small> symmetric = {
      {.nodes = 3},
      {.nodes = 3, .bounds = {.rounds_max = 1, .crashes_max = 1, .restarts_max = 1}},
      {.protocol = "two_phase_commit", .bounds = {.timeouts_max = 1}},
      {.protocol = "two_phase_commit", .bounds = {.losses_max = 1, .network = Network::ordered}},
      {.protocol = "two_phase_commit", .nodes = 4},
      // Clients, each with the value that it writes.
      {.nodes = 1, .clients = 2, .bounds = {.rounds_max = 2}},
      {.nodes = 1, .clients = 3, .bounds = {.rounds_max = 1, .has_slow_writes = true}},
      {.nodes = 1, .clients = 2, .bounds = {.rounds_max = 1, .requests_max = 2}},
      {.nodes = 2, .clients = 2, .bounds = {.rounds_max = 1, .requests = Requests::writes}},
      {.nodes = 2,
       .clients = 2,
       .bounds = {.rounds_max = 1, .network = Network::ordered, .requests = Requests::any}},
      // A lone client may ask any node, and the one that it asks is alone in proposing.
      {.bounds = {.rounds_max = 1, .requests = Requests::writes}},
  };
  for (const Small& small : symmetric) {
    const Reachable full(small);
    const Reachable reduced(small.with_symmetry());
    std::set<std::string> orbits;
    for (const auto& [bytes, found] : full.states()) {
      orbits.insert(encoded(reduced.space(), found.state));
    }
    EXPECT_LT(reduced.states().size(), full.states().size()) << small.protocol;
    EXPECT_EQ(reduced.states().size(), orbits.size()) << small.protocol;
  }
}

TEST(StateSpace, WhereNodesAreNotAlikeSymmetryChangesNothing) {
  const Small small{.protocol = "three_phase_commit",
                    .bounds = {.timeouts_max = 1, .timeouts = Timeouts::truth}};
  EXPECT_EQ(Reachable(small).states().size(), Reachable(small.with_symmetry()).states().size());
}

/// A client's request to n2 makes n2 a proposer, so that it is no acceptor like the others.
TEST(StateSpace, NodesThatProposeAreNotTakenForOneAnother) {
  const Small small{.nodes = 2, .clients = 2};
  EXPECT_EQ(Reachable(small).states().size(), Reachable(small.with_symmetry()).states().size());
}

/// After a step sleeps what can as well be taken before it: in either order, to the same state.
TEST(StateSpace, WhatSleepsAfterAStepLeadsWhereItLeadsBeforeIt) {
  std::size_t slept = 0;
  for (Small small : small_ones()) {
    small.bounds.has_slow_writes = true;  // no step must follow another at once
    const Reachable reachable(small);
    StateSpace& space = reachable.space();
    Successors ways;
    Successors ways_on;
    Successors ways_around;
    std::size_t count = 0;
    for (const auto& [bytes, found] : reachable.states()) {
      if (++count % 5 != 0) continue;
      space.expand_awake(found.state, 0, ways);
      for (std::size_t i = 0; i < ways.count; ++i) {
        std::set<std::string> around;  // by way of another step
        for (std::size_t j = 0; j < i; ++j) {
          space.expand(ways.ways[j].state, ways_around);
          for (std::size_t k = 0; k < ways_around.count; ++k) {
            around.insert(encoded(space, ways_around.ways[k].state));
          }
        }
        space.expand(ways.ways[i].state, ways_on);
        for (std::size_t k = 0; k < ways_on.count; ++k) {
          if (!is_asleep(ways.ways[i].asleep, ways_on.ways[k].step)) continue;
          ++slept;
          ASSERT_TRUE(around.contains(encoded(space, ways_on.ways[k].state))) << small.protocol;
        }
      }
    }
  }
  EXPECT_GT(slept, 10'000U);
}

/// The second request may go to another node, which then proposes as well.
TEST(StateSpace, WhereAnyNodeMayProposeNodesAreNotTakenForOneAnother) {
  const Small small{.nodes = 2,
                    .bounds = {.rounds_max = 1, .abandons_max = 1, .requests = Requests::writes}};
  EXPECT_EQ(Reachable(small).states().size(), Reachable(small.with_symmetry()).states().size());
}

/// Nor clients then, of which one asks a second time before the other has asked at all.
TEST(StateSpace, WhereClientsAskAnyNodeAgainTheyAreToldApart) {
  const Small small{.nodes = 1,
                    .clients = 2,
                    .bounds = {.rounds_max = 1, .requests_max = 2, .requests = Requests::writes}};
  EXPECT_EQ(Reachable(small).states().size(), Reachable(small.with_symmetry()).states().size());
}

/// So may the same request, made again.
TEST(StateSpace, WhereRequestsAreMadeAgainNodesAreNotTakenForOneAnother) {
  const Small small{.nodes = 2, .bounds = {.rounds_max = 1, .retries_max = 1}};
  EXPECT_EQ(Reachable(small).states().size(), Reachable(small.with_symmetry()).states().size());
}

TEST(StateSpace, AViolationEndsItsWayAndReplaysAsOne) {
  const Small small{.mutant = "sd-q1-too-small"};
  const Reachable reachable(small);
  const auto runner = small.runner();
  bool has_any = false;
  for (const auto& [bytes, found] : reachable.states()) {
    if (found.state.violation < 0) continue;
    has_any = true;
    const auto property =
        reachable.space().properties()[static_cast<std::size_t>(found.state.violation)];
    const ReplayReport replayed = runner->replay(reachable.space().trace(found.path), nullptr);
    EXPECT_EQ(replayed.verdict, Verdict::violated);
    EXPECT_EQ(replayed.finding.property, property.name);
    Successors successors;
    reachable.space().expand(found.state, successors);
    EXPECT_EQ(successors.count, 0U);
  }
  EXPECT_TRUE(has_any);
}

}  // namespace
}  // namespace synod
