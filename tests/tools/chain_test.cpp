// The chain, for every planted bug: found, recorded, explained, viewed, kept, and green again on
// the correct protocol. The seed of its kept trace finds it here; `synod hunt` measures how long
// that takes without one.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "scenarios/chronicle.h"
#include "scenarios/explain/explanation.h"
#include "scenarios/runner.h"
#include "scenarios/trace.h"
#include "tools/hunt_measure.h"
#include "tools/regression.h"
#include "tools/viewer_page.h"

namespace synod {
namespace {

using ::testing::HasSubstr;

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

constexpr std::string_view hasty =
    R"({"format": "synod run", "version": 1, "swarm": true, "configuration": {"progress": 1000}})";

class Chain : public ::testing::TestWithParam<std::string> {
 protected:
  /// As it was found when it was kept.
  [[nodiscard]] std::unique_ptr<Runner> broken() const {
    RunChoices choices;
    choices.protocol = protocol_of_mutant(GetParam()).text.name;
    choices.mutants = {GetParam()};
    if (GetParam() == "sd-duel") {  // else it takes fifty thousand steps
      choices.scenario = std::make_shared<Trace>(parse_trace(hasty, "hasty.json"));
    }
    return make_runner(choices);
  }
  [[nodiscard]] Trace kept_trace() const {
    return read_trace(SYNOD_SOURCE_DIR "/scenarios/regressions/" + name_of(GetParam()) + ".json");
  }
};

TEST_P(Chain, EndsInATestThatHoldsOnTheCorrectProtocol) {
  const Trace before = kept_trace();
  ASSERT_TRUE(before.seed);
  const auto runner = broken();

  const RunReport found = runner->run(*before.seed);
  ASSERT_EQ(found.verdict, Verdict::violated);
  const std::string property(found.finding.property);
  EXPECT_EQ(property, before.expect->property);
  const Trace recorded = runner->record(*before.seed);

  const Chronicle chronicle = runner->chronicle(recorded);
  ASSERT_TRUE(chronicle.finding);
  EXPECT_EQ(chronicle.finding->property, property);
  const Explanation explanation = explain(chronicle);
  EXPECT_FALSE(explanation.story.empty());
  EXPECT_FALSE(explanation.contradiction.empty());
  EXPECT_TRUE(explanation.rule);
  const std::string page = viewer_page({{"build", "a test"},
                                        {"runs",
                                         {{{"title", "original"},
                                           {"chronicle", to_json(chronicle)},
                                           {"explanation", to_json(explanation)}}}}});
  EXPECT_THAT(page, HasSubstr(property));

  const Trace kept = to_keep(recorded);
  const Regression regression = judge({"kept.json", parse_trace(format_trace(kept), "kept.json")});
  EXPECT_EQ(regression.verdict, Verdict::holds) << regression.why;
  EXPECT_EQ(regression.as_kept.report.finding.property, property);
  EXPECT_EQ(regression.correct->report.verdict, Verdict::holds);
}

INSTANTIATE_TEST_SUITE_P(OfEach, Chain, ::testing::ValuesIn(slugs_of_all_bugs()),
                         [](const ::testing::TestParamInfo<std::string>& one) {
                           return name_of(one.param);
                         });

}  // namespace
}  // namespace synod
