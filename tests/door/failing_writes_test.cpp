// Writes that fail, for a protocol whose nodes are told of them: a fault like any other, in
// campaigns, traces, stories and verbs. And the luck that it asks for.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "properties/fault_model.h"
#include "scenarios/explain/explanation.h"
#include "scenarios/explain/given.h"
#include "scenarios/format/step_json.h"
#include "scenarios/format/trace.h"
#include "scenarios/play/find_again.h"
#include "scenarios/run/runner.h"
#include "scenarios/shrink/simpler.h"
#include "sim/world/engine.h"
#include "tests/door/door_testing.h"
#include "tests/door/first_durable.h"
#include "tools/campaign/campaign.h"

namespace synod {
namespace {

using door_testing::first_failure;
using door_testing::shrunk_failure;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

using P = first_durable::Protocol;
constexpr std::string_view bug = "fd-takes-every-write-for-done";
constexpr NodeId n1{0};

RunChoices correct() { return door_testing::runs_of(P::name, {}); }
RunChoices planted() { return door_testing::runs_of(P::name, {std::string(bug)}); }

/// Everything is drawn but these fields.
RunChoices with_fields(RunChoices choices, const std::string& fields) {
  choices.scenario = std::make_shared<Trace>(parse_trace(
      fmt::format(R"({{"format": "synod run", "version": 1, "protocol": "{}", "swarm": true,)"
                  R"("configuration": {{{}}}}})",
                  P::name, fields),
      "fields.json"));
  return choices;
}

CampaignReport campaign(RunChoices choices, std::uint64_t seeds) {
  CampaignOptions options;
  options.choices = std::move(choices);
  options.seeds = seeds;
  const std::atomic<bool> interrupt = false;
  return run_campaign(options, Stop(interrupt), [](const CampaignProgress&) {});
}

std::uint64_t failures_in(const CampaignReport& report) {
  return report.faults[static_cast<std::size_t>(fault_named("fail_write"))];
}

std::size_t failures_in(const Trace& trace) {
  return static_cast<std::size_t>(std::ranges::count(
      trace.steps, FailWriteStep::name, [](const TraceStep& step) { return step.kind; }));
}

// ---- In campaigns -------------------------------------------------------------------------------

TEST(FailingWrites, FindTheBugThatSpeaksAfterOne) {
  const CampaignReport report = campaign(planted(), 1000);
  ASSERT_EQ(report.verdict, Verdict::violated);
  ASSERT_THAT(report.violations, testing::SizeIs(1));
  EXPECT_EQ(report.violations[0].property, "agreement");
  const Trace trace = make_runner(planted())->record(report.violations[0].seed);
  EXPECT_GT(failures_in(trace), 0U);
}

TEST(FailingWrites, AloneFindIt) {
  const CampaignReport report = campaign(with_fields(planted(), R"("fail_write": "0/1")"), 1000);
  EXPECT_EQ(report.verdict, Verdict::holds) << report.inconclusive;
  EXPECT_EQ(failures_in(report), 0U);
}

TEST(FailingWrites, AreBorneByWhoAttendsToThem) {
  const CampaignReport report = campaign(correct(), 3000);
  EXPECT_EQ(report.verdict, Verdict::holds) << report.inconclusive;
  EXPECT_GT(failures_in(report), 100U);
  const std::uint64_t enabled =
      report.faults_enabled[static_cast<std::size_t>(fault_named("fail_write"))];
  EXPECT_GT(enabled, report.runs / 4);
  EXPECT_LT(enabled, report.runs * 3 / 4);
}

TEST(FailingWrites, AreOverOnceTheWorldIsHealed) {
  const auto runner = make_runner(with_fields(
      correct(), R"("fail_write": "1/1", "ending": "healed", "chaos": 300, "disk": "5..9")"));
  std::size_t failures = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    EXPECT_EQ(runner->run(seed).verdict, Verdict::holds) << "a write was durable in the end";
    const Trace trace = runner->record(seed);
    failures += failures_in(trace);
    for (const TraceStep& step : trace.steps) {
      EXPECT_FALSE(step.kind == FailWriteStep::name && step.at.ticks > 300) << seed;
    }
  }
  EXPECT_GT(failures, 200U);
}

/// Of the delays, losses and crashes of a seed none is another because a write fails.
TEST(FailingWrites, MoveNoOtherDraw) {
  const Trace without = make_runner(with_fields(correct(), R"("fail_write": "0/1")"))->record(7);
  const Trace with = make_runner(with_fields(correct(), R"("fail_write": "1/1")"))->record(7);
  const auto first = std::ranges::find(with.steps, FailWriteStep::name,
                                       [](const TraceStep& step) { return step.kind; });
  ASSERT_NE(first, with.steps.end());
  const auto until = static_cast<std::size_t>(first - with.steps.begin());
  ASSERT_GT(without.steps.size(), until);
  EXPECT_TRUE(std::equal(with.steps.begin(), first, without.steps.begin()));
  EXPECT_EQ(without.steps[until].kind, FinishWriteStep::name);
  EXPECT_EQ(without.steps[until].at, first->at) << "only what becomes of it is";
}

// ---- In traces and stories ----------------------------------------------------------------------

TEST(FailingWrites, AreReadAsTheyWereWritten) {
  Trace trace = make_runner(planted())->record(1);
  trace.configuration.fail_write = {2, 7};
  trace.configured.json()["fail_write"] = "2/7";
  trace.steps.insert(trace.steps.begin(), to_trace_step<P>({{}, FailWriteStep{n1}}));
  EXPECT_EQ(parse_trace(format_trace(trace), "t.json"), trace);
}

TEST(FailingWrites, AreLeftOutByTheShrinkerWhereOneIsEnough) {
  const auto runner = make_runner(with_fields(planted(), R"("fail_write": "1/2")"));
  const Trace trace = first_failure(*runner);
  ASSERT_GT(failures_in(trace), 1U);
  const OnShrink on_progress = [](const auto&...) { return true; };
  const ShrinkReport report = runner->shrink(trace, 20'000, on_progress);
  EXPECT_EQ(report.why_original, "");
  EXPECT_EQ(failures_in(report.trace), 1U);
  EXPECT_EQ(runner->replay(report.trace, nullptr).finding.property, "agreement");
}

TEST(FailingWrites, AreLeftOutByTheShrinkerWhereAWriteThatIsDurableDoesAsWell) {
  EXPECT_THAT(simpler_than<P>(FailWriteStep{n1}), ElementsAre(Action<P>(FinishWriteStep{n1})));
}

TEST(FailingWrites, AreToldInTheLogAndExplained) {
  const auto runner = make_runner(planted());
  const Trace trace = shrunk_failure(*runner);
  std::string log;
  const Log add = [&](const std::string& line) { log += line + "\n"; };
  runner->replay(trace, &add);
  EXPECT_THAT(log, HasSubstr("n1's write fails\n"));
  EXPECT_THAT(log, HasSubstr("  not on n1's disk: kept blue\n"));
  const Chronicle chronicle = runner->chronicle(trace);
  const std::string text = plain_text(explain(chronicle, 7), chronicle);
  EXPECT_THAT(text, HasSubstr("The write of kept blue at n1 failed, and n1 sent kept (value blue) "
                              "to "));
  EXPECT_THAT(text, HasSubstr("n1's write failed.\n"));
  EXPECT_THAT(text, HasSubstr("So n1 went on to send kept (value blue) to "));
  EXPECT_THAT(text, HasSubstr("first_durable would not.\n"));
  EXPECT_THAT(text, Not(HasSubstr("timer luck")));
}

TEST(FailingWrites, AreAnAccidentOfTheirOwn) {
  AccidentWatch<P> watch;
  watch.start(Duration{10}, Duration{10});
  const World<P> world;
  const P::Durable disk;
  const P::Durable missed{{1}};
  watch.on(world, WriteIssued{n1, 1});
  EXPECT_TRUE(watch.happened().is_empty());
  watch.on(world, WritesFailed<P>{n1, 1, disk, missed});
  EXPECT_EQ(beyond(AccidentSet::of({Accident::crash}), watch.happened()), "a write failed");
  EXPECT_EQ(beyond(AccidentSet::all(), watch.happened()), "");
}

TEST(FailingWrites, AreDrawnInWhatMightHaveBeen) {
  const auto runner = make_runner(planted());
  const Trace trace = shrunk_failure(*runner);
  const auto failed = std::ranges::find(trace.steps, FailWriteStep::name,
                                        [](const TraceStep& step) { return step.kind; });
  ASSERT_NE(failed, trace.steps.end());
  const auto index = static_cast<std::size_t>(failed - trace.steps.begin());
  const WhatIf what_if = runner->what_if(trace, {.samples = 200, .without = {}}, {});
  EXPECT_GT(what_if.at_the_start.violated, 0U) << "it comes again, without that step";
  ASSERT_GT(what_if.steps.size(), index);
  EXPECT_GT(what_if.steps[index].violated, what_if.at_the_start.violated);
}

// ---- Luck ---------------------------------------------------------------------------------------

TEST(AskedForLuck, IsMadeSmallerByTheShrinker) {
  const auto numbers = [](std::uint32_t number) {
    std::vector<std::uint32_t> simpler;
    for (const Action<P>& action : simpler_than<P>(LuckStep{n1, number})) {
      simpler.push_back(std::get<LuckStep>(action).number);
    }
    return simpler;
  };
  EXPECT_THAT(numbers(0), IsEmpty());
  EXPECT_THAT(numbers(1), ElementsAre(0));
  EXPECT_THAT(numbers(9), ElementsAre(0, 5, 7, 8));
}

struct Nobody {
  void on(const World<P>& /*world*/, const auto& /*event*/) {}
};

TEST(AskedForLuck, IsOneOfTheNumbersThatThereAreWhereAStepIsTakenLoosely) {
  Nobody nobody;
  P::Config config;
  config.node_count = 1;
  Engine<P, Nobody> engine(config, nobody);
  World<P> world;
  engine.start(world, 1, 1);
  Action<P> action = LuckStep{n1, 9};
  find_again<P>(world, action);
  EXPECT_EQ(action, Action<P>(LuckStep(n1, 9))) << "it has asked for none";
  ASSERT_TRUE(engine.apply(world, {{}, FireStep<P>{n1, first_durable::Timer::patience}}));
  find_again<P>(world, action);
  EXPECT_EQ(action, Action<P>(LuckStep(n1, 1)));
  EXPECT_TRUE(engine.apply(world, {{}, action}));
}

TEST(AskedForLuck, IsToldAsANumberDrawn) {
  const auto runner = make_runner(with_fields(correct(), R"("drop": "1/2")"));
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const Chronicle chronicle = runner->chronicle(runner->record(seed));
    const auto drawn = std::ranges::find(chronicle.steps, LuckStep::name, &Chronicle::Step::kind);
    if (drawn != chronicle.steps.end()) {
      EXPECT_THAT(happening_text(*drawn), testing::MatchesRegex("n[1-9] drew [01]"));
      return;
    }
  }
  ADD_FAILURE() << "nobody asked";
}

// ---- By the verbs -------------------------------------------------------------------------------

using FailingWritesByVerb = door_testing::Verbs;

TEST_F(FailingWritesByVerb, AreListedAndCounted) {
  EXPECT_EQ(call({"list", "faults"}), 0);
  EXPECT_THAT(printed_, HasSubstr("fail_write"));
  EXPECT_EQ(call({"fuzz", "--protocol", "first_durable", "--seeds", "300", "--jobs", "1"}), 0);
  EXPECT_THAT(printed_, testing::ContainsRegex(" %)  fail_write +a disk write fails"));
  EXPECT_EQ(call({"fuzz", "--protocol", "first_wins", "--seeds", "300", "--jobs", "1"}), 0);
  EXPECT_THAT(printed_, Not(HasSubstr("fail_write"))) << "whose nodes are not told";
}

TEST_F(FailingWritesByVerb, AreFixedByAScenario) {
  const auto scenario = [](std::string_view protocol) {
    return fmt::format(R"({{"format": "synod run", "version": 1, "protocol": "{}",)"
                       R"("configuration": {{"fail_write": "1/1"}}}})",
                       protocol);
  };
  write("told.json", scenario("first_durable"));
  EXPECT_EQ(call({"run", "--scenario", file("told.json"), "--seed", "3", "--log"}), 0);
  EXPECT_THAT(printed_, HasSubstr("n1's write fails"));
  write("untold.json", scenario("first_wins"));
  EXPECT_THAT([&] { static_cast<void>(read_trace(file("untold.json"))); },
              testing::ThrowsMessage<InputError>(testing::EndsWith(
                  R"(configuration.fail_write: "1/1" cannot come about: nodes of first_wins are )"
                  "not told of their writes, so none may fail: leave it out")));
}

TEST_F(FailingWritesByVerb, AreShownAndExported) {
  write("shrunk.json", format_trace(shrunk_failure(*make_runner(planted()))));
  EXPECT_EQ(call({"explain", file("shrunk.json")}), 1);
  EXPECT_EQ(call({"whatif", file("shrunk.json"), "--samples", "1"}), 0);
  EXPECT_EQ(call({"view", file("shrunk.json"), "--out", file("page.html")}), 0);
  for (const char* format : {"mermaid", "shiviz", "perfetto", "dot", "chronicle"}) {
    EXPECT_EQ(call({"export", file("shrunk.json"), "--to", format}), 0) << format;
    EXPECT_THAT(printed_, testing::AnyOf(HasSubstr("n1's write fails"), HasSubstr("fail_write")))
        << format;
  }
}

}  // namespace
}  // namespace synod
