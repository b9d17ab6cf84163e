#include "tools/bench/bench_explore.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace synod {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

/// Enough to have every figure, none of them worth anything.
constexpr ExploreBenchEffort little = {.rounds = 1, .states_min = 1, .managers = 4, .ballots = 1};

const std::atomic<bool> go_on = false;

/// As it might come from a machine, with figures that can be told apart.
ExploreBenchReport made_up_report() {
  ExploreBenchReport report;
  report.rows = {{.name = "paxos specification",
                  .distinct = 185369,
                  .generated = 1361380,
                  .distinct_per_second = 5e6,
                  .generated_per_second = 35e6,
                  .ns_per_state = 200,
                  .bytes_per_state = 20,
                  .floor_ns_per_state = 100},
                 {.name = "paxos actors",
                  .distinct = 16668,
                  .generated = 32971,
                  .distinct_per_second = 0.5e6,
                  .generated_per_second = 1e6,
                  .ns_per_state = 2000,
                  .bytes_per_state = 60,
                  .floor_ns_per_state = 50}};
  report.shared = {{.name = "our Paxos, 3 nodes",
                    .two_workers_ratio = 1.8,
                    .cores_used = 1.95,
                    .two_workers_cost = 1.05}};
  report.two_floors_ratio = 1.9;
  report.cores = 2;
  return report;
}

TEST(BenchExplore, MeasuresEveryModelAndTwoWorkersOnTwo) {
  const json list = json::parse(explore_bench_json(measure_explore(little, go_on)));
  ASSERT_EQ(list.size(), 6U);
  std::vector<std::string> names;
  for (const json& entry : list) {
    names.push_back(entry["name"]);
  }
  EXPECT_THAT(names, ElementsAre("paxos specification", "paxos actors", "two-phase commit",
                                 "our Paxos, 3 nodes", "two workers, two-phase commit",
                                 "two workers, our Paxos, 3 nodes"));
  EXPECT_EQ(list[0]["distinct"], 185369);
  EXPECT_EQ(list[0]["generated"], 1361380);
  EXPECT_EQ(list[1]["distinct"], 16668);
  EXPECT_GT(list[3]["distinct"], 1000);
  for (const auto& figure : {"distinct_per_second", "generated_per_second", "ns_per_state",
                             "floor_ns_per_state", "bytes_per_state"}) {
    EXPECT_GT(list[0][figure], 0) << figure;
  }
}

TEST(BenchExplore, TextSaysWhichAimsAreMet) {
  const std::string text = explore_bench_text(made_up_report());
  EXPECT_THAT(text, HasSubstr("3 M distinct states/s on the Paxos specification         5.00 M   "
                              "met\n"));
  EXPECT_THAT(text, HasSubstr("0.8 M distinct states/s on the actors                    0.50 M   "
                              "falls short\n"));
  EXPECT_THAT(text, HasSubstr("paxos specification: within 3 times of the floor      2.0 times   "
                              "met\n"));
  EXPECT_THAT(text, HasSubstr("paxos actors: within 3 times of the floor            40.0 times   "
                              "falls short\n"));
  EXPECT_THAT(text, HasSubstr("our Paxos, 3 nodes: two workers, 1.7 times           1.80 times   "
                              "met\n"));
}

TEST(BenchExplore, TextSaysWhatSharingCosts) {
  EXPECT_THAT(
      explore_bench_text(made_up_report()),
      HasSubstr(
          "our Paxos, 3 nodes                     1.80       1.95                        1.05\n"));
}

TEST(BenchExplore, BytesAreNotJudgedWhereTheSmallestTableIsMostOfThem) {
  EXPECT_THAT(explore_bench_text(made_up_report()), Not(HasSubstr("paxos actors: at most 24")));
}

TEST(BenchExplore, TwoWorkersThatWereKeptFromTheirCoresAreInconclusive) {
  ExploreBenchReport report = made_up_report();
  report.shared[0].two_workers_ratio = 1.2;
  report.shared[0].cores_used = 1.3;
  EXPECT_THAT(explore_bench_text(report),
              HasSubstr("inconclusive: other programs left them 1.30 cores"));
}

}  // namespace
}  // namespace synod
