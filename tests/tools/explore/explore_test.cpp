// Exhaustive searches of our own protocols: counts that do not depend on how they were searched,
// planted bugs with their shortest violations, and searches that say nothing.
#include "tools/explore/explore.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "scenarios/format/configuration_json.h"
#include "scenarios/protocols/paxos_options.h"
#include "scenarios/words/input_error.h"
#include "tests/scenarios/explore/counted_spaces.h"

namespace synod {
namespace {

using ::testing::HasSubstr;

ExplorePlan plan_of(const std::string& protocol, std::uint32_t nodes, std::uint32_t clients,
                    const ExploreBounds& bounds) {
  ExplorePlan plan;
  plan.choices.protocol = protocol;
  hold_options(plan.configuration, protocol_named(protocol).options);
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
  const ExploreBounds crash{.rounds_max = 1, .crashes_max = 1, .restarts_max = 1};
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
  ASSERT_TRUE(report.prospects);
  EXPECT_EQ(report.prospects->cannot_decide, 1648U);
}

TEST(Explore, ThreePhaseCommitDoesNotBlock) {
  const ExploreReport report = explore(plan_of("three_phase_commit", 3, 1, fail_stop));
  EXPECT_EQ(report.verdict, Verdict::holds);
  ASSERT_TRUE(report.prospects);
  EXPECT_EQ(report.prospects->cannot_decide, 0U);
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
  const ExploreReport report = explore(plan_of("paxos", 3, 1, {.rounds_max = 0}));
  EXPECT_EQ(report.end, explorer::End::exhausted);
  EXPECT_EQ(report.verdict, Verdict::inconclusive);
  EXPECT_THAT(report.inconclusive, HasSubstr("sometimes"));
}

// ---- Who decides, and from where ----------------------------------------------------------------

/// The bounds within which a mutant that does not get on is told from its protocol.
struct Told {
  const char* slug;
  std::uint32_t nodes;
  std::uint32_t clients;
  ExploreBounds bounds;
  /// Its steps are the protocol's, at other times: in a search no time passes, and so both have the
  /// same states.
  bool is_of_time_alone = false;
  std::optional<std::uint32_t> phase1_quorum{};  ///< none: a majority
};

const std::vector<Told>& told_from_protocol() {
  static const ExploreBounds down_for_good{.rounds_max = 1, .crashes_max = 1};
  static const ExploreBounds loss{.rounds_max = 1, .losses_max = 1};
  static const ExploreBounds reads{.rounds_max = 1, .requests = Requests::any};
  static const std::vector<Told> all = {
      {"sd-accept-first-only", 2, 2, one_ballot},
      {"sd-accept-same-value-only", 2, 1, loss, false, 1U},
      {"sd-accept-strictly-greater", 2, 1, one_ballot},
      {"sd-all-must-vote", 3, 1, down_for_good},
      {"sd-duel", 2, 2, one_ballot, true},
      {"sd-fast-clock", 2, 1, reads},
      {"sd-majority-of-others", 2, 1, one_ballot},
      {"sd-real-division", 3, 1, down_for_good},
      {"sd-vacuous-quorum", 2, 1, one_ballot},
      {"ct-plain-english", 2, 2, loss},
  };
  return all;
}

ExplorePlan plan_of(const Told& told, const std::string& protocol) {
  ExplorePlan plan = plan_of(protocol, told.nodes, told.clients, told.bounds);
  if (told.phase1_quorum) {
    options_in<PaxosOptions>(plan.configuration).phase1_quorum = *told.phase1_quorum;
  }
  return plan;
}

void expect_told(const Told& told, const std::string& protocol) {
  ExplorePlan plan = plan_of(told, protocol);
  const ExploreReport correct = explore(plan);
  EXPECT_EQ(correct.verdict, Verdict::holds) << told.slug << ": " << correct.finding.text;
  plan.choices.mutants = {told.slug};
  const ExploreReport planted = explore(plan);
  if (told.is_of_time_alone) {
    EXPECT_EQ(planted.distinct, correct.distinct) << told.slug;
    EXPECT_EQ(planted.generated, correct.generated) << told.slug;
    return;
  }
  ASSERT_EQ(planted.verdict, Verdict::violated) << told.slug;
  EXPECT_EQ(planted.finding.property, "progress") << told.slug;
  const Trace read = parse_trace(format_trace(*planted.trace), "explored.json");
  RunChoices choices;
  choices.protocol = protocol;
  EXPECT_NE(make_runner(choices)->replay(read, nullptr).verdict, Verdict::violated)
      << told.slug << ": nor does the protocol get on";
  choices.mutants = read.mutants;
  const ReplayReport replayed = make_runner(choices)->replay(read, nullptr);
  EXPECT_EQ(replayed.steps_skipped, 0U) << told.slug;
  EXPECT_EQ(replayed.finding.property, "progress") << told.slug;
}

TEST(Explore, TellsEveryMutantThatDoesNotGetOnFromItsProtocol) {
  std::size_t met = 0;
  for (const ProtocolEntry& protocol : protocols()) {
    for (const MutantText& mutant : protocol.mutants()) {
      if (mutant.property != "progress") continue;
      const auto told = std::find_if(told_from_protocol().begin(), told_from_protocol().end(),
                                     [&](const Told& one) { return one.slug == mutant.slug; });
      ASSERT_NE(told, told_from_protocol().end()) << mutant.slug << ": within which bounds?";
      expect_told(*told, std::string(protocol.text.name));
      ++met;
    }
  }
  EXPECT_EQ(met, told_from_protocol().size());
}

/// Small searches, in which whatever may go wrong does.
std::vector<ExploreBounds> small_bounds(const std::string& protocol) {
  const bool is_fail_stop = protocol == "three_phase_commit";
  std::vector<ExploreBounds> all = {
      {.rounds_max = 0},
      {.rounds_max = 1},
      {.rounds_max = 1, .crashes_max = 1},
      {.rounds_max = 1, .crashes_max = 2},
      {.rounds_max = 1, .crashes_max = 1, .crash_effects_max = 2},
      {.rounds_max = 1, .duplicates_max = 1},
      {.rounds_max = 1, .network = Network::ordered, .has_slow_writes = true},
  };
  if (!is_fail_stop) {
    all.push_back({.rounds_max = 2});
    all.push_back({.rounds_max = 1, .timeouts_max = 1});
    all.push_back({.rounds_max = 1, .losses_max = 2});
    all.push_back({.rounds_max = 1, .crashes_max = 1, .restarts_max = 1});
    all.push_back({.rounds_max = 1, .crashes_max = 2, .restarts_max = 1});
    all.push_back({.rounds_max = 1, .abandons_max = 1});
    all.push_back({.rounds_max = 1, .requests_max = 2});
    all.push_back({.rounds_max = 1, .crashes_max = 1, .retries_max = 1});
    all.push_back({.rounds_max = 1, .cuts_max = 1});
    all.push_back({.rounds_max = 1,
                   .timeouts_max = ExploreBounds::unlimited,
                   .crashes_max = 1,
                   .network = Network::set});
    all.push_back({.rounds_max = 1, .requests = Requests::writes});
  }
  if (protocol == "paxos") {
    all.push_back({.rounds_max = 1, .crashes_max = 1, .requests = Requests::any});
    all.push_back({.rounds_max = 1, .abandons_max = 1, .requests = Requests::any});
  }
  for (ExploreBounds& bounds : all) {
    if (is_fail_stop) {
      bounds.timeouts = Timeouts::truth;
      bounds.timeouts_max = ExploreBounds::unlimited;
    }
  }
  return all;
}

/// Two-phase commit blocks when who is down stays down; that is no fault of ours.
bool may_block(const std::string& protocol, const ExploreBounds& bounds) {
  return protocol == "two_phase_commit" && bounds.restarts_max < bounds.crashes_max;
}

void expect_sound(const ExplorePlan& plan, const ExploreReport& report, const std::string& about) {
  ASSERT_EQ(report.sometimes.back().name, "learned") << about;
  if (report.verdict == Verdict::holds) {
    EXPECT_TRUE(report.sometimes.back().steps) << about << ": who decides nothing never holds";
  }
  if (report.prospects) {
    const ProspectCounts& counts = *report.prospects;
    EXPECT_EQ(counts.can_decide + counts.cannot_decide + counts.unknown, report.distinct) << about;
    EXPECT_EQ(counts.can_decide > 0, report.sometimes.back().steps.has_value()) << about;
    EXPECT_GT(counts.played_on, 0U) << about;
  } else {
    EXPECT_FALSE(report.why_no_prospects.empty()) << about;
  }
  if (report.verdict == Verdict::violated) {
    RunChoices choices = plan.choices;
    const ReplayReport replayed = make_runner(choices)->replay(*report.trace, nullptr);
    EXPECT_EQ(replayed.finding.property, report.finding.property) << about;
  }
}

TEST(Explore, ACorrectProtocolGetsOnFromWhereverAccidentsWithinItsFaultModelLeadIt) {
  for (const ProtocolEntry& protocol : protocols()) {
    const std::string name(protocol.text.name);
    for (const ExploreBounds& bounds : small_bounds(name)) {
      for (const auto& [nodes, clients] : {std::pair{2U, 1U}, {2U, 2U}, {3U, 1U}}) {
        if (nodes == 3 && (bounds.crashes_max == 0 || bounds.restarts_max > 0)) {
          continue;  // a minority to be without, and no more states than it takes
        }
        ExplorePlan plan = plan_of(name, nodes, clients, bounds);
        plan.search.memory_bytes_max = std::uint64_t{20} << 20U;  // larger ones end early
        const ExploreReport report = explore(plan);
        const std::string about =
            fmt::format("{}, {}: {}", name, bounds_text(plan), report.finding.text);
        expect_sound(plan, report, about);
        if (!may_block(name, bounds)) {
          EXPECT_NE(report.verdict, Verdict::violated) << about;
        }
        const bool is_dead = bounds.rounds_max == 0 && (name == "paxos" || name == "paxos_commit");
        EXPECT_EQ(report.end == explorer::End::exhausted && !is_dead && !may_block(name, bounds),
                  report.verdict == Verdict::holds)
            << about << report.inconclusive;
      }
    }
  }
}

TEST(Explore, ASearchInWhichNothingWasEverDecidedNeverHolds) {
  std::size_t dead = 0;
  for (const ProtocolEntry& protocol : protocols()) {
    for (const MutantText& mutant : protocol.mutants()) {
      for (const std::uint32_t nodes : {2U, 3U}) {
        ExplorePlan plan = plan_of(std::string(protocol.text.name), nodes, 1,
                                   small_bounds(std::string(protocol.text.name))[1]);
        plan.choices.mutants = {std::string(mutant.slug)};
        plan.search.memory_bytes_max = std::uint64_t{20} << 20U;
        for (const bool looks : {true, false}) {
          plan.looks_for_blocking = looks;
          const ExploreReport report = explore(plan);
          expect_sound(plan, report, std::string(mutant.slug));
          dead += report.has_ever_decided() ? 0U : 1U;
        }
      }
    }
  }
  EXPECT_GT(dead, 5U);
}

/// The proposer tells its client that it does not know: that is no decision.
TEST(Explore, AClientThatIsToldNothingIsNotDecided) {
  ExplorePlan plan = plan_of("paxos", 2, 1, {.rounds_max = 1, .timeouts_max = 1});
  plan.choices.mutants = {"sd-vacuous-quorum"};
  const ExploreReport report = explore(plan);
  EXPECT_EQ(report.verdict, Verdict::violated);
  ASSERT_TRUE(report.prospects);
  EXPECT_EQ(report.prospects->can_decide, 0U);
  EXPECT_FALSE(report.has_ever_decided());
}

TEST(Explore, WhatIsAskedOfSafetyAloneIsNotJudgedForProgress) {
  ExplorePlan plan = plan_of(
      "two_phase_commit", 3, 1,
      {.timeouts_max = ExploreBounds::unlimited, .crashes_max = 1, .timeouts = Timeouts::truth});
  plan.choices.overlooked = all_properties_but(protocol_named("two_phase_commit"), {"atomicity"});
  const ExploreReport report = explore(plan);
  EXPECT_EQ(report.verdict, Verdict::holds) << report.finding.text;
  EXPECT_EQ(report.prospects->can_decide, 32229U);
  EXPECT_EQ(report.prospects->cannot_decide, 1648U);
}

ExplorePlan duel() {
  return plan_of("paxos", 2, 2, {.rounds_max = 3, .network = Network::ordered});
}

// ---- What follows a search ----------------------------------------------------------------------

TEST(Explore, WhatFollowsTheSearchTellsHowFarItIsAndCanBeStopped) {
  ExplorePlan plan = plan_of("paxos", 3, 1, {.rounds_max = 2});
  std::set<std::string> told;
  plan.on_analysis = [&](const auto& progress) { told.emplace(progress.what); };
  EXPECT_EQ(explore(plan).verdict, Verdict::holds);
  EXPECT_TRUE(told.contains("states of the graph"));
  EXPECT_TRUE(told.contains("states, played on"));
  for (const std::string& what : told) {
    std::atomic<bool> is_interrupted = false;
    plan.search.is_interrupted = &is_interrupted;
    plan.on_analysis = [&](const auto& progress) { is_interrupted = progress.what == what; };
    const ExploreReport report = explore(plan);
    EXPECT_EQ(report.verdict, Verdict::inconclusive) << what;
    EXPECT_EQ(report.end, explorer::End::interrupt) << what;
    EXPECT_FALSE(report.prospects) << what;
    EXPECT_THAT(report.inconclusive, HasSubstr("interrupted"));
  }
}

TEST(Explore, ALassoIsLookedForInTimeAndUntilInterrupted) {
  ExplorePlan plan = duel();
  plan.search.seconds_max = 0;
  EXPECT_EQ(find_lasso(plan).end, explorer::End::time);
  plan.search.seconds_max.reset();
  const std::atomic<bool> is_interrupted = true;
  plan.search.is_interrupted = &is_interrupted;
  const LassoReport report = find_lasso(plan);
  EXPECT_EQ(report.end, explorer::End::interrupt);
  EXPECT_FALSE(report.trace);
  EXPECT_THAT(lasso_text(plan, report), HasSubstr("inconclusive: interrupted"));
}

/// Counters of eight bits, and steps and packets of sixteen.
TEST(Explore, RefusesBoundsThatCannotBeCounted) {
  for (std::uint32_t ExploreBounds::* bound :
       {&ExploreBounds::rounds_max, &ExploreBounds::timeouts_max, &ExploreBounds::crashes_max,
        &ExploreBounds::restarts_max, &ExploreBounds::losses_max, &ExploreBounds::duplicates_max,
        &ExploreBounds::requests_max, &ExploreBounds::abandons_max, &ExploreBounds::retries_max,
        &ExploreBounds::failed_writes_max, &ExploreBounds::cuts_max,
        &ExploreBounds::crash_effects_max}) {
    for (const std::uint32_t too_many : {explore_budget_max + 1, 256U, 65536U, UINT32_MAX - 1}) {
      ExplorePlan plan = plan_of("paxos", 2, 1, one_ballot);
      plan.bounds.*bound = too_many;
      EXPECT_THROW(explore(plan), InputError);
      EXPECT_THROW(explore_dot(plan), InputError);
    }
  }
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
  const auto again = states_with([](auto& bounds) { bounds.requests_max = 2; });
  const auto abandoned = states_with([](auto& bounds) { bounds.abandons_max = 1; });
  EXPECT_GT(writes, own);
  EXPECT_GT(any, writes);
  EXPECT_GT(slow, own);
  const auto retried = states_with([](auto& bounds) { bounds.retries_max = 1; });
  EXPECT_GT(again, own);
  EXPECT_GT(abandoned, own);
  EXPECT_GT(retried, own);
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

TEST(Explore, TwoProposersCanOutbidEachOtherForEver) {
  const LassoReport report = find_lasso(duel());
  ASSERT_TRUE(report.trace);
  EXPECT_EQ(report.laps, 3U);
  ASSERT_EQ(report.trace->steps.size(), report.stem + report.laps * report.loop);
  RunChoices choices;
  const ReplayReport replayed = make_runner(choices)->replay(*report.trace, nullptr);
  EXPECT_EQ(replayed.steps_skipped, 0U);
  EXPECT_EQ(replayed.verdict, Verdict::violated);
  EXPECT_EQ(replayed.finding.property, "progress");
  EXPECT_THAT(replayed.finding.text, HasSubstr("lead back to where they began"));
}

/// What its file says of a loop is not believed: a replay looks.
TEST(Explore, ALassoThatDoesNotGoRoundIsNone) {
  const LassoReport report = find_lasso(duel());
  ASSERT_TRUE(report.trace);
  const auto runner = make_runner(RunChoices{});
  for (std::size_t steps = 1; steps <= 2 * report.loop; ++steps) {
    Trace trace = *report.trace;
    trace.loop = steps;
    const bool goes_round = steps % report.loop == 0;
    EXPECT_EQ(runner->replay(trace, nullptr).verdict,
              goes_round ? Verdict::violated : Verdict::inconclusive)
        << steps;
  }
  Trace stale = *report.trace;
  stale.steps.erase(stale.steps.begin());  // the others no longer apply
  EXPECT_EQ(runner->replay(stale, nullptr).verdict, Verdict::inconclusive);
}

/// Lap for lap the same steps, but for higher rounds.
TEST(Explore, EveryLapOfALassoIsTheSameButForHigherRounds) {
  const LassoReport report = find_lasso(duel());
  ASSERT_TRUE(report.trace);
  const auto is_alike = [&](std::size_t i) {
    const TraceStep& one = report.trace->steps[i];
    const TraceStep& next = report.trace->steps[i + report.loop];
    const JsonFields unpacked = one.fields.unpacked();
    const JsonFields unpacked_later = next.fields.unpacked();
    const auto& fields = unpacked.json();
    const auto& later = unpacked_later.json();
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
  plan.bounds.rounds_max = 1;
  const LassoReport report = find_lasso(plan);
  EXPECT_EQ(report.end, explorer::End::exhausted);
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
  ExplorePlan drawn = plan_of("paxos", 1, 1, {.rounds_max = 1});
  drawn.search.has_sleep_sets = true;
  EXPECT_THROW(explore_dot(drawn), InputError);
}

}  // namespace
}  // namespace synod
