// Exhaustive searches of our own protocols: counts that do not depend on how they were searched,
// planted bugs with their shortest violations, and searches that say nothing.
#include "tools/explore.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "scenarios/configuration_json.h"
#include "scenarios/input_error.h"
#include "tests/scenarios/counted_spaces.h"

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

ExplorePlan plan_of(const CountedSpace& counted) {
  return plan_of(std::string(counted.protocol), counted.nodes, counted.clients, counted.bounds);
}

ExploreReport explore_with(ExplorePlan plan, unsigned workers, bool is_exact) {
  plan.search.workers = workers;
  plan.search.is_exact = is_exact;
  return explore(plan);
}

TEST(Explore, CountsTheSameHoweverItSearches) {
  for (const CountedSpace& counted : counted_spaces) {
    for (const unsigned workers : {1U, 2U}) {
      for (const bool is_exact : {false, true}) {
        const ExploreReport report = explore_with(plan_of(counted), workers, is_exact);
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

TEST(Explore, SleepSetsLeaveOutWaysAndNoState) {
  for (const CountedSpace& counted : counted_spaces) {
    std::set<std::uint64_t> generated;
    for (const unsigned workers : {1U, 2U}) {
      for (const bool is_exact : {false, true}) {
        ExplorePlan plan = plan_of(counted);
        plan.search.has_sleep_sets = true;
        const ExploreReport report = explore_with(plan, workers, is_exact);
        EXPECT_EQ(report.verdict, Verdict::holds) << counted.name << report.finding.text;
        EXPECT_EQ(report.distinct, counted.distinct) << counted.name;
        EXPECT_EQ(report.depth, counted.depth) << counted.name;
        generated.insert(report.generated);
      }
    }
    EXPECT_EQ(generated.size(), 1U) << counted.name;
    EXPECT_LT(*generated.begin(), counted.generated - counted.generated / 20) << counted.name;
  }
}

ExploreReport explore_mutant(const std::string& slug, std::uint32_t clients,
                             const ExploreBounds& bounds, unsigned workers = 1,
                             bool has_sleep_sets = false) {
  ExplorePlan plan = plan_of(std::string(protocol_of_mutant(slug).text.name), 3, clients, bounds);
  plan.choices.mutants = {slug};
  plan.search.workers = workers;
  plan.search.has_sleep_sets = has_sleep_sets;
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
      for (const bool has_sleep_sets : {false, true}) {
        const ExploreReport report =
            explore_mutant(planted.slug, planted.clients, planted.bounds, workers, has_sleep_sets);
        ASSERT_EQ(report.verdict, Verdict::violated) << planted.slug;
        EXPECT_EQ(report.finding.property, planted.property) << planted.slug;
        EXPECT_EQ(report.trace->steps.size(), planted.steps) << planted.slug;
      }
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

/// What one at a time asks any node, what is given up for another, and what a write's slowness
/// adds.
TEST(Explore, LooksAtMoreWhereMoreMayHappen) {
  const ExplorePlan plan = plan_of("paxos", 2, 1, one_ballot);
  const auto states_with = [&](auto&& widen) {
    ExplorePlan wider = plan;
    widen(wider.bounds);
    const ExploreReport report = explore(wider);
    EXPECT_EQ(report.verdict, Verdict::holds) << report.finding.text;
    return report.distinct;
  };
  const std::uint64_t own = explore(plan).distinct;
  const auto writes = states_with([](auto& bounds) { bounds.requests = Requests::writes; });
  const auto any = states_with([](auto& bounds) { bounds.requests = Requests::any; });
  const auto slow = states_with([](auto& bounds) { bounds.has_slow_writes = true; });
  const auto abandoned = states_with([](auto& bounds) { bounds.abandons_max = 1; });
  EXPECT_GT(writes, own);
  EXPECT_GT(any, writes);
  EXPECT_GT(slow, own);
  EXPECT_GT(abandoned, own);
}

TEST(Explore, JudgesByThePropertiesThatItIsAskedFor) {
  ExplorePlan plan = plan_of("paxos", 3, 2, one_ballot);
  plan.choices.mutants = {"sd-pick-own"};
  EXPECT_EQ(explore(plan).finding.property, "proposals_safe");
  plan.choices.overlooked = all_properties_but(protocol_named("paxos"), {"truthful_promise"});
  plan.search.depth_max = 22;  // of the other's violation there are 21
  EXPECT_EQ(explore(plan).verdict, Verdict::inconclusive);
}

TEST(Explore, StaysWithinItsMemoryWithWhatStatesOwnCounted) {
  ExplorePlan plan = plan_of("paxos", 3, 2, one_ballot);
  plan.search.memory_bytes_max = std::uint64_t{16} << 20U;
  const ExploreReport report = explore(plan);
  EXPECT_EQ(report.end, explorer::End::memory);
  EXPECT_GT(report.distinct, 10'000U);
  EXPECT_LT(report.distinct, 110'000U);  // states of two levels, some 200 bytes each
}

TEST(Explore, TellsHowFarItIs) {
  ExplorePlan plan = plan_of("paxos", 3, 2, one_ballot);
  plan.search.depth_max = 27;
  plan.search.workers = 2;
  std::vector<explorer::SearchProgress> told;
  plan.search.on_progress = [&](const auto& progress) { told.push_back(progress); };
  const ExploreReport report = explore(plan);
  ASSERT_FALSE(told.empty());
  for (std::size_t i = 1; i < told.size(); ++i) {
    EXPECT_GE(told[i].distinct, told[i - 1].distinct);
    EXPECT_GE(told[i].level, told[i - 1].level);
  }
  EXPECT_LE(told.back().distinct, report.distinct);
}

ExplorePlan duel() {
  return plan_of("paxos", 2, 2, {.ballots_max = 3, .network = Network::ordered});
}

TEST(Explore, TwoProposersCanOutbidEachOtherForEver) {
  const LassoReport report = find_lasso(duel());
  ASSERT_TRUE(report.trace);
  EXPECT_EQ(report.laps, 3U);
  ASSERT_EQ(report.trace->steps.size(), report.stem + report.laps * report.loop);
  RunChoices choices;
  const ReplayReport replayed = make_runner(choices)->replay(*report.trace, nullptr);
  EXPECT_EQ(replayed.steps_skipped, 0U);
  EXPECT_EQ(replayed.verdict, Verdict::inconclusive);
  EXPECT_EQ(replayed.inconclusive, "nothing was chosen");
}

/// Lap for lap the same steps, but for higher rounds.
TEST(Explore, EveryLapOfALassoIsTheSameButForHigherRounds) {
  const LassoReport report = find_lasso(duel());
  ASSERT_TRUE(report.trace);
  const auto is_alike = [&](std::size_t i) {
    const TraceStep& one = report.trace->steps[i];
    const TraceStep& next = report.trace->steps[i + report.loop];
    const auto& fields = one.fields.json();
    const auto& later = next.fields.json();
    for (const char* name : {"from", "to", "node", "timer"}) {
      if (fields.value(name, "") != later.value(name, "")) {
        return false;
      }
    }
    return one.kind == next.kind &&
           (one.kind != "deliver" || (fields["message"]["type"] == later["message"]["type"] &&
                                      fields["message"]["ballot"] != later["message"]["ballot"]));
  };
  for (std::size_t i = report.stem; i + report.loop < report.trace->steps.size(); ++i) {
    EXPECT_TRUE(is_alike(i)) << i;
  }
}

TEST(Explore, WhereNoRoomIsLeftToOutbidNobodyDoesForEver) {
  ExplorePlan plan = duel();
  plan.bounds.ballots_max = 1;
  const LassoReport report = find_lasso(plan);
  EXPECT_TRUE(report.is_complete);
  EXPECT_FALSE(report.trace);
}

TEST(Explore, DrawsASmallGraphAndRefusesALargeOne) {
  ExplorePlan plan = plan_of("two_phase_commit", 2, 1, {});
  const std::string drawn = explore_dot(plan);
  EXPECT_THAT(drawn, HasSubstr("digraph"));
  EXPECT_THAT(drawn, HasSubstr("deliver n1 n2 vote_request"));
  std::size_t states = 0;
  for (std::size_t at = 0; (at = drawn.find(";\n", at)) != std::string::npos; ++at) {
    ++states;
  }
  const ExploreReport report = explore(plan);
  EXPECT_EQ(states, report.distinct + (report.generated - 1) + 2);  // nodes, ways, and a head
  EXPECT_THROW(explore_dot(plan_of("paxos", 3, 1, one_ballot)), InputError);
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
  ExplorePlan twice = plan_of("paxos", 3, 1, {.has_symmetry = true});
  twice.search.has_sleep_sets = true;
  EXPECT_THROW(explore(twice), InputError);
  ExplorePlan merged = plan_of("paxos", 3, 1, {.network = Network::set});
  merged.search.has_sleep_sets = true;
  EXPECT_THROW(explore(merged), InputError);
  ExplorePlan reads = plan_of("two_phase_commit", 3, 1, {.requests = Requests::any});
  EXPECT_THROW(explore(reads), InputError);
  ExplorePlan lone = duel();
  lone.configuration.client_count = 1;
  EXPECT_THROW(find_lasso(lone), InputError);
  ExplorePlan asleep = duel();
  EXPECT_NO_THROW(find_lasso(asleep));
  asleep.search.has_sleep_sets = true;
  EXPECT_THROW(find_lasso(asleep), InputError);
  ExplorePlan drawn = plan_of("paxos", 1, 1, {.ballots_max = 1});
  drawn.search.has_sleep_sets = true;
  EXPECT_THROW(explore_dot(drawn), InputError);
}

}  // namespace
}  // namespace synod
