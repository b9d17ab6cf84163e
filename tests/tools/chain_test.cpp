// The chain, for every planted bug: found, shrunk, explained, viewed, kept, and green again on the
// correct protocol. And what is kept of it in scenarios/regressions.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "scenarios/chronicle.h"
#include "scenarios/explain/explanation.h"
#include "scenarios/runner.h"
#include "scenarios/trace.h"
#include "tools/hunt_measure.h"
#include "tools/kept_search.h"
#include "tools/regression.h"
#include "tools/viewer_page.h"

namespace synod {
namespace {

using ::testing::HasSubstr;

constexpr std::uint64_t little_effort = 500'000;

std::vector<std::string> slugs_of_all_bugs() {
  std::vector<std::string> slugs;
  for (const HuntTarget& target : hunt_targets({"all"})) {
    slugs.emplace_back(target.mutant.slug);
  }
  return slugs;
}

std::string name_of(std::string name) {
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

class Chain : public ::testing::TestWithParam<std::string> {
 protected:
  /// Rivals that outbid each other go on for as long as they are given, and cannot be shrunk.
  [[nodiscard]] static bool is_duel() { return GetParam() == "sd-duel"; }
  [[nodiscard]] static RunChoices correct() {
    RunChoices choices;
    choices.protocol = protocol_of_mutant(GetParam()).text.name;
    return choices;
  }
  [[nodiscard]] static std::unique_ptr<Runner> broken() {
    RunChoices choices = correct();
    choices.mutants = {GetParam()};
    if (is_duel()) {
      choices.scenario = std::make_shared<Trace>(hasty_scenario());
    }
    return make_runner(choices);
  }
  /// The first run that breaks a property. Of rivals, the first whose steps do not keep the correct
  /// ones from deciding just as well.
  [[nodiscard]] static Trace find(Runner& runner) {
    for (std::uint64_t seed = 1; seed <= 20'000; ++seed) {
      if (is_find(runner.run(seed), MutantKind::bug)) {
        const Trace recorded = runner.record(seed);
        if (!is_duel() || judge({"duel.json", to_keep(recorded)}).verdict == Verdict::holds) {
          return recorded;
        }
      }
    }
    return {};
  }
};

TEST_P(Chain, EndsInATestThatHoldsOnTheCorrectProtocol) {
  const auto runner = broken();
  const Trace recorded = find(*runner);
  ASSERT_TRUE(recorded.expect) << "not found";
  const std::string& property = recorded.expect->property;

  const ShrinkReport shrunk = runner->shrink(recorded, little_effort, {});
  EXPECT_EQ(shrunk.finding.property, property);
  EXPECT_EQ(shrunk.why_original.empty(), !is_duel()) << shrunk.why_original;
  EXPECT_LE(shrunk.steps_after, is_duel() ? shrunk.steps_before : 60);

  const Chronicle chronicle = runner->chronicle(shrunk.trace);
  ASSERT_TRUE(chronicle.finding);
  EXPECT_EQ(chronicle.finding->property, property);
  const Explanation explanation = explain(chronicle);
  EXPECT_FALSE(explanation.story.empty());
  EXPECT_FALSE(explanation.contradiction.empty());
  ASSERT_TRUE(explanation.rule);
  EXPECT_FALSE(explanation.rule->text.empty());
  const std::string page = viewer_page({{"build", "a test"},
                                        {"runs",
                                         {{{"title", "shrunk"},
                                           {"chronicle", to_json(chronicle)},
                                           {"explanation", to_json(explanation)}}}}});
  EXPECT_THAT(page, HasSubstr(property));

  const Trace kept = to_keep(shrunk.trace);
  const Regression regression = judge({"kept.json", parse_trace(format_trace(kept), "kept.json")});
  EXPECT_EQ(regression.as_kept.report.finding.property, property);
  EXPECT_EQ(regression.correct->report.verdict, Verdict::holds) << regression.why;
  EXPECT_EQ(regression.verdict, Verdict::holds) << regression.why;
}

TEST_P(Chain, IsKeptAsARunThatTheSeedStillBreaks) {
  const Trace kept =
      read_trace(SYNOD_SOURCE_DIR "/scenarios/regressions/" + name_of(GetParam()) + ".json");
  EXPECT_EQ(kept.mutants, std::vector{GetParam()});
  ASSERT_TRUE(kept.seed);
  EXPECT_LE(kept.steps.size(), is_duel() ? 1000 : 60);
  const auto runner = broken();
  EXPECT_EQ(runner->run(*kept.seed).finding.property, kept.expect->property);
  const auto wrong_step = explain(runner->chronicle(kept)).wrong_step;
  EXPECT_THAT(kept.about, HasSubstr(wrong_step ? wrong_step->text : kept.expect->finding));
}

INSTANTIATE_TEST_SUITE_P(OfEach, Chain, ::testing::ValuesIn(slugs_of_all_bugs()),
                         [](const ::testing::TestParamInfo<std::string>& one) {
                           return name_of(one.param);
                         });

}  // namespace
}  // namespace synod
