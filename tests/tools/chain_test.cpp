// The chain, for every planted bug: found, recorded, explained, viewed, kept, and green again on
// the correct protocol.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
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
  /// The first run that breaks a property and whose trace is worth keeping: of some, hardly a step
  /// applies to the correct protocol.
  [[nodiscard]] static Trace find(Runner& runner) {
    for (std::uint64_t seed = 1; seed <= 20'000; ++seed) {
      if (runner.run(seed).verdict == Verdict::violated) {
        Trace recorded = runner.record(seed);
        if (judge({"found.json", to_keep(recorded)}).verdict == Verdict::holds) {
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
