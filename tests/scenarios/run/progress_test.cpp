// Progress is judged at the end of a healed run, by the runner: in time with everybody up, and on
// copies of the world for a single proposer with a single surviving quorum.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "core/paxos/node.h"
#include "scenarios/format/trace.h"
#include "scenarios/mutants/mutant.h"
#include "scenarios/run/runner.h"

namespace synod {
namespace {

using ::testing::HasSubstr;

bool accept_nothing_promised(const paxos::Durable& acceptor, Ballot ballot, Value /*value*/) {
  return ballot > acceptor.promised;
}

/// An acceptor is pinned to its first value for ever: safe, and a split survives every retry.
bool accept_first_value_only(const paxos::Durable& acceptor, Ballot ballot, Value value) {
  return ballot >= acceptor.promised && (acceptor.vote.is_none() || acceptor.vote.value == value);
}

const RegisteredMutant<paxos::Protocol> never_votes({
    .text = {.slug = "test-never-votes",
             .about = "",
             .source = "",
             .faults = "",
             .property = "",
             .cluster = ""},
    .plant = [](paxos::Config& config) { config.rules.may_accept = &accept_nothing_promised; },
});
const RegisteredMutant<paxos::Protocol> pinned({
    .text = {.slug = "test-pinned",
             .about = "",
             .source = "",
             .faults = "",
             .property = "",
             .cluster = ""},
    .plant = [](paxos::Config& config) { config.rules.may_accept = &accept_first_value_only; },
});

RunChoices with(const std::string& mutant) {
  RunChoices choices;
  choices.mutants = {mutant};
  return choices;
}

/// The first seed whose run breaks this property, if there is one.
std::optional<std::uint64_t> seed_that_breaks(Runner& runner, std::string_view property,
                                              std::uint64_t seeds) {
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const RunReport run = runner.run(seed);
    if (run.verdict == Verdict::violated && run.finding.property == property) {
      return seed;
    }
  }
  return std::nullopt;
}

TEST(Progress, IsBrokenByAcceptorsThatNeverVote) {
  const auto runner = make_runner(with("test-never-votes"));
  const auto seed = seed_that_breaks(*runner, "progress", 50);
  ASSERT_TRUE(seed);
  const Trace trace = runner->record(*seed);
  EXPECT_EQ(trace.demand.kind, Demand::Kind::everybody_decides);
  EXPECT_THAT(trace.expect->finding, HasSubstr("waits for an answer"));
  EXPECT_THAT(trace.expect->finding, HasSubstr("n1 has learned nothing"));
}

TEST(Progress, IsBrokenByOneProposerThatCannotDecideAlone) {
  const auto runner = make_runner(with("test-pinned"));
  std::optional<Trace> alone;
  for (std::uint64_t seed = 1; seed <= 2000 && !alone; ++seed) {
    const RunReport run = runner->run(seed);
    if (run.finding.property == "progress" && run.finding.text.find("alone") != std::string::npos) {
      alone = runner->record(seed);
    }
  }
  ASSERT_TRUE(alone) << "although every client was answered and every node had learned";
  EXPECT_EQ(alone->demand.kind, Demand::Kind::one_decides);
}

TEST(Progress, FailsAgainWhenItsTraceIsReplayed) {
  for (const char* mutant : {"test-never-votes", "test-pinned"}) {
    const auto runner = make_runner(with(mutant));
    const auto seed = seed_that_breaks(*runner, "progress", 2000);
    ASSERT_TRUE(seed) << mutant;
    const Trace trace = parse_trace(format_trace(runner->record(*seed)), "trace.json");
    const ReplayReport replay = runner->replay(trace, nullptr);
    EXPECT_EQ(replay.verdict, Verdict::violated) << mutant;
    EXPECT_EQ(replay.finding.property, "progress") << mutant;
    EXPECT_EQ(replay.finding.text, trace.expect->finding) << mutant;
    EXPECT_EQ(replay.steps_skipped, 0) << mutant;
  }
}

TEST(Progress, IsNotAskedOfAWorldThatStaysBroken) {
  const auto runner = make_runner(with("test-never-votes"));
  std::uint64_t broken = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const RunReport run = runner->run(seed);
    if (run.ending == Ending::broken) {
      ++broken;
      EXPECT_EQ(run.verdict, Verdict::inconclusive) << "seed " << seed;
    } else {
      EXPECT_EQ(run.verdict, Verdict::violated) << "seed " << seed;
    }
  }
  EXPECT_GT(broken, 50);
}

TEST(Progress, HoldsForPaxos) {
  const auto runner = make_runner({});
  std::uint64_t healed = 0;
  for (std::uint64_t seed = 1; seed <= 3000; ++seed) {
    const RunReport run = runner->run(seed);
    ASSERT_NE(run.verdict, Verdict::violated) << "seed " << seed << ": " << run.finding.text;
    if (run.ending == Ending::healed) {
      ++healed;
      ASSERT_EQ(run.verdict, Verdict::holds) << "seed " << seed << ": " << run.inconclusive;
    }
  }
  EXPECT_GT(healed, 1000);
}

}  // namespace
}  // namespace synod
