// Shrunk traces: smaller, never another bug, and nothing in them that could go.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/format/trace.h"
#include "scenarios/protocols/paxos_options.h"
#include "scenarios/run/runner.h"
#include "scenarios/words/finding_shape.h"

namespace synod {
namespace {

using ::testing::HasSubstr;

constexpr std::uint64_t no_effort = 0;
constexpr std::uint64_t some_effort = 300'000;

struct Found {
  std::unique_ptr<Runner> runner;
  Trace trace;
};

/// The first failing seed from this one on.
Found find(const std::string& mutant, std::uint64_t seed = 1) {
  RunChoices choices;
  choices.protocol = protocol_of_mutant(mutant).text.name;
  choices.mutants = {mutant};
  Found found{make_runner(choices), {}};
  while (found.runner->run(seed).verdict != Verdict::violated) {
    ++seed;
  }
  found.trace = found.runner->record(seed);
  return found;
}

Trace without_step(const Trace& trace, std::size_t index) {
  Trace less = trace;
  less.steps.erase(less.steps.begin() + static_cast<std::ptrdiff_t>(index));
  return less;
}

bool are_alike(const Finding& a, const Finding& b) {
  return a.property == b.property && shape_of(a.text) == shape_of(b.text);
}

/// Bugs that show in each way there is, of each protocol; deep ones and shallow ones.
const std::vector<std::string>& mutants() {
  static const std::vector<std::string> slugs = {
      "sd-pick-own",     "sd-accept-no-check", "sd-promise-unwritten",        "sd-dup-accept",
      "sd-value-change", "sd-volatile-accept", "rd-fail-but-applied",         "sd-q2-too-small",
      "sd-ack-rejected", "c2-takeover-abort",  "c2-decision-not-logged",      "c3-no-pre-commit",
      "c3-majority",     "pc-ignores-reports", "pc-participant-reuses-ballot"};
  return slugs;
}

TEST(Shrinker, KeepsThePropertyAndTheShapeOfTheEvidence) {
  for (const std::string& mutant : mutants()) {
    SCOPED_TRACE(mutant);
    const Found found = find(mutant);
    const Finding before = found.runner->replay(found.trace, nullptr).finding;
    const ShrinkReport report = found.runner->shrink(found.trace, no_effort, {});
    EXPECT_EQ(report.why_original, "");
    const ReplayReport replayed = found.runner->replay(report.trace, nullptr);
    EXPECT_EQ(replayed.verdict, Verdict::violated);
    EXPECT_EQ(replayed.steps_skipped, 0U);
    EXPECT_TRUE(are_alike(replayed.finding, before)) << before.text << "\n"
                                                     << replayed.finding.text;
    EXPECT_LE(report.steps_after, report.steps_before);
    EXPECT_EQ(report.trace.steps.size(), report.steps_after);
    EXPECT_EQ(report.trace.expect->property, before.property);
  }
}

TEST(Shrinker, LeavesNoSingleStepThatCouldGo) {
  for (const std::string& mutant : mutants()) {
    SCOPED_TRACE(mutant);
    const Found found = find(mutant);
    const ShrinkReport report = found.runner->shrink(found.trace, no_effort, {});
    for (std::size_t i = 0; i < report.trace.steps.size(); ++i) {
      const ReplayReport less = found.runner->replay(without_step(report.trace, i), nullptr);
      EXPECT_FALSE(less.verdict == Verdict::violated && are_alike(less.finding, report.finding))
          << "steps[" << i << "] is not needed";
    }
  }
}

TEST(Shrinker, GetsShorterByDrawingOtherRuns) {
  std::size_t without = 0;
  std::size_t with = 0;
  for (const char* const mutant : {"sd-pick-own", "sd-volatile-accept", "sd-accept-no-bump"}) {
    const Found found = find(mutant);
    without += found.runner->shrink(found.trace, no_effort, {}).steps_after;
    with += found.runner->shrink(found.trace, 3'000'000, {}).steps_after;
  }
  EXPECT_LT(with, without);
}

TEST(Shrinker, ComesNearTheShortestThatExhaustiveSearchFinds) {
  // From scenarios/mutants/shortest.md.
  const std::vector<std::pair<std::string, std::size_t>> shortest = {
      {"sd-accept-no-check", 13}, {"sd-ballot-collision", 6},      {"sd-dup-promise", 8},
      {"sd-pick-own", 14},        {"sd-promise-unwritten", 5},     {"sd-q2-too-small", 9},
      {"sd-stale-promise", 7},    {"c2-heuristic-commit", 7},      {"c2-vote-not-durable", 15},
      {"c3-no-pre-commit", 11},   {"c3-abort-on-missing-ack", 24}, {"pc-abort-without-asking", 8}};
  std::vector<std::size_t> percent;
  for (const auto& [mutant, steps] : shortest) {
    const Found found = find(mutant);
    const ShrinkReport report = found.runner->shrink(found.trace, 2'000'000, {});
    percent.push_back(report.steps_after * 100 / steps);
    EXPECT_LE(percent.back(), 150U) << mutant;
  }
  std::sort(percent.begin(), percent.end());
  EXPECT_LE(percent[percent.size() / 2], 110U) << "the median";
}

TEST(Shrinker, DoesTheSameEveryTime) {
  const Found found = find("sd-pick-own");
  const ShrinkReport first = found.runner->shrink(found.trace, some_effort, {});
  static_cast<void>(found.runner->run(77));
  const ShrinkReport second = found.runner->shrink(found.trace, some_effort, {});
  EXPECT_EQ(format_trace(first.trace), format_trace(second.trace));
  EXPECT_EQ(first.replays, second.replays);
}

TEST(Shrinker, TakesNodesAndClientsThatNobodyNeeds) {
  std::size_t larger = 0;
  for (std::uint64_t seed = 1; seed < 400; seed += 40) {
    const Found found = find("sd-accept-no-check", seed);
    larger += found.trace.configuration.node_count > 3 ? 1 : 0;
    const ShrinkReport report = found.runner->shrink(found.trace, some_effort, {});
    EXPECT_LE(report.trace.configuration.node_count, 3U) << "seed " << seed;
    EXPECT_EQ(validate(report.trace.configuration), "");
  }
  EXPECT_GT(larger, 0U);
}

TEST(Shrinker, TakesOtherQuorumsWhereTheySaveAQuarterOfTheSteps) {
  constexpr std::size_t shortest_with_majorities = 20;  // of which any quorum would do
  for (const std::uint64_t seed : {1U, 1000U, 2000U}) {
    SCOPED_TRACE(seed);
    const Found found = find("sd-pick-own", seed);
    const ShrinkReport report = found.runner->shrink(found.trace, 1'000'000, {});
    EXPECT_FALSE(has_usual_options(report.trace.configuration));
    const Configuration& configuration = report.trace.configuration;
    EXPECT_TRUE(options_of<PaxosOptions>(configuration).must_meet(configuration));
    EXPECT_LT(report.steps_after, shortest_with_majorities);
  }
}

TEST(Shrinker, KeepsMajoritiesWhereOtherQuorumsSaveLittle) {
  for (const char* const mutant : {"sd-pick-majority-only", "sd-q2-too-small", "c2-majority"}) {
    SCOPED_TRACE(mutant);
    const Found found = find(mutant);
    ASSERT_TRUE(has_usual_options(found.trace.configuration));
    const ShrinkReport report = found.runner->shrink(found.trace, 1'000'000, {});
    EXPECT_TRUE(has_usual_options(report.trace.configuration));
  }
}

TEST(Shrinker, SimplifiesValuesTimesAndConfiguration) {
  const Found found = find("sd-pick-own", 5000);
  const ShrinkReport report = found.runner->shrink(found.trace, no_effort, {});
  const std::string text = format_trace(report.trace);
  EXPECT_THAT(text, HasSubstr("\"value\": \"red\""));
  EXPECT_THAT(text, HasSubstr("\"number\": 1"));
  EXPECT_EQ(report.trace.configuration.drop, Ratio{});
  EXPECT_EQ(report.trace.configuration.crash_interval, DurationRange{});
  ASSERT_FALSE(report.trace.steps.empty());
  EXPECT_EQ(report.trace.steps.front().at, Time{1});
}

TEST(Shrinker, DoesNotFakeThatNothingIsDecided) {
  // The steps that would have decided cannot just be left out: the correct protocol decides all the
  // same, from where the shrunk steps have led it.
  for (const char* const mutant :
       {"sd-accept-first-only", "sd-accept-same-value-only", "sd-real-division",
        "sd-majority-of-others", "sd-accept-strictly-greater"}) {
    SCOPED_TRACE(mutant);
    const Found found = find(mutant);
    const ShrinkReport report = found.runner->shrink(found.trace, no_effort, {});
    EXPECT_EQ(report.finding.property, "progress");
    EXPECT_EQ(report.why_original, "");
    EXPECT_LT(report.steps_after, report.steps_before);
    RunChoices correct;
    EXPECT_EQ(make_runner(correct)->replay(report.trace, nullptr).verdict, Verdict::holds);
  }
}

TEST(Shrinker, LeavesATraceAloneThatWouldDecideByItself) {
  // Rivals that outbid each other for ever do so by their timing alone.
  const Found found = find("sd-duel");
  const ShrinkReport report = found.runner->shrink(found.trace, some_effort, {});
  EXPECT_THAT(report.why_original, HasSubstr("comes about as soon as nothing else goes wrong"));
  EXPECT_EQ(report.trace, found.trace);
  EXPECT_EQ(report.finding.property, "progress");
}

std::string beyond_the_model(const Finding& finding) {
  constexpr std::string_view mark = "outside the fault model: ";
  return finding.text.substr(std::min(finding.text.find(mark) + mark.size(), finding.text.size()));
}

/// A node that comes back is a fault of the world that three-phase commit does not bear, and so is
/// a message that takes too long: a short trace of the one is not one of the other.
TEST(Shrinker, KeepsWhatHappenedThatTheProtocolDoesNotBear) {
  const Found found = find("c3-fail-recover");
  const Finding before = found.runner->replay(found.trace, nullptr).finding;
  EXPECT_EQ(beyond_the_model(before), "a crashed node came back");
  const ShrinkReport report = found.runner->shrink(found.trace, some_effort, {});
  EXPECT_LT(report.steps_after, report.steps_before);
  EXPECT_EQ(beyond_the_model(found.runner->replay(report.trace, nullptr).finding),
            "a crashed node came back");
  EXPECT_TRUE(std::any_of(report.trace.steps.begin(), report.trace.steps.end(),
                          [](const TraceStep& step) { return step.kind == "restart"; }));
}

TEST(Shrinker, SaysThatThereIsNothingToShrink) {
  const auto runner = make_runner({});
  const Trace trace = runner->record(1);
  EXPECT_EQ(runner->shrink(trace, some_effort, {}).why_original, "it violates nothing");
}

TEST(Shrinker, HasTheBestSoFarWheneverItIsStopped) {
  const Found found = find("sd-pick-own");
  std::size_t steps_last = found.trace.steps.size();
  for (std::uint64_t told_max = 0; told_max < 8; ++told_max) {
    std::uint64_t told = 0;
    const ShrinkReport report = found.runner->shrink(
        found.trace, some_effort, [&](const ShrinkProgress&) { return told++ < told_max; });
    EXPECT_TRUE(report.is_interrupted);
    EXPECT_LE(report.steps_after, steps_last);
    steps_last = report.steps_after;
    EXPECT_EQ(found.runner->replay(report.trace, nullptr).finding.property,
              found.runner->replay(found.trace, nullptr).finding.property);
  }
}

TEST(Shrinker, StaysInsideTheFaultModelWhereTheOriginalIs) {
  const Found found = find("c3-no-pre-commit");
  const ShrinkReport report = found.runner->shrink(found.trace, some_effort, {});
  EXPECT_THAT(report.finding.text, ::testing::Not(HasSubstr("outside the fault model")));
}

}  // namespace
}  // namespace synod
