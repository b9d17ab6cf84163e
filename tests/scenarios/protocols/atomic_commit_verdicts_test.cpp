// The expected verdicts on the correct protocols, both ways: what each bears it bears, and what it
// does not bear is found, and said to be outside its fault model.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "properties/atomic_commit/probes.h"
#include "scenarios/format/trace.h"
#include "scenarios/library/library.h"
#include "scenarios/run/runner.h"

namespace synod {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

constexpr std::string_view outside = "outside the fault model";
const std::array<std::string, 7> accidents = {
    "accident_none", "accident_crash",    "accident_crash_recover", "accident_cut",
    "accident_loss", "accident_duelling", "accident_slow_node"};

std::unique_ptr<Runner> runner_of(const std::string& protocol, const std::string& scenario = {},
                                  const std::vector<std::string>& mutants = {}) {
  RunChoices choices;
  choices.protocol = protocol;
  choices.mutants = mutants;
  if (!scenario.empty()) {
    choices.scenario = std::make_shared<Trace>(load_scenario(scenario));
  }
  return make_runner(choices);
}

/// What came of many runs.
struct Verdicts {
  std::uint64_t runs = 0;
  std::uint64_t holds = 0;
  std::map<std::string, std::uint64_t> violated;  ///< by property
  std::vector<std::uint64_t> seeds_violated;
  std::vector<std::string> findings;
  std::uint64_t outside = 0;
  std::uint64_t probes = 0;  ///< reached in some run

  /// "seed 3: atomicity: …" of the first; empty when there is none.
  [[nodiscard]] std::string first() const {
    return seeds_violated.empty()
               ? std::string()
               : fmt::format("seed {}: {}", seeds_violated.front(), findings.front());
  }
};

Verdicts verdicts_of(Runner& runner, std::uint64_t seeds) {
  Verdicts verdicts;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const RunReport run = runner.run(seed);
    ++verdicts.runs;
    verdicts.probes |= run.probes;
    verdicts.holds += run.verdict == Verdict::holds ? 1U : 0U;
    if (run.verdict == Verdict::violated) {
      ++verdicts.violated[std::string(run.finding.property)];
      verdicts.seeds_violated.push_back(seed);
      verdicts.findings.push_back(run.finding.text);
      verdicts.outside += run.is_outside_fault_model ? 1U : 0U;
      // The mark and the words come together.
      EXPECT_EQ(run.finding.text.find(outside) != std::string::npos, run.is_outside_fault_model)
          << "seed " << seed << ": " << run.finding.text;
    } else {
      EXPECT_FALSE(run.is_outside_fault_model) << "seed " << seed;
    }
  }
  return verdicts;
}

std::uint64_t count(const Runner& runner, Fault fault) {
  return runner.fault_counts()[static_cast<std::size_t>(fault)];
}

/// The first of them, recorded and read again, fails again in the same words.
void expect_replays(Runner& runner, const Verdicts& verdicts) {
  ASSERT_FALSE(verdicts.seeds_violated.empty());
  const Trace trace =
      parse_trace(format_trace(runner.record(verdicts.seeds_violated.front())), "trace.json");
  const ReplayReport replay = runner.replay(trace, nullptr);
  EXPECT_EQ(replay.verdict, Verdict::violated);
  EXPECT_EQ(replay.steps_skipped, 0U);
  EXPECT_EQ(replay.finding.text, verdicts.findings.front());
  EXPECT_EQ(replay.finding.text, trace.expect->finding);
}

// Default runs: whatever may be drawn, within the fault model.

TEST(TheDefaultRuns, BreakNoPropertyOfACorrectProtocol) {
  for (const ProtocolEntry& protocol : protocols()) {
    const auto runner = runner_of(std::string(protocol.text.name));
    const Verdicts verdicts = verdicts_of(*runner, 3000);
    EXPECT_EQ(verdicts.first(), "") << protocol.text.name;
    EXPECT_GT(verdicts.holds, verdicts.runs / 2) << protocol.text.name;
    EXPECT_GT(count(*runner, fault_named("crash")), 0U) << protocol.text.name;
  }
}

TEST(TheDefaultRuns, OfTwoPhaseCommitAndPaxosCommitSeeEveryFault) {
  for (const char* protocol : {"two_phase_commit", "paxos_commit"}) {
    const auto runner = runner_of(protocol);
    EXPECT_EQ(verdicts_of(*runner, 3000).first(), "");
    for (std::size_t i = 0; i < fault_count; ++i) {
      const auto fault = static_cast<Fault>(i);
      // Nodes are not told of their writes; and what no protocol claims to bear is not drawn.
      const bool can_happen =
          fault != fault_named("fail_write") && fault != fault_named("stale_read");
      EXPECT_EQ(count(*runner, fault) > 0, can_happen) << protocol << ": " << text_of(fault).name;
      EXPECT_EQ(runner->fault_enabled_counts()[i] > 0, can_happen) << text_of(fault).name;
    }
  }
}

TEST(TheDefaultRuns, OfThreePhaseCommitSeeNodesThatStopAndMessagesThatComeTwiceAndNothingElse) {
  const auto runner = runner_of("three_phase_commit");
  const Verdicts verdicts = verdicts_of(*runner, 3000);
  EXPECT_EQ(verdicts.first(), "");
  constexpr auto restarted = static_cast<unsigned>(atomic_commit::Probe::restarted);
  EXPECT_EQ(verdicts.probes >> restarted & 1U, 0U) << "who stops stays so";
  for (const Fault fault :
       {fault_named("crash"), fault_named("crash_forever"), fault_named("crash_mid_effects"),
        fault_named("lose_write"), fault_named("keep_write"), fault_named("duplicate")}) {
    EXPECT_GT(count(*runner, fault), 0U) << text_of(fault).name;
  }
  for (const Fault fault :
       {fault_named("delay"), fault_named("slow_link"), fault_named("drop"),
        fault_named("slow_write"), fault_named("cut_two_way"), fault_named("cut_one_way"),
        fault_named("cut_alone"), fault_named("cut_halves"), fault_named("cut_ring"),
        fault_named("cut_forever"), fault_named("pause"), fault_named("skew")}) {
    EXPECT_EQ(count(*runner, fault), 0U) << text_of(fault).name;
  }
}

TEST(TheDefaultRuns, ReachEveryProbeThatTheProtocolCanReach) {
  const auto bit = [](atomic_commit::Probe probe) {
    return std::uint64_t{1} << static_cast<unsigned>(probe);
  };
  const std::uint64_t all = bit(atomic_commit::Probe::count) - 1;
  EXPECT_EQ(verdicts_of(*runner_of("two_phase_commit"), 3000).probes, all);
  EXPECT_EQ(verdicts_of(*runner_of("paxos_commit"), 3000).probes, all);
  EXPECT_EQ(verdicts_of(*runner_of("three_phase_commit"), 3000).probes,
            all - bit(atomic_commit::Probe::restarted))
      << "who stops stays so";
}

// Two-phase commit: atomic everywhere, but it blocks.

TEST(TwoPhaseCommit, BlocksWhereItsCoordinatorIsGoneForGood) {
  const auto runner = runner_of("two_phase_commit", "accident_crash");
  const Verdicts verdicts = verdicts_of(*runner, 2000);
  EXPECT_GT(verdicts.violated.at("termination"), 100U);
  EXPECT_EQ(verdicts.violated.size(), 1U) << "it blocks, and nothing worse";
  EXPECT_EQ(verdicts.outside, verdicts.violated.at("termination"));
  for (const std::string& finding : verdicts.findings) {
    ASSERT_THAT(finding,
                AllOf(StartsWith("blocked: "), HasSubstr(" cannot decide"), HasSubstr(" for {n1"),
                      HasSubstr("; outside the fault model: a node crashed")));
  }
  EXPECT_LT(verdicts.violated.at("termination"), count(*runner, fault_named("crash")) / 2)
      << "not whenever a node is gone";
  expect_replays(*runner, verdicts);
}

TEST(TwoPhaseCommit, BlocksWhoVotedYesBeforeItsCoordinatorCouldDecide) {
  constexpr auto probe =
      static_cast<unsigned>(atomic_commit::Probe::coordinator_crashed_before_deciding);
  const auto runner = runner_of("two_phase_commit", "accident_crash");
  std::uint64_t blocked = 0;
  for (std::uint64_t seed = 1; seed <= 2000; ++seed) {
    const RunReport run = runner->run(seed);
    const bool is_between = (run.probes >> probe & 1U) != 0;
    const bool has_prepared = run.finding.text.find(" voted yes), and wait") != std::string::npos;
    blocked += is_between && has_prepared ? 1U : 0U;
  }
  EXPECT_GT(blocked, 100U);
}

TEST(TwoPhaseCommit, HoldsUnderEveryOtherAccident) {
  for (const std::string& accident : accidents) {
    if (accident != "accident_crash") {
      const Verdicts verdicts = verdicts_of(*runner_of("two_phase_commit", accident), 1000);
      EXPECT_EQ(verdicts.first(), "") << accident;
      EXPECT_EQ(verdicts.holds, verdicts.runs) << accident;
    }
  }
}

// Three-phase commit: neither splits nor blocks where its fault model holds, and splits elsewhere.

TEST(ThreePhaseCommit, NeitherSplitsNorBlocksWhereNodesStopAndTimeOutsAreTrue) {
  for (const char* accident : {"accident_none", "accident_crash", "accident_duelling"}) {
    const auto runner = runner_of("three_phase_commit", accident);
    const Verdicts verdicts = verdicts_of(*runner, 3000);
    EXPECT_EQ(verdicts.first(), "") << accident;
    EXPECT_EQ(verdicts.holds, verdicts.runs) << accident;
  }
}

TEST(ThreePhaseCommit, DoesNotBlockInTheVeryRunsInWhichTwoPhaseCommitDoes) {
  const auto two = runner_of("two_phase_commit", "accident_crash");
  const auto three = runner_of("three_phase_commit", "accident_crash");
  for (const std::uint64_t seed : verdicts_of(*two, 300).seeds_violated) {
    EXPECT_EQ(three->run(seed).verdict, Verdict::holds) << "seed " << seed;
  }
}

TEST(ThreePhaseCommit, SplitsOutsideItsFaultModelAndIsToldSo) {
  const std::array<std::array<const char*, 2>, 3> cases = {{
      {"accident_cut", "a link was cut"},
      {"accident_slow_node", "a node stood still"},
      {"accident_crash_recover", "a crashed node came back"},
  }};
  for (const auto& [accident, cause] : cases) {
    const auto runner = runner_of("three_phase_commit", accident);
    const Verdicts verdicts = verdicts_of(*runner, 3000);
    ASSERT_FALSE(verdicts.findings.empty()) << accident;
    EXPECT_GT(verdicts.violated.at("atomicity"), 0U) << accident;
    EXPECT_EQ(verdicts.outside, verdicts.findings.size()) << accident;
    for (const std::string& finding : verdicts.findings) {
      EXPECT_THAT(finding, AllOf(HasSubstr("; outside the fault model: "), HasSubstr(cause)))
          << accident;
    }
    expect_replays(*runner, verdicts);
  }
}

TEST(ThreePhaseCommit, SplitsBehindASlowCoordinatorTakenForDead) {
  const auto runner = runner_of("three_phase_commit", "accident_slow_node");
  const Verdicts verdicts = verdicts_of(*runner, 3000);
  const bool is_coordinator = std::any_of(
      verdicts.seeds_violated.begin(), verdicts.seeds_violated.end(), [&](std::uint64_t seed) {
        const Trace trace = runner->record(seed);
        const auto paused = [](const TraceStep& step) {
          const JsonFields fields = step.fields.unpacked();
          return step.kind == "pause" && *text_of(fields.json(), "node") == "n1";
        };
        return std::any_of(trace.steps.begin(), trace.steps.end(), paused);
      });
  EXPECT_TRUE(is_coordinator);
}

// Paxos and Paxos Commit: safe under all of them, and live once healed.

TEST(PaxosAndPaxosCommit, HoldUnderEveryAccident) {
  for (const char* protocol : {"paxos", "paxos_commit"}) {
    for (const std::string& accident : accidents) {
      const Verdicts verdicts = verdicts_of(*runner_of(protocol, accident), 1000);
      EXPECT_EQ(verdicts.first(), "") << protocol << " under " << accident;
      EXPECT_EQ(verdicts.holds, verdicts.runs) << protocol << " under " << accident;
    }
  }
}

// Inside the fault model nothing is ever excused.

TEST(ABug, IsNotExcusedInARunInsideTheFaultModel) {
  for (const char* protocol : {"two_phase_commit", "three_phase_commit", "paxos_commit"}) {
    std::uint64_t found = 0;
    for (const MutantText& mutant : protocol_named(protocol).mutants()) {
      if (mutant.kind != MutantKind::bug) {
        continue;
      }
      const auto runner = runner_of(protocol, {}, {std::string(mutant.slug)});
      const Verdicts verdicts = verdicts_of(*runner, 300);
      EXPECT_EQ(verdicts.outside, 0U) << mutant.slug << ": " << verdicts.first();
      found += verdicts.findings.size();
    }
    EXPECT_GT(found, 30U) << protocol;
  }
}

// Clusters of any size.

TEST(ATransaction, CanHaveNoParticipantAtAll) {
  for (const char* protocol : {"two_phase_commit", "three_phase_commit", "paxos_commit"}) {
    RunChoices choices;
    choices.protocol = protocol;
    choices.scenario = std::make_shared<Trace>(parse_trace(
        R"({"format": "synod run", "version": 1, "swarm": true,
            "configuration": {"node_count": 1, "client_count": 1}})",
        "one.json"));
    const auto runner = make_runner(choices);
    EXPECT_EQ(verdicts_of(*runner, 200).first(), "") << protocol;
  }
}

}  // namespace
}  // namespace synod
