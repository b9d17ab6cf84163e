#include "tools/hunt/hunt_figures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace synod {
namespace {

using testing::DoubleNear;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr std::optional<double> none;

// ---- Medians and percentiles
// ---------------------------------------------------------------------

TEST(Spread, HasTheMiddleOneOfAnOddNumberOfTrials) {
  EXPECT_EQ(spread_of({30, 10, 20}, 3).median, 20);
  EXPECT_EQ(spread_of({7}, 1).median, 7);
}

TEST(Spread, HasTheMeanOfTheTwoInTheMiddleOfAnEvenNumber) {
  EXPECT_EQ(spread_of({40, 10, 20, 31}, 4).median, 25.5);
  EXPECT_EQ(spread_of({2, 1}, 2).median, 1.5);
}

TEST(Spread, HasTheSmallestThatNineTenthsDoNotExceed) {
  EXPECT_EQ(spread_of({10, 9, 8, 7, 6, 5, 4, 3, 2, 1}, 10).p90, 9);
  EXPECT_EQ(spread_of({11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1}, 11).p90, 10);
  EXPECT_EQ(spread_of({5}, 1).p90, 5);
  EXPECT_EQ(spread_of({1, 2}, 2).p90, 2);
}

TEST(Spread, PutsTrialsThatFoundNothingAboveAllOthers) {
  EXPECT_EQ(spread_of({10, 20, 30}, 5).median, 30);
  EXPECT_EQ(spread_of({10, 20, 30}, 5).p90, none);
  EXPECT_EQ(spread_of({1, 2, 3, 4, 5, 6, 7, 8, 9}, 10).p90, 9);
}

TEST(Spread, HasNoMedianWhereHalfOfTheTrialsOrMoreFoundNothing) {
  EXPECT_EQ(spread_of({1, 2, 3}, 4).median, 2.5);
  EXPECT_EQ(spread_of({1, 2}, 4).median, none);
  EXPECT_EQ(spread_of({1, 2, 3}, 5).median, 3);
  EXPECT_EQ(spread_of({1, 2}, 5).median, none);
  EXPECT_EQ(spread_of({}, 1).median, none);
  EXPECT_EQ(spread_of({}, 0).median, none);
}

// ---- One mutant
// ----------------------------------------------------------------------------------

HuntTarget target_of(std::string_view slug, MutantKind kind = MutantKind::bug,
                     std::string_view property = "agreement") {
  HuntTarget target;
  target.protocol = "paxos";
  target.mutant.slug = slug;
  target.mutant.kind = kind;
  target.mutant.property = property;
  return target;
}

HuntTrial found(std::string property, std::uint64_t runs) {
  return {std::move(property), runs, 100 * runs, 0.5 * static_cast<double>(runs)};
}
HuntTrial found_nothing() { return {{}, 50, 5000, 25}; }

TEST(HuntFigures, AreOfTheTrialsThatFoundSomething) {
  const HuntFigures figures =
      figures_of({target_of("x"),
                  Strategy::swarm,
                  {found("agreement", 4), found_nothing(), found("agreement", 2)}});
  EXPECT_EQ(figures.trials, 3);
  EXPECT_EQ(figures.found, 2);
  EXPECT_EQ(figures.runs.median, 4);
  EXPECT_EQ(figures.steps.median, 400);
  EXPECT_EQ(figures.cpu_seconds.median, 2);
  EXPECT_EQ(figures.runs.p90, none);
}

TEST(HuntFigures, NameThePropertyThatWasBrokenMostOften) {
  const auto property_of = [](const std::vector<HuntTrial>& trials) {
    return figures_of({target_of("x"), Strategy::swarm, trials}).property;
  };
  EXPECT_EQ(property_of({found("validity", 1), found("agreement", 1), found("validity", 9)}),
            "validity");
  EXPECT_EQ(property_of({found("validity", 1), found("agreement", 1)}), "agreement");
  EXPECT_EQ(property_of({found_nothing(), found_nothing(), found("validity", 1)}), "validity");
  EXPECT_EQ(property_of({found_nothing()}), "");
}

TEST(HuntFigures, HaveAnAlarmOfAControlThatShowsMoreThanItMay) {
  const auto has_alarm = [](MutantKind kind, std::string_view property, const HuntTrial& trial) {
    return figures_of({target_of("x", kind, property), Strategy::swarm, {found_nothing(), trial}})
        .has_alarm;
  };
  EXPECT_TRUE(has_alarm(MutantKind::control, "none", found("agreement", 1)));
  EXPECT_TRUE(has_alarm(MutantKind::control, "none", found("progress", 1)));
  EXPECT_TRUE(has_alarm(MutantKind::control, "progress", found("agreement", 1)));
  EXPECT_FALSE(has_alarm(MutantKind::control, "progress", found("progress", 1)));
  EXPECT_FALSE(has_alarm(MutantKind::control, "none", found_nothing()));
  EXPECT_FALSE(has_alarm(MutantKind::bug, "agreement", found("validity", 1)));
}

// ---- The default beside the baseline
// -------------------------------------------------------------

constexpr std::uint64_t budget = 10000;

HuntFigures figures_with(std::optional<double> runs_median) {
  HuntFigures figures;
  figures.trials = 10;
  figures.found = runs_median ? 10 : 4;
  figures.runs.median = runs_median;
  return figures;
}

HuntRow row_of(std::string_view slug, std::optional<double> by_default,
               std::optional<double> by_uniform, MutantKind kind = MutantKind::bug) {
  return {target_of(slug, kind), figures_with(by_default), figures_with(by_uniform)};
}

HuntSummary summary_of(std::vector<HuntRow> rows) {
  HuntSummary summary;
  summary.trials = 10;
  summary.budget = budget;
  summary.targets = rows.size();
  summary.rows = std::move(rows);
  return summary;
}

TEST(RunsRatio, IsThatOfTheMedians) {
  const auto ratio = runs_ratio(row_of("x", 20, 3000), budget);
  ASSERT_TRUE(ratio.has_value());
  EXPECT_EQ(ratio->value, 150);
  EXPECT_FALSE(ratio->is_at_least);
}

TEST(RunsRatio, IsALowerBoundWhereTheBaselineUsedUpItsBudget) {
  const auto ratio = runs_ratio(row_of("x", 20, none), budget);
  ASSERT_TRUE(ratio.has_value());
  EXPECT_EQ(ratio->value, 500);
  EXPECT_TRUE(ratio->is_at_least);
}

TEST(RunsRatio, IsUnknownWhereTheDefaultFoundTooLittleOrOneIsMissing) {
  EXPECT_FALSE(runs_ratio(row_of("x", none, 3000), budget).has_value());
  EXPECT_FALSE(runs_ratio(row_of("x", none, none), budget).has_value());
  HuntRow row = row_of("x", 20, 3000);
  row.by_uniform.reset();
  EXPECT_FALSE(runs_ratio(row, budget).has_value());
  row = row_of("x", 20, 3000);
  row.by_default.reset();
  EXPECT_FALSE(runs_ratio(row, budget).has_value());
}

TEST(MeanRatio, IsGeometricOverWhatCostsTheBaselineMoreThanAThousandRuns) {
  const MeanRatio mean = mean_ratio(
      summary_of({row_of("cheap", 900, 1000), row_of("a", 500, 2000), row_of("b", 20, 2000)}));
  EXPECT_EQ(mean.mutants, 2);
  EXPECT_EQ(mean.at_least, 0);
  EXPECT_THAT(mean.value, DoubleNear(20, 1e-9));  // of 4 and 100
  EXPECT_THAT(mean.without_ratio, IsEmpty());
}

TEST(MeanRatio, TakesTheBudgetForTheBaselinesCostAndSaysSo) {
  const MeanRatio mean = mean_ratio(summary_of({row_of("a", 100, none), row_of("b", 500, 2000)}));
  EXPECT_EQ(mean.mutants, 2);
  EXPECT_EQ(mean.at_least, 1);
  EXPECT_THAT(mean.value, DoubleNear(20, 1e-9));  // of 100 and 4
}

TEST(MeanRatio, NamesWhatTheDefaultFoundTooSeldom) {
  const MeanRatio mean = mean_ratio(
      summary_of({row_of("a", none, none), row_of("b", none, 2000), row_of("cheap", none, 5)}));
  EXPECT_EQ(mean.mutants, 0);
  EXPECT_EQ(mean.value, 0);
  EXPECT_THAT(mean.without_ratio, ElementsAre("a", "b"));
}

TEST(MeanRatio, LeavesOutWhatABudgetIsTooSmallToTellOf) {
  HuntSummary summary = summary_of({row_of("a", 5, none)});
  summary.budget = 999;
  EXPECT_EQ(mean_ratio(summary).mutants, 0);
  summary.budget = 1000;
  EXPECT_EQ(mean_ratio(summary).mutants, 1);
}

TEST(MeanRatio, IsOfBugsAlone) {
  EXPECT_EQ(mean_ratio(summary_of({row_of("a", 5, 5000, MutantKind::control),
                                   row_of("b", 5, 5000, MutantKind::outside_fault_model)}))
                .mutants,
            0);
}

TEST(MuchWorse, IsMoreThanTwiceAsManyRuns) {
  EXPECT_FALSE(is_much_worse(row_of("x", 20, 10), budget));
  EXPECT_TRUE(is_much_worse(row_of("x", 20.5, 10), budget));
  EXPECT_FALSE(is_much_worse(row_of("x", 20, none), budget));
}

TEST(MuchWorse, IsKnownOfABudgetThatIsTwiceTheBaselinesCost) {
  EXPECT_TRUE(is_much_worse(row_of("x", none, 5000), budget));
  EXPECT_FALSE(is_much_worse(row_of("x", none, 5000.5), budget));
  EXPECT_FALSE(is_much_worse(row_of("x", none, none), budget));
}

// ---- All together
// --------------------------------------------------------------------------------

TEST(AsItShouldBe, IsABugThatTheDefaultFoundInEveryTrial) {
  EXPECT_TRUE(is_as_it_should_be(row_of("x", 5, none)));
  EXPECT_FALSE(is_as_it_should_be(row_of("x", none, 5)));
  HuntRow row = row_of("x", 5, 5);
  row.by_default->found = 9;
  EXPECT_FALSE(is_as_it_should_be(row));
  row.by_default.reset();
  EXPECT_TRUE(is_as_it_should_be(row)) << "where only the baseline was asked for, it counts";
}

TEST(AsItShouldBe, IsAControlWithoutAnAlarm) {
  HuntRow row = row_of("x", none, none, MutantKind::control);
  EXPECT_TRUE(is_as_it_should_be(row));
  row.by_default->has_alarm = true;
  EXPECT_FALSE(is_as_it_should_be(row));
}

TEST(AsItShouldBe, IsAFaultOutsideTheModelThatShowsInEveryTrial) {
  EXPECT_TRUE(is_as_it_should_be(row_of("x", 5, 5, MutantKind::outside_fault_model)));
  EXPECT_FALSE(is_as_it_should_be(row_of("x", none, 5, MutantKind::outside_fault_model)));
}

TEST(HuntSummary, HasOneRowForBothStrategiesOfAMutant) {
  HuntPlan plan;
  plan.targets = {target_of("a"), target_of("b"), target_of("c")};
  plan.trials = 1;
  plan.budget = 50;
  HuntReport report;
  report.is_interrupted = true;
  report.hunted = {{plan.targets[0], Strategy::swarm, {found("agreement", 1)}},
                   {plan.targets[0], Strategy::uniform, {found("agreement", 2)}},
                   {plan.targets[1], Strategy::uniform, {found_nothing()}}};
  const HuntSummary summary = sum_up(plan, report);
  EXPECT_TRUE(summary.is_interrupted);
  EXPECT_EQ(summary.targets, 3);
  EXPECT_EQ(summary.trials, 1);
  EXPECT_EQ(summary.budget, 50);
  ASSERT_THAT(summary.rows, SizeIs(2));
  EXPECT_EQ(summary.rows[0].by_default->runs.median, 1);
  EXPECT_EQ(summary.rows[0].by_uniform->runs.median, 2);
  EXPECT_EQ(summary.rows[1].target.mutant.slug, "b");
  EXPECT_FALSE(summary.rows[1].by_default.has_value());
  EXPECT_EQ(summary.rows[1].by_uniform->found, 0);
}

TEST(HuntSummary, KeepsMutantsOfOneNameInTwoProtocolsApart) {
  HuntPlan plan;
  plan.targets = {target_of("a"), target_of("a")};
  plan.targets[1].protocol = "paxos_commit";
  HuntReport report;
  report.hunted = {{plan.targets[0], Strategy::swarm, {found("agreement", 1)}},
                   {plan.targets[1], Strategy::swarm, {found("agreement", 2)}}};
  EXPECT_THAT(sum_up(plan, report).rows, SizeIs(2));
}

}  // namespace
}  // namespace synod
