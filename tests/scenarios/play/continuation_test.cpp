// After the list of steps: fair and free of new faults, so that a protocol that can decide does,
// and a violation that the list prepared still comes.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "scenarios/format/trace.h"
#include "scenarios/run/runner.h"

namespace synod {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

RunChoices of(const std::string& protocol, const std::vector<std::string>& mutants = {}) {
  RunChoices choices;
  choices.protocol = protocol;
  choices.mutants = mutants;
  return choices;
}

/// The first `steps` steps of a drawn run, to go on from there.
Trace beginning(const Trace& whole, std::size_t steps, Demand::Kind demand) {
  Trace trace = whole;
  trace.steps.resize(steps);
  trace.demand = {.kind = demand};
  trace.settles = true;
  return trace;
}

/// Wherever a run of the correct protocol stops, the continuation comes to the decision.
void expect_decisions_from_anywhere(const std::string& protocol, Demand::Kind demand) {
  const auto runner = make_runner(of(protocol));
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    const Trace whole = runner->record(seed);
    for (std::size_t cut = 0; cut <= 8; ++cut) {
      const std::size_t steps = whole.steps.size() * cut / 8;
      const ReplayReport report = runner->replay(beginning(whole, steps, demand), nullptr);
      if (report.inconclusive == "\"survivors decide\" cannot be asked of {}") {
        continue;  // nobody has survived
      }
      ASSERT_EQ(report.verdict, Verdict::holds)
          << protocol << ", seed " << seed << ", after " << steps
          << " steps: " << report.inconclusive << report.finding.text;
    }
  }
}

TEST(Continuation, OfPaxosDecidesFromAnywhere) {
  expect_decisions_from_anywhere("paxos", Demand::Kind::everybody_decides);
}
TEST(Continuation, OfTwoPhaseCommitDecidesFromAnywhere) {
  expect_decisions_from_anywhere("two_phase_commit", Demand::Kind::everybody_decides);
}
TEST(Continuation, OfPaxosCommitDecidesFromAnywhere) {
  expect_decisions_from_anywhere("paxos_commit", Demand::Kind::everybody_decides);
}
TEST(Continuation, OfThreePhaseCommitDecidesFromAnywhereAmongThoseThatAreUp) {
  expect_decisions_from_anywhere("three_phase_commit", Demand::Kind::survivors_decide);
}

TEST(Continuation, IsTheSameEveryTime) {
  const auto runner = make_runner(of("paxos"));
  const Trace trace = beginning(runner->record(7), 20, Demand::Kind::nothing);
  const ReplayReport first = runner->replay(trace, nullptr);
  static_cast<void>(runner->run(99));
  const ReplayReport second = runner->replay(trace, nullptr);
  EXPECT_GT(first.steps_after, 0);
  EXPECT_EQ(first.fingerprint, second.fingerprint);
  EXPECT_EQ(first.steps_after, second.steps_after);
}

TEST(Continuation, IsNoPartOfTheListWhenTheRunIsWrittenDown) {
  const auto runner = make_runner(of("paxos"));
  const Trace trace = beginning(runner->record(7), 20, Demand::Kind::everybody_decides);
  const ReplayReport report = runner->replay(trace, nullptr);
  const Trace written = runner->last_replayed();
  EXPECT_TRUE(written.settles);
  EXPECT_EQ(written.steps, trace.steps);
  EXPECT_EQ(runner->replay(written, nullptr).fingerprint, report.fingerprint);
}

Trace parse(const std::string& configuration, const std::string& demand, const std::string& steps) {
  return parse_trace(
      R"({"format": "synod run", "version": 1, "settles": true, "configuration": {)" +
          configuration + R"(}, "demand": ")" + demand + R"(", "steps": [)" + steps + "]}",
      "t.json");
}

/// Requests and a cut, and not one message: as after an edit that renamed them all.
TEST(Continuation, KeepsACutBeforeItHealsIt) {
  const Trace trace = parse(R"("node_count": 4, "client_count": 2)", "nothing", R"(
    {"at": 0, "step": "cut", "from": ["n1", "n2"], "to": ["n3", "n4"]},
    {"at": 0, "step": "cut", "from": ["n3", "n4"], "to": ["n1", "n2"]},
    {"at": 1, "step": "request", "client": "c1", "number": 1, "to": "n1",
     "operation": "write", "value": "red"},
    {"at": 1, "step": "request", "client": "c2", "number": 1, "to": "n3",
     "operation": "write", "value": "blue"})");
  const ReplayReport broken = make_runner(of("paxos", {"sd-quorum-half"}))->replay(trace, nullptr);
  EXPECT_EQ(broken.verdict, Verdict::violated);
  EXPECT_THAT(broken.finding.text, HasSubstr("on the promises of {n1, n2}: no phase-1 quorum"));
  EXPECT_EQ(make_runner(of("paxos"))->replay(trace, nullptr).verdict, Verdict::holds);
}

TEST(Continuation, JudgesADemandThatNoWaitingMeets) {
  const Trace trace = parse(R"("node_count": 3)", "everybody decides", R"(
    {"at": 1, "step": "request", "client": "c1", "number": 1, "to": "n1",
     "operation": "write", "value": "red"})");
  const ReplayReport broken =
      make_runner(of("paxos", {"sd-accept-strictly-greater"}))->replay(trace, nullptr);
  EXPECT_EQ(broken.verdict, Verdict::violated);
  EXPECT_EQ(broken.finding.property, "progress");
  EXPECT_EQ(make_runner(of("paxos"))->replay(trace, nullptr).verdict, Verdict::holds);
}

TEST(Continuation, IsNotUsedUpByWhatIsUnderWay) {
  Trace trace = parse(R"("node_count": 3)", "everybody decides", R"(
    {"at": 1, "step": "request", "client": "c1", "number": 1, "to": "n1",
     "operation": "write", "value": "red"},
    {"at": 2, "step": "deliver", "from": "c1", "to": "n1",
     "message": {"type": "request", "request": "c1#1", "operation": "write", "value": "red"}},
    {"at": 3, "step": "finish_write", "node": "n1"},
    {"at": 4, "step": "duplicate", "from": "n1", "to": "n2",
     "message": {"type": "prepare", "ballot": "1.n1", "value": "red"}})");
  const TraceStep duplicate = trace.steps.back();
  trace.steps.insert(trace.steps.end(), 20'000, duplicate);
  const ReplayReport report = make_runner(of("paxos"))->replay(trace, nullptr);
  EXPECT_EQ(report.steps_skipped, 0U);
  EXPECT_EQ(report.verdict, Verdict::holds) << report.finding.text;
}

TEST(Continuation, DoesNotAskOfTooFewWhatTheyCannotDo) {
  const std::string crashes = R"(
    {"at": 1, "step": "crash", "node": "n2"}, {"at": 1, "step": "crash", "node": "n3"})";
  for (const char* demand : {"survivors decide", "n1 decides", "n2 decides"}) {
    const Trace trace = parse(R"("node_count": 3)", demand, crashes);
    const ReplayReport report = make_runner(of("paxos"))->replay(trace, nullptr);
    EXPECT_EQ(report.verdict, Verdict::inconclusive);
    EXPECT_THAT(report.inconclusive, HasSubstr("cannot be asked of {n1}"));
  }
}

TEST(Continuation, RestartsNobodyWhereNodesThatComeBackAreOutsideTheFaultModel) {
  const std::string crash = R"({"at": 1, "step": "crash", "node": "n3"})";
  Trace trace = parse(R"("node_count": 3)", "nothing", crash);
  trace.protocol = "three_phase_commit";
  const auto runner = make_runner(of(trace.protocol));
  std::string story;
  const Log log = [&](const std::string& line) { story += line + '\n'; };
  EXPECT_EQ(runner->replay(trace, &log).verdict, Verdict::holds);
  EXPECT_THAT(story, Not(HasSubstr("restart")));
  EXPECT_THAT(story, HasSubstr("learns"));
}

}  // namespace
}  // namespace synod
