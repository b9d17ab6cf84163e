#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "tools/bench/allocation_count.h"
#include "tools/bench/bench_measure.h"
#include "tools/bench/bench_report.h"

namespace synod {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::UnorderedElementsAre;

/// Enough to have every figure, none of them worth anything.
constexpr BenchEffort little = {
    .seeds = 40, .floor_events = 1000, .campaign_seeds = 200, .rounds = 2};

const std::atomic<bool> go_on = false;

std::vector<std::string> keys_of(const json& object) {
  std::vector<std::string> keys;
  for (const auto& [key, value] : object.items()) {
    keys.push_back(key);
  }
  return keys;
}

/// A report as it might come from a machine, with figures that can be told apart.
BenchReport made_up_report() {
  BenchReport report;
  for (const bool has_checkers : {true, false}) {
    for (const std::uint32_t nodes : {3U, 5U, 9U}) {
      report.rows.push_back({.name = "paxos",
                             .nodes = nodes,
                             .has_checkers = has_checkers,
                             .steps = 100,
                             .runs_per_second = 123456,
                             .steps_per_second = 12.5e6,
                             .ns_per_step = 80,
                             .allocations_per_step = 0.0,
                             .floor_ns_per_step = 40,
                             .pending = 20});
    }
  }
  report.campaigns = {{.jobs = 1, .steps_per_second = 10e6, .cores_used = 1},
                      {.jobs = 2, .steps_per_second = 19e6, .cores_used = 2}};
  report.two_jobs_ratio = 1.95;
  report.cores = 2;
  return report;
}

TEST(Bench, JsonHasOneEntryForEachNumberOfNodesWithCheckersAndWithout) {
  const json list = json::parse(bench_json(measure(little, go_on)));
  ASSERT_TRUE(list.is_array());
  std::vector<std::pair<int, bool>> rows;
  for (const json& entry : list) {
    if (entry.at("name") == "campaign") {
      continue;
    }
    EXPECT_THAT(keys_of(entry), UnorderedElementsAre("name", "nodes", "checkers", "runs_per_second",
                                                     "steps_per_second", "ns_per_step",
                                                     "allocations_per_step", "floor_ns_per_step"));
    EXPECT_EQ(entry.at("name"), "paxos");
    for (const char* figure :
         {"runs_per_second", "steps_per_second", "ns_per_step", "floor_ns_per_step"}) {
      EXPECT_TRUE(entry.at(figure).is_number()) << figure;
      EXPECT_GT(entry.at(figure), 0) << figure;
    }
    rows.emplace_back(entry.at("nodes"), entry.at("checkers"));
  }
  EXPECT_THAT(rows, ElementsAre(std::pair(3, true), std::pair(5, true), std::pair(9, true),
                                std::pair(3, false), std::pair(5, false), std::pair(9, false)));
}

TEST(Bench, JsonHasTheCampaignsOfOneJobAndTwoAndSaysWhichBuildItWas) {
  const json list = json::parse(bench_json(made_up_report()));
  ASSERT_EQ(list.size(), 8);
  EXPECT_EQ(list[6].at("jobs"), 1);
  EXPECT_EQ(list[7].at("jobs"), 2);
  EXPECT_EQ(list[7].at("times_one_job"), 1.95);
  EXPECT_EQ(list[7].at("cores"), 2);
  EXPECT_THAT(list[7].at("build").get<std::string>(), HasSubstr("synod"));
  for (const std::string& key : keys_of(list[0])) {
    EXPECT_TRUE(list[6].contains(key)) << "who reads the list need not tell entries apart: " << key;
  }
}

TEST(Bench, AllocatesNothingOnceWarm) {
  for (const BenchRow& row : measure(little, go_on).rows) {
    if (allocations_of_this_thread()) {
      EXPECT_EQ(row.allocations_per_step, 0.0) << row.nodes;
    } else {
      EXPECT_EQ(row.allocations_per_step, std::nullopt);
    }
  }
}

TEST(Bench, DoesTheSameWorkEveryTimeWithCheckersAndWithout) {
  const BenchReport first = measure(little, go_on);
  const BenchReport second = measure(little, go_on);
  for (std::size_t i = 0; i < first.rows.size(); ++i) {
    EXPECT_GT(first.rows[i].steps, little.seeds);
    EXPECT_EQ(first.rows[i].steps, second.rows[i].steps);
    EXPECT_EQ(first.rows[i].pending, second.rows[i].pending);
    EXPECT_EQ(first.rows[i].steps, first.rows[i % 3].steps) << "checkers do not choose the steps";
  }
  EXPECT_EQ(first.campaigns[0].steps, second.campaigns[0].steps);
  EXPECT_EQ(first.campaigns[0].steps, first.campaigns[1].steps) << "nor do workers";
}

TEST(Bench, PrintsNothingButItsReport) {
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  const BenchReport report = measure(little, go_on);
  EXPECT_EQ(testing::internal::GetCapturedStdout(), "");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
  EXPECT_THAT(bench_text(report), HasSubstr("floor ns/step"));
}

TEST(Bench, SaysOfEachAimWhetherItIsMet) {
  BenchReport report = made_up_report();
  EXPECT_THAT(bench_text(report), Not(HasSubstr("falls short")));

  report.rows[1].steps_per_second = 9.14e6;
  const std::string text = bench_text(report);
  EXPECT_THAT(text, testing::ContainsRegex("10 M steps/s .* 9\\.1 M +falls short"));
  EXPECT_THAT(text, testing::ContainsRegex("100,000 complete runs/s on one core +123,456 +met"));
  EXPECT_THAT(text, testing::ContainsRegex("floor +2\\.0 times +met"));
}

TEST(Bench, NeverCallsAnAimMetThatWasNotMeasured) {
  BenchReport report = made_up_report();
  report.cores = 1;
  for (BenchRow& row : report.rows) {
    row.allocations_per_step = std::nullopt;
  }
  const std::string text = bench_text(report);
  EXPECT_THAT(text, testing::ContainsRegex("no allocation per step once warm +not measured"));
  EXPECT_THAT(text,
              testing::ContainsRegex("two workers .* not measured +this machine has one core"));
  EXPECT_TRUE(json::parse(bench_json(report))[0].at("allocations_per_step").is_null());
}

TEST(Bench, BlamesNoProgramForAMachineThatIsBusyElsewhere) {
  BenchReport report = made_up_report();
  report.two_jobs_ratio = 1.2;
  EXPECT_THAT(bench_text(report), testing::ContainsRegex("two workers .* 1.20 times +falls short"));
  report.campaigns[1].cores_used = 1.3;
  EXPECT_THAT(bench_text(report),
              testing::ContainsRegex("two workers .* 1.20 times +inconclusive"));
}

}  // namespace
}  // namespace synod
