// A protocol is edited, and the traces that were kept before still bite: with the bugs of those
// traces planted in the edited protocol, the same properties break; without them nothing does, and
// where hardly a step applies any more, that is no "holds".
#include "tests/tools/regress/edited_paxos.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "scenarios/explore/rounds.h"
#include "tools/kept/regression.h"

namespace synod {
namespace {

using ::testing::IsEmpty;

struct Judged {
  std::string name;
  Regression regression;
  bool bites = false;
};

/// The kept traces of Paxos, on an edited one.
template <class Edit>
std::vector<Judged> judge_on() {
  std::vector<Judged> judged;
  for (const std::string& file : kept_files(SYNOD_SOURCE_DIR "/scenarios/regressions")) {
    const KeptTrace kept = read_kept_trace(file);
    if (kept.trace.protocol != "paxos" || kept.trace.mutants.empty()) {
      continue;
    }
    const auto as_kept = testing::make_edited_runner<Edit>(kept.trace.mutants);
    const auto correct = testing::make_edited_runner<Edit>({});
    Regression regression = judge(kept, *as_kept, correct.get());
    const bool bites = is_as_kept(*kept.trace.expect, regression.as_kept.report);
    judged.push_back(
        {std::filesystem::path(kept.file).stem().string(), std::move(regression), bites});
  }
  return judged;
}

std::vector<std::string> those_that_do_not_bite(const std::vector<Judged>& all) {
  std::vector<std::string> names;
  for (const Judged& one : all) {
    if (!one.bites) {
      names.push_back(one.name + ": " + one.regression.why);
    }
  }
  return names;
}

std::uint64_t steps_skipped(const std::vector<Judged>& all) {
  std::uint64_t skipped = 0;
  for (const Judged& one : all) {
    skipped += one.regression.as_kept.report.steps_skipped;
  }
  return skipped;
}

void expect_no_false_alarm(const std::vector<Judged>& all) {
  for (const Judged& one : all) {
    EXPECT_NE(one.regression.correct->report.verdict, Verdict::violated)
        << one.name << ": " << one.regression.why;
  }
}

// What it does not say of itself, nobody takes for granted: searches ask for it.
TEST(EditedPaxos, DoesNotSayThatItComparesRoundsOnly) {
  static_assert(ComparesRoundsOnly<paxos::Protocol>);
  static_assert(!ComparesRoundsOnly<testing::EditedPaxos<testing::ExtraMessage>>);
}

TEST(EditedPaxos, WithAnExtraMessageIsBittenByEveryKeptTrace) {
  const auto all = judge_on<testing::ExtraMessage>();
  EXPECT_THAT(those_that_do_not_bite(all), IsEmpty());
  expect_no_false_alarm(all);
}

TEST(EditedPaxos, WithOtherNamesForItsTimersIsBittenByAllButFew) {
  const auto all = judge_on<testing::RenamedTimers>();
  EXPECT_LE(those_that_do_not_bite(all).size(), all.size() / 20)
      << ::testing::PrintToString(those_that_do_not_bite(all));
  expect_no_false_alarm(all);
}

TEST(EditedPaxos, WithAnExtraRoundIsBittenByMostOfThem) {
  const auto all = judge_on<testing::ExtraRound>();
  EXPECT_GT(steps_skipped(all), 0);
  EXPECT_LT(those_that_do_not_bite(all).size(), all.size() / 2)
      << ::testing::PrintToString(those_that_do_not_bite(all));
  expect_no_false_alarm(all);
}

TEST(EditedPaxos, IsNeverSaidToHoldWhereHardlyAStepApplies) {
  for (const Judged& one : judge_on<testing::ExtraRound>()) {
    const ReplayReport& correct = one.regression.correct->report;
    if (!applies_enough(correct)) {
      EXPECT_EQ(correct.verdict, Verdict::inconclusive) << one.name;
      EXPECT_TRUE(correct.first_skipped) << one.name;
      EXPECT_EQ(one.regression.verdict, Verdict::inconclusive) << one.name;
    }
  }
}

}  // namespace
}  // namespace synod
