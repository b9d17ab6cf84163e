// Exhaustive searches of our own protocols: counts that do not depend on how they were searched,
// planted bugs with their shortest violations, and searches that say nothing.
#include "tools/explore.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "scenarios/configuration_json.h"
#include "scenarios/input_error.h"

namespace synod {
namespace {

using ::testing::HasSubstr;

ExplorePlan plan_of(const std::string& protocol, std::uint32_t nodes, std::uint32_t clients,
                    const ExploreBounds& bounds) {
  ExplorePlan plan;
  plan.choices.protocol = protocol;
  set_node_count(plan.configuration, nodes);
  plan.configuration.client_count = clients;
  plan.bounds = bounds;
  return plan;
}

struct Counted {
  const char* name;
  ExplorePlan plan;
  std::uint64_t distinct;
  std::uint64_t generated;
  std::uint32_t depth;
};

ExploreReport explore_with(ExplorePlan plan, unsigned workers, bool is_exact) {
  plan.search.workers = workers;
  plan.search.is_exact = is_exact;
  return explore(plan);
}

const ExploreBounds one_ballot{.ballots_max = 1};
const ExploreBounds time_outs{.timeouts_max = 1};
const ExploreBounds fail_stop{.timeouts_max = 3, .crashes_max = 1, .timeouts = Timeouts::truth};

/// They must be the same with every compiler, so they stand here as they are.
std::vector<Counted> counted_ones() {
  return {
      {"paxos, 3 nodes", plan_of("paxos", 3, 1, one_ballot), 2789, 6886, 26},
      {"paxos, 2 nodes, 2 clients", plan_of("paxos", 2, 2, one_ballot), 2698, 5967, 37},
      {"2PC, 3 nodes", plan_of("two_phase_commit", 3, 1, time_outs), 9980, 31035, 26},
      {"2PC, 3 nodes, a crash",
       plan_of("two_phase_commit", 3, 1, {.crashes_max = 1, .restarts_max = 1}), 7925, 28300, 27},
      {"3PC, 2 nodes", plan_of("three_phase_commit", 2, 1, fail_stop), 1238, 2669, 24},
      {"3PC, 3 nodes", plan_of("three_phase_commit", 3, 1, fail_stop), 23628, 84009, 36},
      {"Paxos Commit, 2 nodes", plan_of("paxos_commit", 2, 1, {}), 722, 1339, 24},
      {"Paxos Commit, 2 nodes, a loss", plan_of("paxos_commit", 2, 1, {.losses_max = 1}), 1527,
       3475, 24},
  };
}

TEST(Explore, CountsTheSameHoweverItSearches) {
  for (const Counted& counted : counted_ones()) {
    for (const unsigned workers : {1U, 2U}) {
      for (const bool is_exact : {false, true}) {
        const ExploreReport report = explore_with(counted.plan, workers, is_exact);
        EXPECT_EQ(report.verdict, Verdict::holds) << counted.name << report.finding.text;
        EXPECT_EQ(report.distinct, counted.distinct) << counted.name;
        EXPECT_EQ(report.generated, counted.generated) << counted.name;
        EXPECT_EQ(report.depth, counted.depth) << counted.name;
      }
    }
  }
}

TEST(Explore, SymmetryKeepsTheVerdictAndLooksAtFewerStates) {
  for (ExplorePlan plan :
       {plan_of("paxos", 3, 1, one_ballot), plan_of("two_phase_commit", 3, 1, time_outs)}) {
    const ExploreReport full = explore(plan);
    plan.bounds.has_symmetry = true;
    const ExploreReport reduced = explore(plan);
    EXPECT_EQ(reduced.verdict, full.verdict);
    EXPECT_EQ(reduced.depth, full.depth);
    EXPECT_LT(reduced.distinct, full.distinct);
    for (std::size_t i = 0; i < full.sometimes.size(); ++i) {
      EXPECT_EQ(reduced.sometimes[i].steps, full.sometimes[i].steps);
    }
  }
}

ExploreReport explore_mutant(const std::string& slug, std::uint32_t clients,
                             const ExploreBounds& bounds, unsigned workers = 1) {
  ExplorePlan plan = plan_of(std::string(protocol_of_mutant(slug).text.name), 3, clients, bounds);
  plan.choices.mutants = {slug};
  plan.search.workers = workers;
  return explore(plan);
}

struct Planted {
  const char* slug;
  std::uint32_t clients;
  ExploreBounds bounds;
  const char* property;
  std::size_t steps;
};

TEST(Explore, FindsPlantedBugsByAShortestWay) {
  const ExploreBounds crash{.ballots_max = 1, .crashes_max = 1, .restarts_max = 1};
  const ExploreBounds crash_and_time_out{.timeouts_max = 1, .crashes_max = 1, .restarts_max = 1};
  for (const Planted& planted : std::vector<Planted>{
           {"sd-q1-too-small", 1, one_ballot, "ballots_rise", 6},
           {"sd-learn-from-one-vote", 1, one_ballot, "decided_implies_chosen", 12},
           {"sd-volatile-promise", 2, crash, "promises_kept", 9},
           {"c2-takeover-abort", 1, crash_and_time_out, "atomicity", 16},
       }) {
    for (const unsigned workers : {1U, 2U}) {
      const ExploreReport report =
          explore_mutant(planted.slug, planted.clients, planted.bounds, workers);
      ASSERT_EQ(report.verdict, Verdict::violated) << planted.slug;
      EXPECT_EQ(report.finding.property, planted.property) << planted.slug;
      EXPECT_EQ(report.trace->steps.size(), planted.steps) << planted.slug;
    }
  }
}

TEST(Explore, AViolationIsATraceThatReplaysAsIt) {
  const ExploreReport report = explore_mutant("sd-learn-from-one-vote", 1, one_ballot);
  ASSERT_TRUE(report.trace);
  const Trace read = parse_trace(format_trace(*report.trace), "explored.json");
  RunChoices choices;
  choices.mutants = read.mutants;
  const ReplayReport replayed = make_runner(choices)->replay(read, nullptr);
  EXPECT_EQ(replayed.steps_skipped, 0U);
  EXPECT_EQ(replayed.finding.property, read.expect->property);
  EXPECT_EQ(fmt::format("{:016x}", replayed.fingerprint), read.expect->fingerprint);
}

TEST(Explore, TwoPhaseCommitBlocksWhenItsCoordinatorStaysDown) {
  const ExploreBounds down_for_good{
      .timeouts_max = ExploreBounds::unlimited, .crashes_max = 1, .timeouts = Timeouts::truth};
  const ExploreReport report = explore(plan_of("two_phase_commit", 3, 1, down_for_good));
  ASSERT_EQ(report.verdict, Verdict::violated);
  EXPECT_EQ(report.finding.property, "termination");
  EXPECT_THAT(report.finding.text, HasSubstr("for {n1}, down for good"));
  EXPECT_THAT(report.finding.text, HasSubstr("outside the fault model: a node crashed"));
  EXPECT_EQ(report.trace->steps.size(), 6U);
  EXPECT_EQ(report.blocked, 1648U);
}

TEST(Explore, ThreePhaseCommitDoesNotBlock) {
  const ExploreReport report = explore(plan_of("three_phase_commit", 3, 1, fail_stop));
  EXPECT_EQ(report.verdict, Verdict::holds);
  EXPECT_EQ(report.blocked, 0U);
}

TEST(Explore, WhatEndedByDepthIsInconclusive) {
  ExplorePlan plan = plan_of("paxos", 3, 1, one_ballot);
  plan.search.depth_max = 14;
  const ExploreReport report = explore(plan);
  EXPECT_EQ(report.verdict, Verdict::inconclusive);
  EXPECT_EQ(report.end, explorer::End::depth);
  EXPECT_GT(report.left, 0U);
  EXPECT_THAT(report.inconclusive, HasSubstr("depth"));
  EXPECT_THAT(bounds_text(plan), HasSubstr("depth 14"));
}

TEST(Explore, WhatSawNothingOfWhatMustBeSeenIsInconclusive) {
  const ExploreReport report = explore(plan_of("paxos", 3, 1, {.ballots_max = 0}));
  EXPECT_EQ(report.end, explorer::End::exhausted);
  EXPECT_EQ(report.verdict, Verdict::inconclusive);
  EXPECT_THAT(report.inconclusive, HasSubstr("sometimes"));
}

TEST(Explore, RefusesWhatMakesNoSense) {
  ExplorePlan endless = plan_of("paxos", 3, 1, {.timeouts_max = ExploreBounds::unlimited});
  EXPECT_THROW(explore(endless), InputError);
  ExplorePlan planted = plan_of("paxos", 3, 1, {.has_symmetry = true});
  planted.choices.mutants = {"sd-pick-own"};
  EXPECT_THROW(explore(planted), InputError);
  ExplorePlan broadcasts =
      plan_of("paxos", 3, 1, {.crashes_max = 1, .crash_effects_max = 1, .has_symmetry = true});
  EXPECT_THROW(explore(broadcasts), InputError);
}

}  // namespace
}  // namespace synod
