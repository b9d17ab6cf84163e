// The chain, for every planted bug: found, shrunk, explained, viewed, kept, and green again on the
// correct protocol. And what is kept of it in scenarios/regressions. A livelock is not shrunk but
// found anew.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "scenarios/chronicle/chronicle.h"
#include "scenarios/explain/explanation.h"
#include "scenarios/format/trace.h"
#include "scenarios/run/runner.h"
#include "tools/hunt/hunt_measure.h"
#include "tools/kept/regression.h"
#include "tools/shrink/livelock.h"
#include "tools/shrink/shrinking.h"
#include "tools/view/viewer_page.h"

namespace synod {
namespace {

using ::testing::HasSubstr;

constexpr std::uint64_t little_effort = 500'000;
constexpr std::size_t steps_max = 60;
constexpr std::size_t steps_of_livelock_max = 300;  ///< it goes on for as long as it is given

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
  [[nodiscard]] static RunChoices correct() {
    RunChoices choices;
    choices.protocol = protocol_of_mutant(GetParam()).text.name;
    return choices;
  }
  [[nodiscard]] static RunChoices broken() {
    RunChoices choices = correct();
    choices.mutants = {GetParam()};
    return choices;
  }
  /// The first run that breaks a property.
  [[nodiscard]] static Trace find(Runner& runner) {
    for (std::uint64_t seed = 1; seed <= 20'000; ++seed) {
      if (is_find(runner.run(seed), MutantKind::bug)) {
        return runner.record(seed);
      }
    }
    return {};
  }
};

TEST_P(Chain, EndsInATestThatHoldsOnTheCorrectProtocol) {
  const auto runner = make_runner(broken());
  const Trace recorded = find(*runner);
  ASSERT_TRUE(recorded.expect) << "not found";
  const std::string& property = recorded.expect->property;

  const ShrinkReport shrunk = shrink_or_find_anew(broken(), recorded, little_effort, {});
  EXPECT_EQ(shrunk.finding.property, property);
  EXPECT_EQ(shrunk.why_original, "");
  EXPECT_LE(shrunk.steps_after, shrunk.is_found_anew ? steps_of_livelock_max : steps_max);

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
  RunChoices choices = broken();
  const bool is_livelock = kept.steps.size() > steps_max;
  if (is_livelock) {
    choices.scenario =
        std::make_shared<Trace>(still_scenario(kept.protocol, kept.configuration.node_count));
    choices.demands_in_any_time = true;
  }
  EXPECT_LE(kept.steps.size(), is_livelock ? steps_of_livelock_max : steps_max);
  EXPECT_EQ(make_runner(choices)->run(*kept.seed).finding.property, kept.expect->property);
  const std::string wrong_step =
      in_a_row(explain(make_runner(broken())->chronicle(kept)).wrong_step);
  EXPECT_THAT(kept.about, HasSubstr(wrong_step.empty() ? kept.expect->finding : wrong_step));
}

INSTANTIATE_TEST_SUITE_P(OfEach, Chain, ::testing::ValuesIn(slugs_of_all_bugs()),
                         [](const ::testing::TestParamInfo<std::string>& one) {
                           return name_of(one.param);
                         });

}  // namespace
}  // namespace synod
