// Where some cuts stay, each protocol says of which nodes it promises that they decide all the
// same; these do, and of no others anything is demanded.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "scenarios/format/trace.h"
#include "scenarios/format/undemanded.h"
#include "scenarios/run/runner.h"

namespace synod {
namespace {

using ::testing::HasSubstr;

constexpr std::uint64_t seeds = 300;

/// n1 and n3 never reach each other, n2 reaches both. The coordinator is n1.
constexpr std::string_view chain =
    R"("faults": [{"at": 0, "fault": "cut", "between": ["n1"], "and": ["n3"]}])";
/// Nobody reaches n1.
constexpr std::string_view first_apart =
    R"("faults": [{"at": 0, "fault": "cut", "between": ["n1"], "and": ["n2", "n3"]}])";

RunChoices choices_for(std::string_view protocol, std::string_view faults) {
  RunChoices choices;
  choices.protocol = protocol;
  choices.scenario = std::make_shared<Trace>(parse_trace(
      fmt::format(R"({{"format": "synod run", "version": 1, "protocol": "{}", "swarm": true,
        "configuration": {{"node_count": 3, "ending": "partitioned"}}, {}}})",
                  protocol, faults),
      "t.json"));
  return choices;
}

struct Sums {
  std::uint64_t demanded = 0;
  std::uint64_t nobody_connected = 0;
  std::uint64_t violated = 0;
  std::string first;
};
Sums sums_of(std::string_view protocol, std::string_view faults,
             const std::vector<std::string>& mutants = {}) {
  RunChoices choices = choices_for(protocol, faults);
  choices.mutants = mutants;
  const auto runner = make_runner(choices);
  Sums sums;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const RunReport run = runner->run(seed);
    sums.demanded += run.undemanded == Undemanded::is_demanded ? 1U : 0U;
    sums.nobody_connected += run.undemanded == Undemanded::nobody_connected ? 1U : 0U;
    if (run.verdict == Verdict::violated && sums.violated++ == 0) {
      sums.first = fmt::format("seed {}: {}: {}", seed, run.finding.property, run.finding.text);
    }
  }
  return sums;
}

TEST(LastingCuts, InAChainEveryPaxosNodeReachesAQuorumOrMustNotDecide) {
  const Sums sums = sums_of("paxos", chain);
  EXPECT_EQ(sums.violated, 0U) << sums.first;
  EXPECT_GT(sums.demanded, seeds * 9 / 10);
}

TEST(LastingCuts, TwoPhaseCommitPromisesWhoReachesTheCoordinator) {
  for (const std::string_view faults : {chain, first_apart}) {
    const Sums sums = sums_of("two_phase_commit", faults);
    EXPECT_EQ(sums.violated, 0U) << sums.first;
    EXPECT_GT(sums.demanded, seeds * 9 / 10) << "of the coordinator itself, whatever is cut";
  }
}

TEST(LastingCuts, PaxosCommitPromisesWhoReachesMostAcceptors) {
  for (const std::string_view faults : {chain, first_apart}) {
    const Sums sums = sums_of("paxos_commit", faults);
    EXPECT_EQ(sums.violated, 0U) << sums.first;
    EXPECT_GT(sums.demanded, seeds / 2);
  }
}

/// It takes whom it does not hear for dead.
TEST(LastingCuts, ThreePhaseCommitPromisesNothingThen) {
  const Sums sums = sums_of("three_phase_commit", chain);
  EXPECT_EQ(sums.demanded, 0U);
  EXPECT_GT(sums.nobody_connected, 0U);
}

/// Who waits is named, with whom it reaches: in a trace, too, which replays as it was found.
TEST(LastingCuts, WhoDoesNotDecideAmidThemIsFound) {
  for (const auto& [protocol, mutant] :
       {std::pair{"paxos", "paxos.is_chosen-always-no"},
        std::pair{"paxos_commit", "paxos_commit.paxos.is_chosen-always-no"}}) {
    RunChoices choices = choices_for(protocol, chain);
    choices.mutants = {mutant};
    const auto runner = make_runner(choices);
    std::uint64_t found = 0;
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
      const RunReport run = runner->run(seed);
      if (run.finding.text.find("both ways") == std::string::npos) {
        continue;
      }
      ++found;
      const Trace trace = runner->record(seed);
      EXPECT_EQ(trace.demand.kind, Demand::Kind::connected_decide);
      const ReplayReport replay = runner->replay(trace, nullptr);
      EXPECT_EQ(replay.finding.text, run.finding.text);
      EXPECT_EQ(replay.fingerprint, run.fingerprint);
      break;
    }
    EXPECT_GT(found, 0U) << mutant;
  }
}

}  // namespace
}  // namespace synod
