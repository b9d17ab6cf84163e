#include "scenarios/words/brief_log.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace synod {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

void add(std::vector<std::string>& log, int at, const std::string& text) {
  log.push_back(fmt::format("{:>7}  {}", at, text));
}

std::vector<std::string> duel(int ballots) {
  std::vector<std::string> log;
  add(log, 1, "c1 asks n1  request (c1#1, operation write, value red)");
  for (int ballot = 1; ballot <= ballots; ++ballot) {
    add(log, 10 * ballot, fmt::format("n1 → n2  prepare (ballot {}.n1)", ballot));
    add(log, 10 * ballot + 1, "n2's write is durable");
    log.push_back(fmt::format("           on n2's disk: promised {}.n1", ballot));
  }
  add(log, 9999, "c1 stops waiting");
  return log;
}

TEST(BriefLog, ShortOnesAreToldAsTheyAre) { EXPECT_EQ(told_briefly(duel(2)), duel(2)); }

TEST(BriefLog, SaysWhatComesAgainHowOftenAndUntilWhen) {
  EXPECT_THAT(
      told_briefly(duel(500)),
      ElementsAre("      1  c1 asks n1  request (c1#1, operation write, value red)",
                  "     10  n1 → n2  prepare (ballot 1.n1)", "     11  n2's write is durable",
                  "           on n2's disk: promised 1.n1",
                  "         … until 5001, 2 such steps 499 times more",
                  "   9999  c1 stops waiting"));
}

TEST(BriefLog, WhatIsAboutTheStepsThatComeNextIsTold) {
  std::vector<std::string> log = duel(500);
  log.insert(log.begin() + 601, "         the steps are over");
  const std::vector<std::string> told = told_briefly(log);
  EXPECT_THAT(told, ::testing::Contains("         the steps are over"));
  EXPECT_LE(told.size(), 12U);
}

TEST(BriefLog, AMarginIsNotRead) {
  std::vector<std::string> log = duel(500);
  int number = 0;
  for (std::string& line : log) {
    line = fmt::format("{:>7} {}", fmt::format("[{}]", number++), line);
  }
  EXPECT_THAT(told_briefly(log, 8), SizeIs(6));
}

TEST(BriefLog, WhateverTheCodePrintsInOneStepDoesNotMakeItLonger) {
  std::vector<std::string> log = duel(3);
  log.insert(log.begin() + 1, 1000, "           printed: something");
  EXPECT_LE(told_briefly(log).size(), story_lines_max);
}

TEST(BriefLog, WhatHasNoOrderIsCounted) {
  std::vector<std::string> log;
  for (int i = 0; i < 3000; ++i) {
    add(log, i, fmt::format("n{} → n{}  ask", i * i % 7 + 1, i * i * i % 5 + 1));
  }
  const std::vector<std::string> told = told_briefly(log);
  EXPECT_LE(told.size(), story_lines_max);
  EXPECT_THAT(told, ::testing::Contains(::testing::HasSubstr(" × ask")));
}

}  // namespace
}  // namespace synod
