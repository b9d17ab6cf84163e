#include "tools/support/choose.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "scenarios/format/trace.h"

namespace synod {
namespace {

using testing::ElementsAre;

Choices called(const std::string& program) {
  Choices choices;
  choices.program = program;
  return choices;
}

TEST(Choose, RepeatsWhatWasTyped) {
  EXPECT_EQ(command_to_repeat(called("build/release/synod"), 17),
            "build/release/synod run --seed 17");
  const Choices choices{.program = "synod",
                        .scenario = "scenarios/mine.json",
                        .protocol = "paxos",
                        .mutants = {"sd-pick-own", "sd-accept-no-check"},
                        .properties = {"agreement"},
                        .options = {}};
  EXPECT_EQ(
      command_to_repeat(choices, 18446744073709551615U),
      "synod run --seed 18446744073709551615 --scenario scenarios/mine.json "
      "--protocol paxos --mutant sd-pick-own --mutant sd-accept-no-check --property agreement");
}

TEST(Choose, QuotesWhatAShellWouldTakeApart) {
  EXPECT_EQ(command_to_replay(called("/my programs/synod"), "it's $1.json"),
            "'/my programs/synod' replay 'it'\\''s $1.json' --log");
  Choices choices = called("synod");
  choices.scenario = "a;b.json";
  EXPECT_EQ(command_to_repeat(choices, 1), "synod run --seed 1 --scenario 'a;b.json'");
}

TEST(Choose, RepeatsOnOneLineWhateverAFileIsCalled) {
  EXPECT_EQ(command_to_replay(called("synod"), "a\nb's \xff\u202e\\.json"),
            "synod replay $'a\\x0ab\\'s \\xff\\xe2\\x80\\xae\\\\.json' --log");
}

TEST(Choose, TakesProtocolAndMutantsFromTheScenarioUnlessOthersAreNamed) {
  Choices choices;
  EXPECT_EQ(run_choices("run", choices).protocol, "paxos");
  choices.scenario = "calm";
  RunChoices chosen = run_choices("run", choices);
  EXPECT_EQ(chosen.protocol, "paxos");
  EXPECT_THAT(chosen.mutants, ElementsAre());
  ASSERT_NE(chosen.scenario, nullptr);
  EXPECT_EQ(chosen.scenario->configuration.node_count, 3);

  choices.protocol = "another";
  choices.mutants = {"sd-pick-own"};
  chosen = run_choices("run", choices);
  EXPECT_EQ(chosen.protocol, "another");
  EXPECT_THAT(chosen.mutants, ElementsAre("sd-pick-own"));
}

}  // namespace
}  // namespace synod
