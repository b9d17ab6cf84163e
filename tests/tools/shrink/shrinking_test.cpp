#include "tools/shrink/shrinking.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <vector>

namespace synod {
namespace {

using testing::HasSubstr;

RunChoices choose_mutant(std::string_view slug) {
  RunChoices choices;
  choices.mutants.emplace_back(slug);
  return choices;
}

Trace first_failure(const RunChoices& choices) {
  const auto runner = make_runner(choices);
  std::uint64_t seed = 1;
  while (runner->run(seed).verdict != Verdict::violated) {
    ++seed;
  }
  return runner->record(seed);
}

/// Asked for when somebody has looked so often whether it is.
class Patience {
 public:
  explicit Patience(double looks)
      : stop_(interrupt_, looks, [this] { return static_cast<double>(looks_++); }) {}

  [[nodiscard]] const Stop& stop() const { return stop_; }

 private:
  const std::atomic<bool> interrupt_ = false;
  std::uint64_t looks_ = 0;
  Stop stop_;
};

ShrinkReport shrink(const RunChoices& choices, const Trace& trace, const Stop& stop) {
  ProgressLine line;
  return shrink_while_shown(choices, trace, effort_in_passing, stop, line);
}

/// Of which one replay alone takes tens of thousands of steps.
TEST(Shrinking, LeavesTheOriginalWhenTheTimeIsUpBeforeAnythingIsGone) {
  const RunChoices choices = choose_mutant("sd-duel");
  const Trace trace = first_failure(choices);
  const Patience none(0);
  const ShrinkReport report = shrink(choices, trace, none.stop());
  EXPECT_TRUE(report.is_interrupted);
  EXPECT_EQ(report.why_original, "the time was up");
  EXPECT_TRUE(format_trace(report.trace) == format_trace(trace));
  EXPECT_EQ(report.finding.property, "progress");
  EXPECT_THAT(shrunk_text(report, none.stop()), HasSubstr(", not shrunk: the time was up"));
}

TEST(Shrinking, HasTheBestByTheTimeThatItIsUp) {
  const RunChoices choices = choose_mutant("sd-pick-own");
  const Trace trace = first_failure(choices);
  const Patience little(3);
  const ShrinkReport report = shrink(choices, trace, little.stop());
  EXPECT_TRUE(report.is_interrupted);
  EXPECT_LT(report.steps_after, report.steps_before);
  EXPECT_EQ(report.why_original, "");
  EXPECT_EQ(make_runner(choices)->replay(report.trace, nullptr).finding.property,
            report.finding.property);
  EXPECT_THAT(shrunk_text(report, little.stop()), HasSubstr(": the best until the time was up"));
}

TEST(Shrinking, WithTimeEnoughIsNotStopped) {
  const RunChoices choices = choose_mutant("sd-pick-own");
  const Patience much(1e9);
  const ShrinkReport report = shrink(choices, first_failure(choices), much.stop());
  EXPECT_FALSE(report.is_interrupted);
  EXPECT_THAT(shrunk_text(report, much.stop()), testing::Not(HasSubstr("time")));
}

TEST(Shrinking, LooksNoFurtherForWhatGoesOnForEverWhenItIsStopped) {
  std::vector<std::uint64_t> told;
  const auto on_search = [&](std::uint64_t runs, std::uint64_t runs_max) {
    EXPECT_EQ(runs_max, 2000);
    told.push_back(runs);
    return told.size() < 3;
  };
  EXPECT_FALSE(find_livelock(choose_mutant("sd-duel"), "a property that none breaks", on_search));
  EXPECT_THAT(told, testing::ElementsAre(0, 1, 2));
}

}  // namespace
}  // namespace synod
