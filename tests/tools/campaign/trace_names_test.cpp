#include "tools/campaign/trace_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "scenarios/words/input_error.h"
#include "tools/campaign/campaign.h"

namespace synod {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::MatchesRegex;
using testing::StartsWith;

/// Paxos with the first `count` of its planted bugs.
RunChoices choices_with(std::size_t count) {
  RunChoices choices;
  for (const MutantText& mutant : protocol_named(choices.protocol).mutants()) {
    if (choices.mutants.size() < count) {
      choices.mutants.emplace_back(mutant.slug);
    }
  }
  return choices;
}

Violation violation_of(std::string_view property, std::uint64_t seed) {
  Violation violation;
  violation.property = property;
  violation.seed = seed;
  return violation;
}

std::string name_of(const std::string& path) { return path.substr(path.rfind('/') + 1); }

TEST(TraceNames, SayWhatWasRunWhatItBrokeAndTheSeed) {
  RunChoices choices;
  choices.mutants = {"sd-pick-own", "sd-fast-clock"};
  const TraceNames names("out/traces", choices);
  EXPECT_FALSE(names.are_shortened());
  EXPECT_EQ(names.of(violation_of("agreement", 17), ".json"),
            "out/traces/paxos-sd-pick-own-sd-fast-clock-agreement-17.json");
  EXPECT_EQ(names.pattern(), "out/traces/paxos-sd-pick-own-sd-fast-clock-PROPERTY-SEED.json");
}

TEST(TraceNames, OfAnyNumberOfPlantedBugsFitAndDiffer) {
  std::set<std::string> all;
  const std::size_t mutant_count = protocol_named("paxos").mutants().size();
  ASSERT_GT(mutant_count, 20U);
  bool was_shortened = false;
  for (std::size_t count = 0; count <= mutant_count; ++count) {
    const TraceNames names("traces", choices_with(count));
    for (const PropertyText& property : protocol_named("paxos").properties) {
      const std::string name = names.of(violation_of(property.name, UINT64_MAX), ".original.json");
      EXPECT_LE(name_of(name).size(), 255U);
      EXPECT_TRUE(all.insert(name).second) << name;
      EXPECT_EQ(TraceNames("traces", choices_with(count))
                    .of(violation_of(property.name, UINT64_MAX), ".original.json"),
                name);
    }
    EXPECT_GE(names.are_shortened(), was_shortened);
    was_shortened = names.are_shortened();
  }
  EXPECT_TRUE(was_shortened);
}

TEST(TraceNames, ThatAreShortenedBeginWithTheFirstBugsAndCountTheOthers) {
  const RunChoices choices = choices_with(30);
  const TraceNames names("traces", choices);
  ASSERT_TRUE(names.are_shortened());
  EXPECT_THAT(names.pattern(), StartsWith("traces/paxos-" + choices.mutants.front() + "-"));
  EXPECT_THAT(names.pattern(), MatchesRegex(".*-and-[0-9]+-more-[0-9a-f]+-PROPERTY-SEED\\.json"));
  // The last of many counts, too.
  RunChoices other = choices;
  other.mutants.back() = choices.mutants.front();
  EXPECT_NE(TraceNames("traces", other).pattern(), names.pattern());
}

TEST(TraceNames, ThatNoFolderCanHoldAreRefused) {
  std::string deep = "d";
  while (deep.size() < 4050) {
    deep += "/d";
  }
  try {
    const TraceNames names(deep, {});
    FAIL() << names.pattern();
  } catch (const InputError& error) {
    EXPECT_THAT(error.what(), HasSubstr(": this folder cannot hold the traces: "));
    EXPECT_THAT(error.what(), EndsWith("give another"));
  }
}

TEST(TraceNames, AreToldFromOtherFilesInTheirFolder) {
  RunChoices choices;
  choices.mutants = {"sd-pick-own"};
  const TraceNames names("traces", choices);
  for (const char* name : {"traces/paxos-sd-pick-own-agreement-17.json",
                           "./traces/paxos-sd-pick-own-agreement-0.original.json"}) {
    EXPECT_TRUE(names.may_be(name)) << name;
  }
  for (const char* name :
       {"other/paxos-sd-pick-own-agreement-17.json", "paxos-sd-pick-own-agreement-17.json",
        "traces/paxos-sd-pick-own-agreement-.txt", "traces/paxos-sd-pick-own-agreement-17.xml",
        "traces/paxos-sd-pick-own-summary-17.json", "traces/paxos-sd-pick-own-agreement.json",
        "traces/paxos-agreement-17.json", "traces/summary.json"}) {
    EXPECT_FALSE(names.may_be(name)) << name;
  }
}

}  // namespace
}  // namespace synod
