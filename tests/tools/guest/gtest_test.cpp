// tools/guest/gtest.h, as a guest's own tests use it.
#include "tools/guest/gtest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace synod {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::StartsWith;

namespace fs = std::filesystem;

/// A folder and an environment of its own.
class GuestTest : public testing::Test {
 protected:
  void SetUp() override {
    for (const char* name : {"SYNOD_SEEDS", "SYNOD_TIME", "SYNOD_FIRST_SEED", "SYNOD_SEED",
                             "SYNOD_JOBS", "SYNOD_OUT"}) {
      unsetenv(name);
    }
    folder_ = fs::path(testing::TempDir()) /
              ("synod_guest_test_" + std::to_string(getpid()) + "_" +
               testing::UnitTest::GetInstance()->current_test_info()->name());
    fs::create_directories(folder_);
    set("SYNOD_OUT", folder_.string());
  }
  void TearDown() override { fs::remove_all(folder_); }

  static void set(const char* name, const std::string& value) { setenv(name, value.c_str(), 1); }
  static FuzzTest with_bug(std::uint64_t seeds = 1000) {
    return {.mutants = {"sd-pick-own"}, .seeds = seeds};
  }
  static std::string told(const Tested& tested) { return tested.tell(); }
  [[nodiscard]] std::vector<fs::path> files() const {
    std::vector<fs::path> found;
    for (const auto& entry : fs::recursive_directory_iterator(folder_)) {
      if (entry.is_regular_file()) {
        found.push_back(entry.path());
      }
    }
    return found;
  }
  void keep(const std::string& name, const std::string& as) const {
    fs::copy_file(fs::path(SYNOD_SOURCE_DIR) / "scenarios/regressions" / name, folder_ / as);
  }
  [[nodiscard]] std::string folder() const { return folder_.string(); }

 private:
  fs::path folder_;
};

TEST_F(GuestTest, ACampaignThatHoldsIsASuccess) {
  SYNOD_EXPECT_HOLDS(fuzz({.protocol = "paxos", .seeds = 20}));
}

TEST_F(GuestTest, APlantedBugIsFoundAndWritesNothing) {
  SYNOD_EXPECT_VIOLATED(fuzz(with_bug()));
  EXPECT_TRUE(files().empty());
}

TEST_F(GuestTest, AFailureTellsWhatWasFoundItsStoryItsTraceAndHowToRepeatIt) {
  const std::string text = told(fuzz(with_bug()));
  ASSERT_EQ(files().size(), 1U);
  const std::string trace = files().front().string();
  EXPECT_THAT(text, StartsWith("proposals_safe is violated by paxos + sd-pick-own: "));
  EXPECT_THAT(text, ContainsRegex("\nseed 1: [0-9]+, shrunk to [0-9]+ steps\n"));
  EXPECT_THAT(text, HasSubstr("proposed blue"));  // the story's words
  EXPECT_THAT(text, HasSubstr("\ntrace   " + trace + "\n"));
  EXPECT_THAT(text, ContainsRegex("\nrepeat  SYNOD_SEED=1 .*test_tools --gtest_filter=GuestTest\\."
                                  "AFailureTellsWhatWasFoundItsStoryItsTraceAndHowToRepeatIt\n$"));
  EXPECT_EQ(files().front().parent_path().filename(),
            "GuestTest.AFailureTellsWhatWasFoundItsStoryItsTraceAndHowToRepeatIt");
}

TEST_F(GuestTest, TheSeedThatAFailurePrintsRepeatsItToTheLetter) {
  const std::string found = told(fuzz(with_bug()));
  set("SYNOD_SEED", "1");
  set("SYNOD_SEEDS", "1000");
  set("SYNOD_TIME", "1h");
  EXPECT_EQ(told(fuzz(with_bug())), found);
  EXPECT_EQ(files().size(), 1U);
}

TEST_F(GuestTest, OneSeedThatBreaksNothingIsASuccess) {
  set("SYNOD_SEED", "3");  // faults that are drawn need not all happen in one run
  SYNOD_EXPECT_HOLDS(fuzz({.protocol = "paxos"}));
}

TEST_F(GuestTest, ATraceThatIsThereStaysAsItIs) {
  told(fuzz(with_bug()));
  const fs::path first = files().front();
  std::ofstream(first) << "of another build";
  EXPECT_THAT(told(fuzz(with_bug())), HasSubstr("-1-2.json\n"));
  EXPECT_EQ(files().size(), 2U);
  EXPECT_EQ(fs::file_size(first), std::string("of another build").size());
}

TEST_F(GuestTest, TheEnvironmentSaysHowMuchIsDone) {
  set("SYNOD_SEEDS", "1000");
  EXPECT_THAT(told(fuzz({.protocol = "paxos"})), HasSubstr("paxos: 1,000 runs and nothing"));
  set("SYNOD_TIME", "1h");  // whichever comes first
  EXPECT_THAT(told(fuzz({.protocol = "paxos"})), HasSubstr("paxos: 1,000 runs and nothing"));
  set("SYNOD_FIRST_SEED", "18446744073709550616");
  set("SYNOD_JOBS", "2");
  EXPECT_THAT(told(fuzz({.protocol = "paxos"})), HasSubstr("paxos: 1,000 runs and nothing"));
}

TEST_F(GuestTest, ATimeLimitEndsIt) {
  using std::chrono_literals::operator""ms;
  const Tested tested = fuzz({.protocol = "paxos", .time = 50ms});
  EXPECT_EQ(tested.verdict, Verdict::holds) << tested.tell();
}

TEST_F(GuestTest, WhatMakesNoSenseFailsWithOneLine) {
  const std::vector<std::pair<const char*, std::string>> wrong = {
      {"SYNOD_SEEDS", "0"}, {"SYNOD_SEEDS", "many"},   {"SYNOD_SEED", "-1"},
      {"SYNOD_TIME", ""},   {"SYNOD_TIME", "2 weeks"}, {"SYNOD_FIRST_SEED", "1e3"},
      {"SYNOD_JOBS", "0"},  {"SYNOD_OUT", ""}};
  for (const auto& [name, value] : wrong) {
    SCOPED_TRACE(name);
    const char* const before = std::getenv(name);
    const std::string old = before == nullptr ? "" : before;
    set(name, value);
    const Tested tested = fuzz({.protocol = "paxos", .seeds = 1});
    EXPECT_EQ(tested.verdict, Verdict::inconclusive);
    EXPECT_THAT(tested.tell(), ContainsRegex("^environment: " + std::string(name) + " [^\n]+\n$"));
    if (old.empty()) {
      unsetenv(name);
    } else {
      set(name, old);
    }
  }
}

TEST_F(GuestTest, WhatDoesNotExistFailsWithOneLine) {
  EXPECT_EQ(told(fuzz({.protocol = "paxo"})), "no protocol \"paxo\": did you mean \"paxos\"?\n");
  EXPECT_EQ(told(fuzz({.protocol = "paxos", .options = {{"phase3_quorum", "2"}}})),
            "fuzz: --phase3-quorum is no option of paxos: leave it away\n");
  EXPECT_THAT(told(fuzz()), StartsWith("there are several protocols: say which"));
  EXPECT_THAT(told(fuzz({.scenario = "paxos_old_leader_returns"})), HasSubstr("has steps"));
}

TEST_F(GuestTest, KeptTracesAreReplayed) {
  keep("sd_pick_own.json", "one.json");
  keep("c2_majority.json", "two.json");
  SYNOD_EXPECT_AS_KEPT(regress(folder()));
}

TEST_F(GuestTest, AFolderWithoutTracesIsNoSuccess) {
  const Tested tested = regress(folder());
  EXPECT_EQ(tested.verdict, Verdict::inconclusive);
  EXPECT_THAT(tested.tell(), StartsWith(folder() + ": there is no trace to replay\nrepeat  "));
  EXPECT_EQ(regress(folder() + "/none").verdict, Verdict::inconclusive);
}

TEST_F(GuestTest, ATraceThatIsNotAsKeptIsNamedAndErrorsHideNoOther) {
  keep("sd_pick_own.json", "b.json");
  std::ofstream(folder() + "/a.json") << "{";
  std::ifstream kept(folder() + "/b.json");
  std::string text{std::istreambuf_iterator<char>(kept), {}};
  const std::string mutant = "\"sd-pick-own\"";
  text.replace(text.find("[" + mutant), mutant.size() + 2, "[]");
  std::ofstream(folder() + "/c.json") << text;
  const Tested tested = regress(folder());
  EXPECT_EQ(tested.verdict, Verdict::inconclusive);
  const std::string all = tested.tell();
  EXPECT_THAT(all, HasSubstr("a.json"));
  EXPECT_THAT(all, HasSubstr("c.json: inconclusive: "));
  EXPECT_THAT(all, HasSubstr("\ntrace   " + folder() + "/c.json\n"));
  EXPECT_THAT(all, testing::Not(HasSubstr("b.json")));
}

}  // namespace
}  // namespace synod
