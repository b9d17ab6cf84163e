#include "tools/hunt/classes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "tools/hunt/small_search.h"

namespace synod {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::atomic<bool> go_on = false;

Rung two_writers() { return {cluster_of(2, 2), {.rounds_max = 1, .requests = Requests::writes}}; }

// ---- Small worlds -------------------------------------------------------------------------------

TEST(ComparisonWithTheCorrectProtocol, SaysWhereAMutantFirstDoesSomethingElse) {
  const Comparison comparison =
      compare_with_correct("paxos",
                           {"paxos.may_promise-always-no", "paxos.value_to_propose-one-before",
                            "paxos.value_to_repeat-own-1"},
                           two_writers(), 20000, go_on);
  EXPECT_TRUE(comparison.is_complete);
  EXPECT_GT(comparison.states, 100U);
  ASSERT_EQ(comparison.differs_after.size(), 3U);
  // A client asks, the node is asked, it has written its ballot, and a Prepare arrives.
  EXPECT_EQ(comparison.differs_after[0], 4U);
  EXPECT_TRUE(comparison.differs_after[1].has_value());
  EXPECT_EQ(comparison.differs_after[2], std::nullopt) << "it is the rule itself";
}

TEST(ComparisonWithTheCorrectProtocol, IsIncompleteWhereThereAreMoreStates) {
  const Comparison comparison =
      compare_with_correct("paxos", {"paxos.value_to_repeat-own-1"}, two_writers(), 50, go_on);
  EXPECT_FALSE(comparison.is_complete);
}

TEST(SmallSearch, FindsNothingWrongWithTheCorrectProtocolAndCountsItsStates) {
  const SmallSearch search = search_small("paxos", "", two_writers(), 20000, go_on);
  EXPECT_TRUE(search.is_complete);
  EXPECT_EQ(search.property, "");
  EXPECT_EQ(search.states, compare_with_correct("paxos", {}, two_writers(), 20000, go_on).states);
}

TEST(SmallSearch, FindsWhatBreaksAndWhoWaitsForEver) {
  const SmallSearch unsafe =
      search_small("paxos", "paxos.value_to_answer-own-1", two_writers(), 20000, go_on);
  EXPECT_EQ(unsafe.property, "client_answers_true");
  EXPECT_GT(unsafe.steps, 0U);
  const SmallSearch stuck =
      search_small("paxos", "paxos.may_accept-always-no", two_writers(), 20000, go_on);
  EXPECT_EQ(stuck.property, "progress");
}

TEST(SmallSearch, DoesNotGoOnWhenItIsStopped) {
  const std::atomic<bool> stop = true;
  EXPECT_ANY_THROW(search_small("paxos", "", two_writers(), 20000, stop));
}

// ---- Classes ------------------------------------------------------------------------------------

ClassesReport classes_of(const std::vector<std::string>& slugs, std::uint64_t budget) {
  ClassesPlan plan;
  plan.hunt.targets = hunt_targets(slugs);
  plan.hunt.strategies = {Strategy::swarm};
  plan.hunt.trials = 3;
  plan.hunt.budget = budget;
  plan.hunt.jobs = 2;
  plan.states_max = 1000;
  return find_classes(plan, go_on, [](const HuntProgress&) {}, {});
}

TEST(Classes, HaveABugThatTheCampaignFindsOneThatItDoesNotAndOneThatIsNone) {
  const ClassesReport report = classes_of({"two_phase_commit.is_unanimous-always-yes",
                                           "two_phase_commit.decision_without_votes-always-abort",
                                           "two_phase_commit.after_decision-none"},
                                          50);
  ASSERT_EQ(report.mutants.size(), 3U);
  const auto& [found, same, third] =
      std::tie(report.mutants[0], report.mutants[1], report.mutants[2]);
  EXPECT_EQ(found.is, MutantClass::bug);
  EXPECT_TRUE(is_found_in_median(found));
  EXPECT_FALSE(found.property.empty());
  EXPECT_EQ(same.is, MutantClass::equivalent);
  EXPECT_EQ(same.differs_after, std::nullopt);
  EXPECT_EQ(third.is, MutantClass::bug);
  ASSERT_EQ(report.worlds.size(), 1U);
  EXPECT_GT(report.worlds[0].worlds.size(), 3U);
  for (const SmallWorld& world : report.worlds[0].worlds) {
    EXPECT_LE(world.states, 1000U);
  }
}

TEST(Classes, CountABugThatOnlyASearchFindsAsOneThatTheCampaignMissed) {
  const ClassesReport report =
      classes_of({"paxos.outcome_of_giving_up-always-not_chosen"}, /*budget=*/1);
  ASSERT_EQ(report.mutants.size(), 1U);
  const ClassedMutant& missed = report.mutants[0];
  EXPECT_EQ(missed.figures.found, 0U);
  EXPECT_FALSE(is_found_in_median(missed));
  EXPECT_EQ(missed.is, MutantClass::bug);
  EXPECT_EQ(missed.property, "client_answers_true");
  EXPECT_TRUE(missed.found_in.has_value());
  EXPECT_TRUE(missed.differs_after.has_value());
}

// ---- What is said of them -----------------------------------------------------------------------

ClassedMutant mutant_of(std::string_view slug, MutantClass is) {
  ClassedMutant mutant;
  mutant.target.protocol = "paxos";
  mutant.target.mutant.slug = slug;
  mutant.target.mutant.about = "answers *yes*";
  mutant.is = is;
  mutant.figures.trials = 5;
  return mutant;
}

ClassesReport made_up() {
  ClassesReport report;
  report.trials = 5;
  report.budget = 20000;
  report.states_max = 3000;
  report.command = "synod hunt --mutants generated";
  ClassedMutant found = mutant_of("paxos.a-none", MutantClass::bug);
  found.property = "agreement";
  found.figures.found = 5;
  found.figures.runs.median = 1234;
  ClassedMutant missed = mutant_of("paxos.b-none", MutantClass::bug);
  missed.property = "validity";
  missed.found_in = two_writers();
  missed.steps = 7;
  ClassedMutant control = mutant_of("paxos.c-none", MutantClass::control);
  control.differs_after = 3;
  ClassedMutant unknown = mutant_of("paxos.e-none", MutantClass::unknown);
  unknown.differs_after = 4;
  unknown.why_unknown = "with --nodes 9 it has more than 5 states";
  report.mutants = {found, missed, control, mutant_of("paxos.d-none", MutantClass::equivalent),
                    unknown};
  report.worlds = {{"paxos", {{two_writers(), 1234}}}};
  return report;
}

TEST(ClassesText, CountsThemAndNamesTheBugsThatTheCampaignMissed) {
  const std::string text = classes_text(made_up());
  EXPECT_THAT(text, HasSubstr("1 of 2 bugs found by the default campaign, median within 20,000 "
                              "runs: falls short: paxos.b-none"));
  EXPECT_THAT(text, HasSubstr("all         2        1           1        1       5"));
  EXPECT_THAT(text, HasSubstr("found by search alone, in 7 steps: --nodes 2 --clients 2"));
  EXPECT_THAT(text, HasSubstr("something else after 4 steps; with --nodes 9 it has more"));
}

TEST(ClassesText, SaysThatTheAimIsMetWhereItIs) {
  ClassesReport report = made_up();
  report.mutants.erase(report.mutants.begin() + 1);
  EXPECT_THAT(classes_text(report), HasSubstr("1 of 1 bug found by the default campaign, median "
                                              "within 20,000 runs: met"));
}

TEST(ClassesText, SaysNothingOfWhatWasInterrupted) {
  ClassesReport report = made_up();
  report.is_interrupted = true;
  EXPECT_THAT(classes_text(report), HasSubstr("interrupted"));
  EXPECT_THAT(classes_text(report), Not(HasSubstr("paxos.a-none")));
}

TEST(ClassesPage, HasTheCommandTheBoundsAndARowForEach) {
  const std::string page = classes_markdown(made_up());
  EXPECT_THAT(page, HasSubstr("```sh\nsynod hunt --mutants generated\n```"));
  EXPECT_THAT(page, HasSubstr("each of which has at\nmost 3,000 states"));
  EXPECT_THAT(page,
              HasSubstr("| `paxos.a-none` | answers \\*yes\\* | bug | `agreement` | 5/5 | 1,234 "
                        "| - |"));
  EXPECT_THAT(page,
              HasSubstr("| `paxos.d-none` | answers \\*yes\\* | equivalent | - | 0/5 | > 20,000 "
                        "| nothing else |"));
  EXPECT_THAT(page, HasSubstr("| `--nodes 2 --clients 2"));
}

}  // namespace
}  // namespace synod
