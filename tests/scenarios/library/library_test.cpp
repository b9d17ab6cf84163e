// Every scenario that comes with the program says what comes of it, and that comes of it.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/format/trace.h"
#include "scenarios/library/library.h"
#include "scenarios/run/runner.h"

namespace synod {

/// For GoogleTest, which looks for it here.
static void PrintTo(const LibraryScenario& scenario,  // NOLINT(readability-identifier-naming)
                    std::ostream* out) {
  *out << scenario.name;
}

}  // namespace synod

namespace synod::testing {
namespace {

using ::testing::ElementsAreArray;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::Not;

/// Enough for what is expected to go wrong to do so once, and little enough to be quick.
constexpr std::uint64_t seed_count = 300;

/// A run stops at the first property that it breaks. On the way to two chosen values, most runs
/// propose one that is not safe; nothing else leads to anything else in these scenarios.
bool comes_before(std::string_view property, std::string_view expected) {
  return property == "proposals_safe" && expected == "agreement";
}

class Scenario : public ::testing::TestWithParam<LibraryScenario> {
 protected:
  Trace trace = parse_trace(GetParam().text, std::string(GetParam().name) + ".json");

  [[nodiscard]] std::unique_ptr<Runner> runner() const {
    RunChoices choices;
    choices.protocol = trace.protocol;
    choices.mutants = trace.mutants;
    if (!trace.has_steps) {
      choices.scenario = std::make_shared<Trace>(trace);
    }
    return make_runner(choices);
  }
};

TEST_P(Scenario, SaysInOneSentenceWhatItIsAboutAndWhatComesOfIt) {
  EXPECT_THAT(trace.about, EndsWith("."));
  EXPECT_THAT(trace.about, Not(HasSubstr(". ")));
  ASSERT_TRUE(trace.expect);
  // What no reader could have foreseen is no part of a story.
  EXPECT_EQ(trace.expect->fingerprint, "");
  EXPECT_EQ(trace.build, "");
}

TEST_P(Scenario, ComesToWhatItExpects) {
  ASSERT_TRUE(trace.expect);
  const auto runner = this->runner();
  if (trace.has_steps) {
    const ReplayReport report = runner->replay(trace, nullptr);
    EXPECT_EQ(report.verdict, trace.expect->verdict) << report.finding.text << report.inconclusive;
    EXPECT_EQ(report.finding.property, trace.expect->property);
    EXPECT_EQ(report.steps_skipped, 0U) << "from step " << report.first_skipped.value_or(0);
    EXPECT_EQ(report.steps_applied, trace.steps.size());
    if (!trace.expect->finding.empty()) {
      EXPECT_EQ(report.finding.text, trace.expect->finding);
    }
    return;
  }
  std::uint64_t as_expected = 0;
  for (std::uint64_t seed = 1; seed <= seed_count; ++seed) {
    const RunReport report = runner->run(seed);
    const bool is_expected = report.verdict == trace.expect->verdict &&
                             report.finding.property == trace.expect->property;
    as_expected += is_expected ? 1U : 0U;
    if (report.verdict == Verdict::violated) {
      EXPECT_TRUE(is_expected || comes_before(report.finding.property, trace.expect->property))
          << "seed " << seed << ": " << report.finding.property << ": " << report.finding.text;
      EXPECT_TRUE(report.is_outside_fault_model) << "seed " << seed;
    }
  }
  EXPECT_GT(as_expected, 0U);
}

INSTANTIATE_TEST_SUITE_P(Library, Scenario,
                         ::testing::ValuesIn(library_scenarios().begin(),
                                             library_scenarios().end()),
                         [](const auto& one) { return std::string(one.param.name); });

class Library : public ::testing::Test {
 protected:
  [[nodiscard]] static std::vector<std::filesystem::path> files() {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(std::string(SYNOD_SOURCE_DIR) +
                                                                 "/scenarios/stories")) {
      if (entry.path().extension() == ".json") {
        files.push_back(entry.path());
      }
    }
    std::sort(files.begin(), files.end());
    return files;
  }
};

TEST_F(Library, HasEveryFile) {
  std::vector<std::string> in_files;
  for (const std::filesystem::path& file : files()) {
    in_files.push_back(file.stem().string());
  }
  std::vector<std::string> in_library;
  for (const LibraryScenario& scenario : library_scenarios()) {
    in_library.emplace_back(scenario.name);
  }
  EXPECT_THAT(in_library, ElementsAreArray(in_files));
}

TEST_F(Library, IsWhatTheSchemaSays) {
  std::string command = fmt::format("'{}' '{}/tests/scenarios/schema/validate_json.py'",
                                    SYNOD_PYTHON, SYNOD_SOURCE_DIR);
  for (const std::filesystem::path& file : files()) {
    command += fmt::format(" '{}'", file.string());
  }
  EXPECT_EQ(std::system(command.c_str()), 0);
}

}  // namespace
}  // namespace synod::testing
