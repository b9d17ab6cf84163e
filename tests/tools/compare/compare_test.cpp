// The comparison: the same figures on any number of threads, and how they are shown.
#include "tools/compare/compare.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "scenarios/format/trace.h"
#include "scenarios/library/library.h"
#include "scenarios/run/runner.h"

namespace synod {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

// ---- Measuring

TEST(TheComparison, IsTheSameOnAnyNumberOfThreads) {
  const std::string one = comparison_json(compare_protocols(40, 1), "synod");
  for (const unsigned jobs : {2U, 3U, 64U}) {
    EXPECT_EQ(comparison_json(compare_protocols(40, jobs), "synod"), one) << jobs << " jobs";
  }
}

TEST(TheComparison, PutsEveryProtocolThroughEveryAccident) {
  const std::vector<Comparison> comparisons = compare_protocols(1, 2);
  std::vector<std::string> cells;
  std::vector<std::string> expected;
  cells.reserve(comparisons.size());
  for (const Comparison& one : comparisons) {
    cells.push_back(std::string(one.protocol) + " " + std::string(one.accident));
    EXPECT_EQ(one.runs, 1U);
  }
  for (const ProtocolEntry& protocol : protocols()) {
    for (const std::string_view accident : accidents()) {
      expected.push_back(std::string(protocol.text.name) + " " + std::string(accident));
    }
  }
  EXPECT_EQ(cells, expected);
  EXPECT_EQ(cells.size(), 28U);
}

RunChoices choices_of(const Comparison& one) {
  RunChoices choices;
  choices.protocol = one.protocol;
  choices.scenario =
      std::make_shared<Trace>(load_scenario("accident_" + std::string(one.accident)));
  return choices;
}

TEST(TheComparison, CountsWhatSingleRunsSay) {
  constexpr std::uint64_t seeds = 150;
  for (const Comparison& one : compare_protocols(seeds, 2)) {
    const std::string cell = std::string(one.protocol) + " " + std::string(one.accident);
    const auto runner = make_runner(choices_of(one));
    std::uint64_t violated = 0;
    std::uint64_t decided = 0;
    std::uint64_t cheaper = 0;
    std::uint64_t dearer = 0;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
      violated += runner->run(seed).verdict == Verdict::violated ? 1U : 0U;
      const CostReport costs = runner->count_costs(seed);
      decided += costs.is_decided ? 1U : 0U;
      cheaper += costs.is_decided && costs.messages < one.messages_median ? 1U : 0U;
      dearer += costs.is_decided && costs.messages > one.messages_median ? 1U : 0U;
    }
    EXPECT_EQ(one.splits.runs + one.blocks.runs + one.loses.runs, violated) << cell;
    EXPECT_EQ(one.decided, decided) << cell;
    EXPECT_GT(one.decided, seeds / 2) << cell;
    EXPECT_LE(cheaper, decided / 2) << cell;
    EXPECT_LE(dearer, decided / 2) << cell;
    for (const Failures* failures : {&one.splits, &one.blocks, &one.loses}) {
      if (failures->runs > 0) {
        const RunReport run = runner->run(failures->first_seed);
        EXPECT_EQ(run.verdict, Verdict::violated) << cell;
        EXPECT_EQ(run.is_outside_fault_model, failures->is_outside_fault_model) << cell;
      }
    }
  }
}

TEST(TheComparison, FindsWhatThePlainTextSays) {
  for (const Comparison& one : compare_protocols(400, 2)) {
    const std::string cell = std::string(one.protocol) + " " + std::string(one.accident);
    const bool may_block = cell == "two_phase_commit crash";
    const bool may_split = cell == "three_phase_commit cut" ||
                           cell == "three_phase_commit slow_node" ||
                           cell == "three_phase_commit crash_recover";
    EXPECT_EQ(one.blocks.runs > 0, may_block) << cell;
    EXPECT_EQ(one.splits.runs > 0, may_split) << cell;
    EXPECT_EQ(one.loses.runs, 0U) << cell;
    EXPECT_EQ(one.blocks.is_outside_fault_model, may_block) << cell;
    EXPECT_EQ(one.splits.is_outside_fault_model, may_split) << cell;
  }
}

// ---- Showing

/// Two protocols under all accidents: one that holds, one that fails in every way.
std::vector<Comparison> two_protocols() {
  std::vector<Comparison> comparisons;
  for (const char* protocol : {"good", "bad_one"}) {
    for (const std::string_view accident : accidents()) {
      comparisons.push_back({.protocol = protocol,
                             .accident = accident,
                             .runs = 1000,
                             .decided = 990,
                             .messages_median = 12,
                             .ticks_median = 345});
    }
  }
  Comparison& crash = comparisons[8];
  crash.splits = {.runs = 1, .first_seed = 77, .is_outside_fault_model = true};
  crash.blocks = {.runs = 500, .first_seed = 3, .is_outside_fault_model = false};
  crash.loses = {.runs = 1000, .first_seed = 1, .is_outside_fault_model = true};
  comparisons[9].decided = 0;
  return comparisons;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines = {""};
  for (const char c : text) {
    if (c == '\n') {
      lines.emplace_back();
    } else {
      lines.back() += c;
    }
  }
  return lines;
}

TEST(TheTable, HasARowForEachProtocolAndAColumnForEachAccident) {
  const std::vector<std::string> lines = lines_of(comparison_text(two_protocols(), "synod"));
  EXPECT_EQ(lines[0],
            "         none   crash                                         crash_recover  cut    "
            "loss   duelling  slow_node");
  EXPECT_EQ(lines[1],
            "good     holds  holds                                         holds          holds  "
            "holds  holds     holds");
  EXPECT_EQ(lines[2],
            "bad_one  holds  splits* 0.1 %, blocks 50.0 %, loses* 100.0 %  inconclusive   holds  "
            "holds  holds     holds");
  EXPECT_EQ(lines[3], "");
}

TEST(TheTable, ExplainsItsWordsAndTellsTheCosts) {
  const std::string text = comparison_text(two_protocols(), "synod");
  for (const char* word : {"\nsplits  ", "\nblocks  ", "\nloses   ", "\n*       "}) {
    EXPECT_THAT(text, HasSubstr(word));
  }
  EXPECT_THAT(text, HasSubstr("\ngood     12 / 345  12 / 345  12 / 345       12 / 345"));
  EXPECT_THAT(text, HasSubstr("\nbad_one  12 / 345  12 / 345  -              12 / 345"));
}

TEST(TheTable, EndsWithTheCommandThatShowsEachFailure) {
  const std::string text = comparison_text(two_protocols(), "./synod");
  EXPECT_THAT(
      text,
      HasSubstr("\nthe first seed of each failure, told step by step:\n"
                "  bad_one splits under crash\n"
                "      ./synod run --scenario accident_crash --protocol bad_one --seed 77 --log\n"
                "  bad_one blocks under crash\n"
                "      ./synod run --scenario accident_crash --protocol bad_one --seed 3 --log\n"
                "  bad_one loses under crash\n"
                "      ./synod run --scenario accident_crash --protocol bad_one --seed 1 --log\n"));
  EXPECT_THAT(text, Not(HasSubstr("--protocol good")));
}

TEST(ThePage, IsMarkdownWithTheCommandThatWroteIt) {
  const std::string page = comparison_markdown(two_protocols(), "synod compare --seeds 1000");
  EXPECT_THAT(page, ::testing::StartsWith(
                        "# Two protocols, the same accidents\n\nWritten by `synod compare --seeds "
                        "1000`, 1000 runs a cell.\n\n|  | none | crash |"));
  EXPECT_THAT(page,
              HasSubstr("\n| --- | --- | --- | --- | --- | --- | --- | --- |\n| good | holds |"));
  EXPECT_THAT(page, HasSubstr("| bad_one | holds | splits* 0.1 %, blocks 50.0 %, loses* 100.0 % | "
                              "inconclusive | holds |"));
  EXPECT_THAT(page, HasSubstr("| bad_one | 12 / 345 | 12 / 345 | - | 12 / 345 |"));
  EXPECT_THAT(page, HasSubstr("\n# bad_one blocks under crash\nsynod run --scenario accident_crash "
                              "--protocol bad_one --seed 3 --log\n"));
  for (const std::string& line : lines_of(page)) {
    if (line.starts_with("|")) {
      EXPECT_EQ(std::count(line.begin(), line.end(), '|'), 9) << line;
    }
  }
}

TEST(TheFigures, AreAListWithAnEntryForEachCell) {
  const auto json = nlohmann::json::parse(comparison_json(two_protocols(), "./synod"));
  ASSERT_EQ(json.size(), 14U);
  const nlohmann::json good = {{"protocol", "good"},    {"accident", "none"},
                               {"runs", 1000},          {"decided", 990},
                               {"messages_median", 12}, {"ticks_median", 345}};
  EXPECT_EQ(json[0], good);
  const nlohmann::json blocks = {
      {"runs", 500},
      {"first_seed", 3},
      {"outside_fault_model", false},
      {"repeat", "./synod run --scenario accident_crash --protocol bad_one --seed 3 --log"}};
  EXPECT_EQ(json[8]["blocks"], blocks);
  EXPECT_EQ(json[8]["splits"]["outside_fault_model"], true);
  EXPECT_EQ(json[8]["loses"]["first_seed"], 1);
}

}  // namespace
}  // namespace synod
