// A protocol that registers itself from outside the tree gets every verb, although it has no words
// for its rules, no story and no ladder.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/chronicle/rule_texts.h"
#include "scenarios/explain/explanation.h"
#include "scenarios/explain/kept_rules.h"
#include "scenarios/format/trace.h"
#include "scenarios/run/runner.h"
#include "scenarios/words/input_error.h"
#include "tests/door/door_testing.h"
#include "tools/shortest/shortest.h"

namespace synod {
namespace {

using door_testing::shrunk_failure;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::SizeIs;

constexpr std::string_view guest = "first_wins";

RunChoices choose(std::vector<std::string> mutants) {
  return door_testing::runs_of(guest, std::move(mutants));
}

TEST(FifthProtocol, IsListedAfterThoseThatAreBetterMetBefore) {
  std::vector<std::string_view> names;
  for (const ProtocolEntry& entry : protocols()) {
    names.push_back(entry.text.name);
  }
  EXPECT_THAT(names, ElementsAre("paxos", "two_phase_commit", "three_phase_commit", "paxos_commit",
                                 "first_durable", guest));
  EXPECT_EQ(default_protocol(), "paxos");
  EXPECT_EQ(RunChoices{}.protocol, "paxos");
  EXPECT_EQ(Trace{}.protocol, "paxos");
}

TEST(FifthProtocol, HoldsWithoutItsPlantedBug) {
  const auto runner = make_runner(choose({}));
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    EXPECT_NE(runner->run(seed).verdict, Verdict::violated) << seed;
  }
}

TEST(FifthProtocol, ReplaysAndShrinksWhatItsPlantedBugBreaks) {
  EXPECT_EQ(protocol_of_mutant("fw-keep-last").text.name, guest);
  const auto runner = make_runner(choose({"fw-keep-last"}));
  const Trace trace = parse_trace(format_trace(shrunk_failure(*runner)), "kept.json");
  EXPECT_EQ(trace.protocol, guest);
  const ReplayReport report = runner->replay(trace, nullptr);
  EXPECT_EQ(report.verdict, Verdict::violated);
  EXPECT_EQ(report.finding.property, "agreement");
  EXPECT_EQ(make_runner(choose({}))->replay(trace, nullptr).verdict, Verdict::holds);
}

TEST(FifthProtocol, HasMutantsThatFollowFromTheTypesOfItsRules) {
  std::vector<std::string_view> slugs;
  for (const MutantText& mutant : protocol_named(guest).generated_mutants()) {
    slugs.push_back(mutant.slug);
  }
  EXPECT_THAT(slugs,
              ElementsAre("first_wins.value_to_keep-none", "first_wins.value_to_keep-own-1",
                          "first_wins.value_to_keep-own-2", "first_wins.value_to_keep-one-before"));
  EXPECT_EQ(protocol_of_mutant("first_wins.value_to_keep-own-2").text.name, guest);
  const auto runner = make_runner(choose({"first_wins.value_to_keep-own-2"}));
  const ReplayReport report = runner->replay(shrunk_failure(*runner), nullptr);
  EXPECT_EQ(report.verdict, Verdict::violated);
  EXPECT_EQ(report.finding.property, "agreement");
}

TEST(FifthProtocol, HasNoWordsOfItsOwn) {
  EXPECT_EQ(words_of(guest), nullptr);
  EXPECT_EQ(rule_text(guest, "value_to_keep"), nullptr);
  EXPECT_EQ(rule_for(guest, "offer").name, "");
  EXPECT_EQ(spoken_name(guest), guest);
  EXPECT_FALSE(kept_rule(guest, "value_to_keep"));
  EXPECT_EQ(rule_behind(guest, "agreement").text, "No two nodes learn different things.");
  EXPECT_FALSE(rule_behind(guest, "assertion").text.empty());
}

TEST(FifthProtocol, IsExplainedAllTheSame) {
  const auto runner = make_runner(choose({"fw-keep-last"}));
  const Chronicle chronicle = runner->chronicle(shrunk_failure(*runner));
  std::string text = plain_text(explain(chronicle, 7), chronicle);
  text.erase(text.find("\nThe steps that led to it"));
  EXPECT_EQ(text, R"(agreement is violated: no two nodes learn different things.

1 node and 1 client.

The wrong step
      At 11, n1 received n1's offer (value grey).
      value_to_keep: what does it return, given blue; grey?
      It returned grey; in first_wins it returns blue.
      So n1 went on to write kept grey; send kept (value grey) to n1; first_wins would send kept
      (value blue) to n1.

The rule
      No two nodes learn different things.
      Lamport, Paxos Made Simple, 1: only a single value is chosen

What happened, and when [in ticks]
   1. n1 received c1's request (request c1#1, operation write, value blue), and sent offer (value
      blue) to itself. [2]
   2. n1 received its own offer (value blue). [3]
   3. n1's disk had kept blue, and n1 sent kept (value blue) to itself. [4]
   4. n1 received its own kept (value blue). [5]
   5. n1 learned blue. [5]
   6. c1 got the answer: chosen blue. [6]
   7. n1 crashed. [7]
   8. n1 came back, from its disk. [8]
   9. n1 received c1's request (request c1#2, operation write, value grey), and sent offer (value
      grey) to itself. [10]
  10. n1 received its own offer (value grey). [11]
  11. n1's disk had kept grey, and n1 sent kept (value grey) to itself. [12]
  12. n1 received its own kept (value grey), and sent answer (request c1#2, outcome chosen, value
      grey) to c1. [13]
  13. n1 learned grey. [13]

What contradicts what
      n1 has learned grey, and n1 blue. [13]
      It was nearly bound to come from this step on: n1 restarts from its disk. [8]
)");
}

TEST(FifthProtocol, IsToldThatItSpokeBeforeItsWriteWasDurable) {
  const auto runner = make_runner(choose({"fw-speak-early"}));
  const Chronicle chronicle = runner->chronicle(shrunk_failure(*runner));
  EXPECT_THAT(plain_text(explain(chronicle, 7), chronicle),
              AllOf(HasSubstr("The wrong step"), HasSubstr("at once to")));
}

class FifthProtocolVerbs : public door_testing::Verbs {
 protected:
  void write_shrunk(const std::string& name) const {
    write(name, format_trace(shrunk_failure(*make_runner(choose({"fw-keep-last"})))));
  }
};

TEST_F(FifthProtocolVerbs, ListIt) {
  EXPECT_EQ(call({"list", "protocols"}), 0);
  EXPECT_THAT(printed_, HasSubstr("first_wins"));
  EXPECT_EQ(call({"list", "properties"}), 0);
  EXPECT_THAT(printed_, HasSubstr("properties of first_durable, first_wins\nagreement"));
  EXPECT_EQ(call({"list", "mutants"}), 0);
  EXPECT_THAT(printed_, HasSubstr("fw-keep-last"));
}

TEST_F(FifthProtocolVerbs, PrintTheSchemaThatItsScenariosAndTracesKeepTo) {
  EXPECT_EQ(call({"list", "schema"}), 0);
  EXPECT_THAT(printed_, HasSubstr("Ticks until it is offered again, besides those of messages. "
                                  "Default 20."));
  write("schema.json", printed_);
  const auto scenario_with = [](std::string_view patience) {
    return fmt::format(R"({{"format": "synod run", "version": 1, "protocol": "first_wins",
                            "configuration": {{"node_count": 2, "patience": {}}}}})",
                       patience);
  };
  write("scenario.json", scenario_with("30"));
  EXPECT_EQ(call({"run", "--scenario", file("scenario.json"), "--seed", "3", "--trace",
                  file("trace.json")}),
            0);
  write_shrunk("shrunk.json");
  const auto validate = [&](const std::string& name) {
    return std::system(
        fmt::format("'{}' '{}/tests/scenarios/schema/validate_json.py' --schema '{}' '{}'",
                    SYNOD_PYTHON, SYNOD_SOURCE_DIR, file("schema.json"), file(name))
            .c_str());
  };
  for (const char* name : {"scenario.json", "trace.json", "shrunk.json"}) {
    EXPECT_EQ(validate(name), 0) << name;
  }
  write("too_long.json", scenario_with("51"));
  EXPECT_NE(validate("too_long.json"), 0);
}

TEST_F(FifthProtocolVerbs, RunReplayAndTellIt) {
  EXPECT_EQ(call({"run", "--protocol", "first_wins", "--seed", "3", "--log"}), 0);
  EXPECT_EQ(call({"fuzz", "--mutant", "fw-keep-last", "--seeds", "500", "--jobs", "1",
                  "--no-shrink", "--out", file("found")}),
            1);
  ASSERT_FALSE(std::filesystem::is_empty(file("found")));
  std::string found;
  for (const auto& entry : std::filesystem::directory_iterator(file("found"))) {
    found = entry.path().extension() == ".json" && entry.path().string() > found
                ? entry.path().string()
                : found;
  }
  EXPECT_EQ(call({"replay", found, "--log"}), 1);
  EXPECT_EQ(call({"explain", "--markdown", found}), 1);
  write_shrunk("shrunk.json");
  EXPECT_EQ(call({"explain", file("shrunk.json")}), 1);
  EXPECT_THAT(printed_, HasSubstr("What contradicts what"));
  EXPECT_THAT(printed_, HasSubstr("It was nearly bound to come from this step on: "));
  EXPECT_EQ(call({"whatif", file("shrunk.json"), "--samples", "1"}), 0);
  EXPECT_EQ(call({"view", file("shrunk.json"), "--out", file("page.html")}), 0);
  for (const char* format : {"mermaid", "shiviz", "perfetto", "dot", "chronicle"}) {
    EXPECT_EQ(call({"export", file("shrunk.json"), "--to", format}), 0) << format;
  }
}

/// It has no ballots that it could say to compare only.
TEST_F(FifthProtocolVerbs, SearchItAndRefuseWhatIsSoundOnlyOfProtocolsThatSayMoreOfThemselves) {
  const std::vector<std::string> search = {
      "explore",        "--protocol", "first_wins",    "--clients", "2",
      "--timeouts-max", "1",          "--crashes-max", "0"};
  EXPECT_EQ(call(search), 0);
  for (const char* option : {"--symmetry", "--sleep-sets", "--lasso"}) {
    std::vector<std::string> words = search;
    words.emplace_back(option);
    EXPECT_EQ(complaint(words),
              fmt::format("explore: {} is sound only for a protocol that says that it "
                          "`compares_rounds_only`, and first_wins does not",
                          option));
  }
}

/// "ballots" is what ours call them, and one that has none is told of none.
TEST_F(FifthProtocolVerbs, SearchItWithinTheRoundsThatItSaysToHave) {
  const auto states_within = [&](const char* turns) {
    EXPECT_EQ(call({"explore", "--protocol", "first_durable", "--turns-max", turns, "--time", "30s",
                    "--nodes", "2", "--json", file("explored.json")}),
              0);
    EXPECT_THAT(printed_,
                HasSubstr(fmt::format("; turns up to round {}; timers fire at any time, to "
                                      "start turns or no time else; ",
                                      turns)));
    EXPECT_THAT(printed_, Not(HasSubstr("ballot")));
    const std::string json = read("explored.json");
    EXPECT_THAT(json, HasSubstr(fmt::format("\"turns_max\": {},", turns)));
    EXPECT_THAT(json, Not(HasSubstr("ballots_max")));
    return json.substr(json.find("\"distinct\""));
  };
  EXPECT_NE(states_within("0"), states_within("1"));
  EXPECT_EQ(complaint({"explore", "--protocol", "first_durable", "--ballots-max", "1"}),
            "explore: --ballots-max: first_durable has no ballots, but turns: --turns-max");
  EXPECT_EQ(call({"explore", "--protocol", "first_wins", "--nodes", "2", "--turns-max", "1"}), 0);
  EXPECT_THAT(printed_, HasSubstr("each with one request; no timer fires; "));
}

/// Who was answered by n1 and then asks n2 must be told the same.
TEST_F(FifthProtocolVerbs, SearchItWithAsManyRequestsOfAClientAsABugNeeds) {
  const std::vector<std::string> once = {"explore", "--mutant",   "fw-keep-last", "--nodes",
                                         "2",       "--requests", "writes"};
  EXPECT_EQ(call(once), 0);
  EXPECT_THAT(printed_, HasSubstr("1 client, each with one request to any node; "));
  std::vector<std::string> twice = once;
  twice.insert(twice.end(), {"--requests-max", "2"});
  EXPECT_EQ(call(twice), 1);
  EXPECT_THAT(printed_, HasSubstr("1 client, each with up to 2 requests in turn to any node; "));
}

TEST_F(FifthProtocolVerbs, KeepItAndHuntIt) {
  write_shrunk("found.json");
  std::filesystem::create_directories(file("kept"));
  EXPECT_EQ(call({"keep", file("found.json"), "--name", "keeps_the_last", "--into", file("kept")}),
            0);
  EXPECT_EQ(call({"regress", file("kept"), "--jobs", "1"}), 0);
  EXPECT_THAT(printed_, HasSubstr("1 as kept"));
  EXPECT_EQ(call({"hunt", "--mutants", "fw-keep-last", "--trials", "3", "--jobs", "1"}), 0);
}

TEST(FifthProtocol, IsLookedForShorterCounterexamplesOnTheUsualLadder) {
  EXPECT_THAT(ladder_of(guest, "agreement"), SizeIs(usual_ladder().size()));
  EXPECT_FALSE(protocol_named(guest).has_reads);
}

}  // namespace
}  // namespace synod
