#include "tools/hunt/hunt_measure.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "scenarios/words/input_error.h"

namespace synod {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

const std::vector<std::string> three_bugs = {"sd-accept-no-check", "sd-pick-own",
                                             "sd-volatile-promise"};

HuntPlan plan_of(std::uint64_t trials, std::uint64_t budget) {
  HuntPlan plan;
  plan.targets = hunt_targets(three_bugs);
  plan.strategies = {Strategy::swarm, Strategy::uniform};
  plan.trials = trials;
  plan.budget = budget;
  return plan;
}

HuntReport report_of(const HuntPlan& plan) {
  const std::atomic<bool> stop = false;
  return measure(plan, stop, [](const HuntProgress&) {});
}

std::string to_text(const HuntTrial& trial) {
  return fmt::format("{} after {} runs, {} steps", trial.property, trial.runs, trial.steps);
}

/// Every field but the time it took.
std::string to_text(const HuntReport& report) {
  std::string text;
  for (const Hunted& hunted : report.hunted) {
    text += fmt::format("{} {}\n", hunted.target.mutant.slug, static_cast<int>(hunted.strategy));
    for (const HuntTrial& trial : hunted.trials) {
      text += to_text(trial) + "\n";
    }
  }
  return text;
}

/// What a trial should come to, in the plainest way.
HuntTrial tried_by_hand(const Hunted& hunted, std::uint64_t first_seed, std::uint64_t budget) {
  RunChoices choices;
  choices.protocol = hunted.target.protocol;
  choices.mutants = {std::string(hunted.target.mutant.slug)};
  choices.strategy = hunted.strategy;
  const auto runner = make_runner(choices);
  HuntTrial trial;
  for (std::uint64_t i = 0; i < budget; ++i) {
    const RunReport run = runner->run(first_seed + i);
    ++trial.runs;
    trial.steps += run.steps;
    if (run.verdict == Verdict::violated) {
      trial.property = run.finding.property;
      break;
    }
  }
  return trial;
}

void expect_tried_by_hand(const HuntReport& report, std::uint64_t budget) {
  for (const Hunted& hunted : report.hunted) {
    SCOPED_TRACE(hunted.target.mutant.slug);
    std::uint64_t first_seed = 1;
    for (const HuntTrial& trial : hunted.trials) {
      EXPECT_EQ(to_text(trial), to_text(tried_by_hand(hunted, first_seed, budget)));
      first_seed += budget;
    }
  }
}

TEST(Hunt, TriesEachMutantUnderEachStrategyWithSeedsOfItsOwnInEachTrial) {
  const HuntReport report = report_of(plan_of(5, 300));
  ASSERT_THAT(report.hunted, SizeIs(6));
  for (std::size_t i = 0; i < report.hunted.size(); ++i) {
    EXPECT_EQ(report.hunted[i].target.mutant.slug, three_bugs[i / 2]);
    EXPECT_EQ(report.hunted[i].strategy, i % 2 == 0 ? Strategy::swarm : Strategy::uniform);
    EXPECT_THAT(report.hunted[i].trials, SizeIs(5));
  }
  expect_tried_by_hand(report, 300);
}

TEST(Hunt, GivesUpATrialWhenItsBudgetIsUsedUp) {
  const HuntReport report = report_of(plan_of(20, 1));
  expect_tried_by_hand(report, 1);
  std::size_t found = 0;
  std::size_t given_up = 0;
  for (const Hunted& hunted : report.hunted) {
    for (const HuntTrial& trial : hunted.trials) {
      EXPECT_EQ(trial.runs, 1);
      ++(trial.property.empty() ? given_up : found);
    }
  }
  EXPECT_GT(found, 0);
  EXPECT_GT(given_up, 0);
}

TEST(Hunt, ComesToTheSameWithOneTwoAndThreeJobs) {
  HuntPlan plan = plan_of(20, 10);
  const std::string with_one = to_text(report_of(plan));
  plan.jobs = 2;
  EXPECT_EQ(to_text(report_of(plan)), with_one);
  plan.jobs = 3;
  EXPECT_EQ(to_text(report_of(plan)), with_one);
}

TEST(Hunt, CountsTheProcessorTimeOfEachTrial) {
  for (const Hunted& hunted : report_of(plan_of(3, 10)).hunted) {
    for (const HuntTrial& trial : hunted.trials) {
      EXPECT_GT(trial.cpu_seconds, 0);
    }
  }
}

TEST(Hunt, TellsNothingOfWhatItCouldNotHuntToTheEnd) {
  const std::atomic<bool> stop = true;
  const HuntReport report = measure(plan_of(3, 10), stop, [](const HuntProgress&) {});
  EXPECT_TRUE(report.is_interrupted);
  EXPECT_THAT(report.hunted, IsEmpty());
}

TEST(Hunt, KeepsWhatWasHuntedToTheEndBeforeItWasStopped) {
  HuntPlan plan = plan_of(2000, 100);
  plan.targets = hunt_targets({"sd-pick-own"});
  const HuntReport whole = report_of(plan);
  plan.targets.resize(1001, HuntTarget(plan.targets.front()));  // for minutes, if not stopped
  std::atomic<bool> stop = false;
  const HuntReport report = measure(
      plan, stop, [&](const HuntProgress& progress) { stop = progress.trials_done > plan.trials; });
  EXPECT_TRUE(report.is_interrupted);
  ASSERT_GE(report.hunted.size(), 1);
  EXPECT_LT(report.hunted.size(), 2002);
  EXPECT_EQ(to_text(HuntReport{false, {report.hunted.front()}}),
            to_text(HuntReport{false, {whole.hunted.front()}}));
}

TEST(Hunt, ReportsProgressUpToTheLastTrial) {
  HuntProgress last;
  const std::atomic<bool> stop = false;
  const HuntPlan plan = plan_of(4, 10);
  const HuntReport report =
      measure(plan, stop, [&](const HuntProgress& progress) { last = progress; });
  std::uint64_t runs = 0;
  for (const Hunted& hunted : report.hunted) {
    for (const HuntTrial& trial : hunted.trials) {
      runs += trial.runs;
    }
  }
  EXPECT_EQ(last.trials, 24);
  EXPECT_EQ(last.trials_done, 24);
  EXPECT_EQ(last.runs, runs);
  EXPECT_EQ(last.mutant, "sd-volatile-promise");
  EXPECT_EQ(last.strategy, Strategy::uniform);
}

// ---- What counts
// ---------------------------------------------------------------------------------

RunReport run_that(Verdict verdict, bool is_outside_fault_model = false) {
  RunReport run;
  run.verdict = verdict;
  run.is_outside_fault_model = is_outside_fault_model;
  return run;
}

TEST(Hunt, CountsAViolationAsAFindAndNothingElse) {
  for (const MutantKind kind :
       {MutantKind::bug, MutantKind::control, MutantKind::outside_fault_model}) {
    EXPECT_TRUE(is_find(run_that(Verdict::violated), kind));
    EXPECT_FALSE(is_find(run_that(Verdict::holds), kind));
    EXPECT_FALSE(is_find(run_that(Verdict::inconclusive), kind));
  }
}

TEST(Hunt, CountsWhatIsOutsideTheFaultModelOnlyForWhatStandsForIt) {
  const RunReport run = run_that(Verdict::violated, true);
  EXPECT_FALSE(is_find(run, MutantKind::bug));
  EXPECT_FALSE(is_find(run, MutantKind::control));
  EXPECT_TRUE(is_find(run, MutantKind::outside_fault_model));
}

// ---- Whom to hunt
// --------------------------------------------------------------------------------

std::vector<std::string_view> slugs_of(const std::vector<HuntTarget>& targets) {
  std::vector<std::string_view> slugs;
  slugs.reserve(targets.size());
  for (const HuntTarget& target : targets) {
    slugs.push_back(target.mutant.slug);
  }
  return slugs;
}

TEST(HuntTargets, AllAreTheBugsOfEveryProtocol) {
  std::vector<std::string_view> bugs;
  for (const ProtocolEntry& protocol : protocols()) {
    for (const MutantText& mutant : protocol.mutants()) {
      if (mutant.kind == MutantKind::bug) {
        bugs.push_back(mutant.slug);
      }
    }
  }
  EXPECT_EQ(slugs_of(hunt_targets({"all"})), bugs);
}

TEST(HuntTargets, EveryMutantCanBeNamedWhateverItsKind) {
  for (const ProtocolEntry& protocol : protocols()) {
    for (const MutantText& mutant : protocol.mutants()) {
      const std::vector<HuntTarget> targets = hunt_targets({std::string(mutant.slug)});
      EXPECT_TRUE(std::ranges::any_of(targets, [&](const HuntTarget& target) {
        return target.protocol == protocol.text.name && target.mutant.slug == mutant.slug;
      })) << mutant.slug;
    }
  }
}

TEST(HuntTargets, AreInOneOrderAndOnceEachHoweverTheyAreNamed) {
  EXPECT_THAT(slugs_of(hunt_targets({"sd-volatile-promise", "sd-pick-own", "sd-volatile-promise"})),
              ElementsAre("sd-pick-own", "sd-volatile-promise"));
  EXPECT_EQ(slugs_of(hunt_targets({"sd-pick-own", "all"})), slugs_of(hunt_targets({"all"})));
}

TEST(HuntTargets, ThatDoNotExistBringTheNearest) {
  try {
    hunt_targets({"sd-pick-own", "sd-pick-ow"});
    FAIL();
  } catch (const InputError& error) {
    EXPECT_STREQ(error.what(), "no mutant \"sd-pick-ow\": did you mean \"sd-pick-own\"?");
  }
}

}  // namespace
}  // namespace synod
