// The rest of a run drawn anew at each of its steps.
#include "scenarios/what_if/what_if.h"

#include <gtest/gtest.h>

#include <string>

#include "scenarios/format/trace.h"
#include "scenarios/run/runner.h"

namespace synod {
namespace {

std::unique_ptr<Runner> runner_of(const std::string& mutant) {
  RunChoices choices;
  choices.protocol = protocol_of_mutant(mutant).text.name;
  choices.mutants = {mutant};
  return make_runner(choices);
}

Trace first_failure(Runner& runner) {
  std::uint64_t seed = 1;
  while (runner.run(seed).verdict != Verdict::violated) {
    ++seed;
  }
  return runner.record(seed);
}

WhatIf with_shares(std::initializer_list<std::uint64_t> violated) {
  WhatIf what_if;
  for (const std::uint64_t share : violated) {
    what_if.steps.push_back({what_if.steps.size(), {}, {}, share, 100});
  }
  return what_if;
}

TEST(WhatIf, NamesTheFirstStepAfterWhichTheViolationIsNearlyBoundToCome) {
  EXPECT_EQ(with_shares({0, 10, 94, 95, 100}).critical(), 3U);
  EXPECT_EQ(with_shares({0, 99, 50, 97, 100}).critical(), 3U) << "it was still undone";
  EXPECT_EQ(with_shares({100, 100}).critical(), 0U);
  EXPECT_EQ(with_shares({100, 94}).critical(), std::nullopt);
  EXPECT_EQ(with_shares({}).critical(), std::nullopt);
}

TEST(WhatIf, EndsWithTheStepThatViolates) {
  for (const char* mutant : {"sd-pick-own", "c2-takeover-abort", "sd-real-division"}) {
    SCOPED_TRACE(mutant);
    const auto runner = runner_of(mutant);
    Trace trace = first_failure(*runner);
    trace = runner->shrink(trace, 0, {}).trace;
    const WhatIf what_if = runner->what_if(trace, {.samples = 20, .without = {}}, {});
    EXPECT_EQ(what_if.property, trace.expect->property);
    ASSERT_EQ(what_if.steps.size(), trace.steps.size());
    EXPECT_EQ(what_if.steps.back().violated, 20U);
    EXPECT_TRUE(what_if.critical().has_value());
  }
}

TEST(WhatIf, IsLessThanCertainAtTheStart) {
  const auto runner = runner_of("sd-accept-no-check");
  const WhatIf what_if =
      runner->what_if(first_failure(*runner), {.samples = 50, .without = {}}, {});
  EXPECT_LT(what_if.at_the_start.violated, 45U);
  EXPECT_FALSE(what_if.has_faults_of_baseline) << "a drawn run has faults of its own";
}

TEST(WhatIf, DrawsTheFaultsOfTheBaselineWhereTheTraceHasNone) {
  const auto runner = runner_of("sd-accept-no-check");
  const Trace trace = runner->shrink(first_failure(*runner), 0, {}).trace;
  EXPECT_TRUE(runner->what_if(trace, {.samples = 2, .without = {}}, {}).has_faults_of_baseline);
}

TEST(WhatIf, DoesTheSameEveryTime) {
  const auto runner = runner_of("sd-pick-own");
  const Trace trace = first_failure(*runner);
  const WhatIfOptions options{.samples = 10, .without = {}};
  const WhatIf first = runner->what_if(trace, options, {});
  static_cast<void>(runner->run(33));
  const WhatIf second = runner->what_if(trace, options, {});
  ASSERT_EQ(first.steps.size(), second.steps.size());
  for (std::size_t i = 0; i < first.steps.size(); ++i) {
    EXPECT_EQ(first.steps[i].violated, second.steps[i].violated) << "steps[" << i << "]";
  }
}

TEST(WhatIf, WithoutAStepThatItTakesTheViolationIsNotCertain) {
  const auto runner = runner_of("sd-promise-unwritten");
  const Trace trace = runner->shrink(first_failure(*runner), 0, {}).trace;
  const std::size_t last = trace.steps.size() - 1;
  const WhatIf what_if = runner->what_if(trace, {.samples = 20, .without = last}, {});
  for (const WhatIfStep& step : what_if.steps) {
    EXPECT_NE(step.step, last);
  }
  EXPECT_EQ(what_if.property, trace.expect->property);
}

TEST(WhatIf, HasNothingToSayOfATraceThatViolatesNothing) {
  const auto runner = make_runner({});
  const WhatIf what_if = runner->what_if(runner->record(1), {.samples = 5, .without = {}}, {});
  EXPECT_EQ(what_if.property, "");
  EXPECT_TRUE(what_if.steps.empty());
}

TEST(WhatIf, StopsWhenItIsTold) {
  const auto runner = runner_of("sd-pick-own");
  const WhatIf what_if =
      runner->what_if(first_failure(*runner), {.samples = 1, .without = {}},
                      [](const WhatIfProgress& progress) { return progress.steps_done < 3; });
  EXPECT_TRUE(what_if.is_stopped);
  EXPECT_EQ(what_if.steps.size(), 3U);
}

}  // namespace
}  // namespace synod
