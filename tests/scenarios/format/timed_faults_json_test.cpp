// Timed faults in a file: how they are written, read, written again, and complained about.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/format/timed_faults.h"
#include "scenarios/library/hand_written.h"
#include "tests/scenarios/format/trace_testing.h"

namespace synod::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string with_faults(std::string_view faults, std::string_view more = "") {
  return fmt::format("{{\n\"format\": \"synod run\", \"version\": 1,{}\n\"faults\": [\n{}\n]}}",
                     more, faults);
}
std::vector<TimedFault> read(std::string_view faults) {
  return parse_trace(with_faults(faults), "t.json").configuration.faults;
}
std::string about(std::string_view faults, std::string_view more = "") {
  try {
    parse_trace(with_faults(faults, more), "t.json", &expect_sense);
  } catch (const InputError& error) {
    return error.what();
  }
  return {};
}

constexpr NodeId n1{0};
constexpr NodeId n2{1};
constexpr NodeId n3{2};
EndpointSet only(NodeId node) { return EndpointSet::of(NodeSet::only(node)); }

TEST(TimedFaultsInAFile, AreReadAsWhatHappensAtEachMoment) {
  EXPECT_EQ(read(R"({"at": 3, "fault": "crash", "node": "n2"})"),
            (std::vector<TimedFault>{{{3}, CrashStep{n2}}}));
  EXPECT_EQ(read(R"({"at": 3, "fault": "crash", "node": "n2", "until": 9})"),
            (std::vector<TimedFault>{{{3}, CrashStep{n2}}, {{9}, RestartStep{{n2}}}}));
  EXPECT_EQ(read(R"({"at": 0, "fault": "cut", "from": ["n1"], "to": ["n3"]})"),
            (std::vector<TimedFault>{{{0}, CutStep{{only(n1), only(n3)}}}}));
  EXPECT_EQ(read(R"({"at": 0, "fault": "cut", "between": ["n1"], "and": ["n3"], "until": 7})"),
            (std::vector<TimedFault>{{{0}, CutStep{{only(n1), only(n3)}}},
                                     {{0}, CutStep{{only(n3), only(n1)}}},
                                     {{7}, HealStep{{only(n1), only(n3)}}},
                                     {{7}, HealStep{{only(n3), only(n1)}}}}));
  EXPECT_EQ(read(R"({"at": 1, "fault": "slow", "node": "n1", "delay": "20..30", "until": 99})"),
            (std::vector<TimedFault>{{{1}, faults::SlowNode{n1, {{20}, {30}}, {99}}}}));
  EXPECT_EQ(read(R"({"at": 1, "fault": "skew", "node": "n1", "jump_ticks": -5})"),
            (std::vector<TimedFault>{{{1}, SkewStep{n1, 1024, -5}}}));
}

TEST(TimedFaultsInAFile, OfOneMomentEndBeforeOthersBegin) {
  EXPECT_EQ(read(R"({"at": 3, "fault": "crash", "node": "n2", "until": 9},
                    {"at": 9, "fault": "crash", "node": "n2"})"),
            (std::vector<TimedFault>{
                {{3}, CrashStep{n2}}, {{9}, RestartStep{{n2}}}, {{9}, CrashStep{n2}}}));
}

TEST(TimedFaultsInAFile, AreTheSameWhenTheyAreWrittenAgain) {
  const Trace trace = parse_trace(
      with_faults(R"({"at": 1, "fault": "skew", "node": "n1", "rate": 2048, "jump_ticks": 7},
        {"at": 1, "fault": "slow", "node": "n2", "delay": "20..30"},
        {"at": 2, "fault": "pause", "node": "n3", "until": 20},
        {"at": 3, "fault": "crash", "node": "n2", "after_effects": 2},
        {"at": 4, "fault": "cut", "between": ["n1", "n2"], "and": ["n3"], "until": 30})"),
      "t.json");
  const std::string text = format_trace(trace);
  EXPECT_THAT(text, HasSubstr("\n    {\"at\": 4, \"fault\": \"cut\", \"from\": [\"n3\"], "
                              "\"to\": [\"n1\", \"n2\"]}"))
      << "a line each";
  EXPECT_EQ(parse_trace(text, "t.json").configuration.faults, trace.configuration.faults);
  EXPECT_EQ(format_trace(parse_trace(text, "t.json")), text);
}

TEST(TimedFaultsInAFile, AreComplainedAboutWhereTheyStand) {
  EXPECT_EQ(about(R"({"at": 1, "fault": "crush", "node": "n2"})"),
            "t.json:4: faults[0].fault: no fault \"crush\" has a time: did you mean \"crash\"?");
  EXPECT_EQ(about(R"({"fault": "crash", "node": "n2"})"),
            "t.json:4: faults[0].at: missing: give a whole number of ticks from 0 to "
            "70368744177663");
  EXPECT_EQ(about(R"({"at": 1000000001, "fault": "crash", "node": "n1"})"),
            "t.json:4: faults[0].at: 1000000001: give a whole number of ticks from 0 to "
            "1000000000");
  EXPECT_EQ(about(R"({"at": 1, "fault": "crash", "node": "n1", "after_effects": 2, "until": 9})"),
            "t.json:4: faults[0].until: nobody can say when it crashes: leave it out, and give a "
            "restart");
  EXPECT_EQ(about(R"({"at": 1, "node": "n2"})"),
            "t.json:4: faults[0].fault: missing: give what happens, like \"crash\"");
  EXPECT_EQ(about(R"({"at": 1, "fault": "crash"})"),
            "t.json:4: faults[0].node: missing: give a node, n1 to n3");
  EXPECT_EQ(about(R"({"at": 1, "fault": "crash", "node": "n4"})"),
            "t.json:4: faults[0].node: no node \"n4\" in a cluster of 3: n1 to n3");
  EXPECT_EQ(about(R"({"at": 1, "fault": "crash", "node": "n2", "untill": 5})"),
            "t.json:4: faults[0].untill: unknown field: did you mean \"until\"?");
  EXPECT_EQ(about(R"({"at": 5, "fault": "crash", "node": "n2", "until": 5})"),
            "t.json:4: faults[0].until: 5 is not after 5, when it begins: give more");
  EXPECT_EQ(about("{\"at\": 5, \"fault\": \"crash\", \"node\": \"n2\"},\n"
                  "{\"at\": 4, \"fault\": \"restart\", \"node\": \"n2\"}"),
            "t.json:5: faults[1].at: 4 is before 5 of the fault above: time does not go back");
  EXPECT_EQ(about(R"({"at": 1, "fault": "cut"})"),
            "t.json:4: faults[0]: it names no links: give \"from\" and \"to\" for one way, or "
            "\"between\" and \"and\" for both ways");
  EXPECT_EQ(about(R"({"at": 1, "fault": "cut", "from": ["n1"], "and": ["n2"]})"),
            "t.json:4: faults[0]: its links are named in two ways: give \"from\" and \"to\" for "
            "one way, or \"between\" and \"and\" for both ways");
  EXPECT_EQ(about(R"({"at": 1, "fault": "cut", "from": ["n1"], "to": ["n1"]})"),
            "t.json:4: faults[0]: no link: a node always reaches itself: give two");
  EXPECT_EQ(about(R"({"at": 1, "fault": "slow", "node": "n1", "delay": "9..3"})"),
            "t.json:4: faults[0].delay: \"9..3\": give the smaller one first");
  EXPECT_EQ(about(R"({"at": 1, "fault": "skew", "node": "n1", "rate": 0})"),
            "t.json:4: faults[0].rate: 0: give a whole number from 256 to 4096, where 1024 is "
            "true");
  EXPECT_THAT(about("7"), HasSubstr("t.json:4: faults[0]: "));
}

TEST(TimedFaultsInAFile, ThatDoNothingAreRefused) {
  EXPECT_EQ(about(R"({"at": 1, "fault": "crash", "node": "n2"},
{"at": 5, "fault": "crash", "node": "n2"})"),
            "t.json:5: faults[1]: it does nothing: n2 is down already: give it another time, or "
            "leave it out");
  EXPECT_EQ(about(R"({"at": 5, "fault": "restart", "node": "n2"})"),
            "t.json:4: faults[0]: it does nothing: n2 is not down then: give it another time, or "
            "leave it out");
  EXPECT_EQ(about(R"({"at": 5, "fault": "heal", "from": ["n1"], "to": ["n2"]})"),
            "t.json:4: faults[0]: it does nothing: none of these links is cut then: give it "
            "another time, or leave it out");
  EXPECT_EQ(about(R"({"at": 5, "fault": "resume", "node": "n1"})"),
            "t.json:4: faults[0]: it does nothing: n1 does not stand still then: give it another "
            "time, or leave it out");
  EXPECT_EQ(about(R"({"at": 5, "fault": "skew", "node": "n1"})"),
            "t.json:4: faults[0]: it does nothing: n1's clock runs at 1024/1024 already, and does "
            "not jump: give it another time, or leave it out");
  EXPECT_EQ(about(R"({"at": 1, "fault": "cut", "from": ["n1"], "to": ["n2"], "until": 9},
{"at": 5, "fault": "cut", "from": ["n1"], "to": ["n2", "n3"]})"),
            "t.json:5: faults[1]: it cuts links that are cut already, and where either ends, both "
            "would: name each link once");
  EXPECT_EQ(about(""), "t.json:3: faults: no fault in it: give one, or leave it out");
  EXPECT_THAT(about(R"({"at": 5, "fault": "crash", "node": "n2"})", "\"steps\": [],"),
              HasSubstr("steps are taken as they are, and no fault comes between them"));
}

/// One way of a cut both ways may be cut already, and what is drawn may have to be undone.
TEST(TimedFaultsInAFile, ThatDoSomethingAreNot) {
  EXPECT_THAT(about(R"({"at": 1, "fault": "cut", "from": ["n1"], "to": ["n2"]},
{"at": 5, "fault": "cut", "between": ["n1"], "and": ["n2"]})"),
              IsEmpty());
  EXPECT_THAT(about(R"({"at": 5, "fault": "restart", "node": "n2"})",
                    "\"configuration\": {\"crash_interval\": \"1..20\"},"),
              IsEmpty());
  EXPECT_THAT(
      about(R"({"at": 5, "fault": "heal", "from": ["n1"], "to": ["n2"]})", "\"swarm\": true,"),
      IsEmpty());
  EXPECT_THAT(about(R"({"at": 1, "fault": "crash", "node": "n2", "after_effects": 3},
{"at": 5, "fault": "crash", "node": "n2"})"),
              IsEmpty());
}

/// What must come of a drawn run is its ending's to say.
TEST(ARandomForm, HasNoDemandOfItsOwn) {
  EXPECT_EQ(about(R"({"at": 1, "fault": "crash", "node": "n2"})", "\n\"demand\": \"n1 decides\","),
            "t.json:3: demand: what must come of a random form its ending says: leave it out, or "
            "give steps");
}

}  // namespace
}  // namespace synod::testing
