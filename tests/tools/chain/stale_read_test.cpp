// A disk that gives back an older state: off unless it is asked for, then found by the properties
// of every protocol that restarts from its disk, outside the fault model; shrunk, told and shown.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/explain/explanation.h"
#include "scenarios/format/trace.h"
#include "scenarios/run/runner.h"
#include "sim/world/swarm.h"
#include "tests/door/door_testing.h"

namespace synod {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Not;

const std::vector<std::string_view> protocols_that_restart = {"paxos", "two_phase_commit",
                                                              "paxos_commit"};

std::string scenario_for(std::string_view protocol) {
  return fmt::format(R"({{"format": "synod run", "version": 1, "protocol": "{}", "swarm": true,)"
                     R"("configuration": {{"crash_interval": "20..100", "crashed_max": 2,)"
                     R"("stale_read": "1/2"}}}})",
                     protocol);
}

RunChoices with_stale_reads(std::string_view protocol) {
  RunChoices choices;
  choices.protocol = protocol;
  choices.scenario = std::make_shared<Trace>(parse_trace(scenario_for(protocol), "stale.json"));
  return choices;
}

auto stale_reads_in(const Trace& trace) {
  return std::ranges::count(trace.steps, "stale_read", &TraceStep::kind);
}

/// The first of 200 runs that breaks safety.
Trace first_failure(Runner& runner) {
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    const RunReport report = runner.run(seed);
    if (report.verdict == Verdict::violated && report.finding.property != "progress" &&
        report.finding.property != "termination") {
      EXPECT_TRUE(report.is_outside_fault_model) << seed << ": " << report.finding.text;
      return runner.record(seed);
    }
  }
  ADD_FAILURE() << "none of 200 runs breaks safety";
  return {};
}

Trace shrunk_failure(std::string_view protocol) {
  const auto runner = make_runner(with_stale_reads(protocol));
  const OnShrink on_progress = [](const auto&...) { return true; };
  return runner->shrink(first_failure(*runner), 20'000, on_progress).trace;
}

TEST(StaleReads, AreNeverDrawnUnlessTheyAreAskedFor) {
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    EXPECT_TRUE(draw_configuration(Luck(seed)).stale_read.is_zero());
  }
  EXPECT_TRUE(uniform_configuration().stale_read.is_zero());
}

TEST(StaleReads, BreakTheSafetyOfEveryProtocolThatRestartsIn200Runs) {
  for (const std::string_view protocol : protocols_that_restart) {
    SCOPED_TRACE(protocol);
    const auto runner = make_runner(with_stale_reads(protocol));
    const Trace trace = first_failure(*runner);
    EXPECT_GT(stale_reads_in(trace), 0);
    EXPECT_EQ(runner->replay(trace, nullptr).verdict, Verdict::violated);
  }
}

TEST(StaleReads, AreKeptByTheShrinkerWhereTheyAreTheReason) {
  for (const std::string_view protocol : protocols_that_restart) {
    SCOPED_TRACE(protocol);
    const Trace shrunk = shrunk_failure(protocol);
    EXPECT_GE(stale_reads_in(shrunk), 1);
    EXPECT_LE(stale_reads_in(shrunk), 2);
    RunChoices choices;
    choices.protocol = protocol;
    const auto runner = make_runner(choices);
    EXPECT_EQ(runner->replay(shrunk, nullptr).verdict, Verdict::violated);
    Trace without = shrunk;
    std::erase_if(without.steps, [](const TraceStep& step) { return step.kind == "stale_read"; });
    EXPECT_NE(runner->replay(without, nullptr).verdict, Verdict::violated);
  }
}

// ---- By the verbs -------------------------------------------------------------------------------

using StaleReadsByVerb = door_testing::Verbs;

/// As it was before it was broken into lines.
std::string unwrapped(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool is_blank = c == ' ' || c == '\n';
    if (!is_blank || !line.ends_with(' ')) {
      line += is_blank ? ' ' : c;
    }
  }
  return line;
}

TEST_F(StaleReadsByVerb, AreListedAndCountedWhereTheyAreAskedFor) {
  EXPECT_EQ(call({"list", "faults"}), 0);
  EXPECT_THAT(printed_, HasSubstr("stale_read"));
  EXPECT_EQ(call({"list", "schema"}), 0);
  EXPECT_THAT(printed_, HasSubstr("step_stale_read"));
  EXPECT_EQ(call({"fuzz", "--seeds", "300", "--jobs", "1"}), 0);
  EXPECT_THAT(printed_, Not(HasSubstr("stale_read")));
  write("stale.json", scenario_for("paxos"));
  EXPECT_EQ(call({"fuzz", "--scenario", file("stale.json"), "--seeds", "200", "--jobs", "1",
                  "--out", file("traces")}),
            1);
  EXPECT_THAT(unwrapped(printed_), HasSubstr("outside the fault model"));
  EXPECT_THAT(printed_, HasSubstr("stale_read"));
}

TEST_F(StaleReadsByVerb, AreToldShownAndExported) {
  write("shrunk.json", format_trace(shrunk_failure("paxos")));
  EXPECT_EQ(call({"replay", file("shrunk.json"), "--log"}), 1);
  EXPECT_THAT(printed_, HasSubstr("'s disk gives back what it held before its latest write"));
  EXPECT_THAT(printed_, HasSubstr("a disk gave back an older state than its latest"));
  EXPECT_EQ(call({"explain", file("shrunk.json")}), 1);
  EXPECT_THAT(printed_, HasSubstr("'s disk gives back what it held before its latest write."));
  EXPECT_EQ(call({"whatif", file("shrunk.json"), "--samples", "1"}), 0);
  EXPECT_EQ(call({"view", file("shrunk.json"), "--out", file("page.html")}), 0);
  for (const char* format : {"mermaid", "shiviz", "perfetto", "dot", "chronicle"}) {
    EXPECT_EQ(call({"export", file("shrunk.json"), "--to", format}), 0) << format;
    EXPECT_THAT(printed_, AnyOf(HasSubstr("gives back what it held"), HasSubstr("stale_read")))
        << format;
  }
}

TEST_F(StaleReadsByVerb, AreRefusedWhereNoNodeCrashes) {
  write("calm.json", R"({"format": "synod run", "version": 1,)"
                     R"("configuration": {"stale_read": "1/2"}})");
  EXPECT_THAT(complaint({"fuzz", "--scenario", file("calm.json"), "--seeds", "1"}),
              HasSubstr("no node crashes: give one of them too"));
}

}  // namespace
}  // namespace synod
