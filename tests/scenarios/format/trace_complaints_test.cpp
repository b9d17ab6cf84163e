// What the reader says about each thing that can be wrong, to the letter: one line with the file,
// the line, the field, what is wrong and what would be right.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "scenarios/library/hand_written.h"
#include "tests/scenarios/format/trace_testing.h"

namespace synod::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

std::string about_step(std::string_view step) { return complaint_about(with_step(step)); }
std::string about_field(std::string_view field) { return complaint_about(with_field(field)); }
std::string about_configuration(std::string_view fields) {
  return about_field(fmt::format("\"configuration\": {{\n    {}\n  }}", fields));
}

TEST(AComplaint, AboutWhatIsNoTraceSaysSo) {
  EXPECT_EQ(complaint_about("[1, 2]"),
            "t.json:1: a list: give a synod run: an object with \"format\": \"synod run\"");
  EXPECT_EQ(complaint_about("{}"),
            "t.json:1: format: missing: give \"synod run\", if that is what it is");
  EXPECT_EQ(complaint_about("{\n\"format\": \"x\"}"),
            "t.json:2: format: \"x\": give \"synod run\", if that is what it is");
  EXPECT_EQ(complaint_about("hello"),
            "t.json:1: no JSON, it begins with \"hello\": give a synod run: an object with "
            "\"format\": \"synod run\"");
  for (const char* empty : {"", " ", "\n\n", " \t\r\n"}) {
    EXPECT_EQ(complaint_about(empty),
              "t.json:1: empty: give a synod run: an object with \"format\": \"synod run\"");
  }
}

TEST(AComplaint, AboutANewerFileNamesBothVersions) {
  EXPECT_EQ(complaint_about("{\"format\": \"synod run\",\n\"version\": 2, \"new\": {}}"),
            "t.json:2: version: written by a newer synod: version 2, this one reads 1");
  EXPECT_EQ(complaint_about("{\"format\": \"synod run\"}"), "t.json:1: version: missing: give 1");
  EXPECT_EQ(complaint_about("{\"format\": \"synod run\", \"version\": 0}"),
            "t.json:1: version: 0: give 1");
  EXPECT_EQ(complaint_about("{\"format\": \"synod run\", \"version\": \"1\"}"),
            "t.json:1: version: \"1\": give 1");
}

TEST(AComplaint, AboutAnUnknownFieldNamesTheNearestWhereItIsNear) {
  EXPECT_EQ(about_field("\"sede\": \"1\""),
            "t.json:3: sede: unknown field: did you mean \"seed\"?");
  EXPECT_EQ(about_configuration("\"tail\": \"1/2\",\n    \"dorp\": \"1/20\""),
            "t.json:5: configuration.dorp: unknown field: did you mean \"drop\"?");
  EXPECT_EQ(about_step(R"({"at": 1, "step": "crash", "nod": "n1"})"),
            "t.json:5: steps[0].nod: unknown field: did you mean \"node\"?");
  EXPECT_EQ(about_field(R"("expect": {"verdict": "holds", "fingerprnt": ""})"),
            "t.json:3: expect.fingerprnt: unknown field: did you mean \"fingerprint\"?");
  EXPECT_EQ(about_field("\"author\": \"me\""),
            "t.json:3: author: unknown field: see \"synod list schema\"");
  EXPECT_EQ(about_configuration("\"colour\": 1"),
            "t.json:4: configuration.colour: unknown field: see \"synod list schema\"");
  EXPECT_EQ(about_step(R"({"at": 1, "step": "restart", "why": "x"})"),
            "t.json:5: steps[0].why: unknown field: there are \"at\", \"step\", \"node\" and "
            "\"observations\"");
}

TEST(AComplaint, AboutAFieldGivenTwiceNamesIt) {
  EXPECT_EQ(about_field("\"seed\": \"1\",\n  \"seed\": \"2\""),
            "t.json:4: seed: twice in one object: give it once");
  EXPECT_EQ(about_step(R"({"at": 1, "step": "crash", "at": 2})"),
            "t.json:5: steps[0].at: twice in one object: give it once");
}

TEST(AComplaint, AboutTheHeaderSaysWhatWouldBeRight) {
  EXPECT_EQ(about_field("\"about\": 3"), "t.json:3: about: 3: give text in quotes");
  EXPECT_EQ(about_field("\"mutants\": \"x\""),
            "t.json:3: mutants: \"x\": give a list of planted bugs, or []");
  EXPECT_EQ(about_field("\"mutants\": [\"x\",\n4]"),
            "t.json:4: mutants[1]: 4: give the name of a planted bug");
  EXPECT_EQ(about_field("\"seed\": 12"),
            "t.json:3: seed: 12: give a whole number below 2^64 in quotes, like \"1234\"");
  EXPECT_EQ(about_field("\"seed\": \"18446744073709551616\""),
            "t.json:3: seed: \"18446744073709551616\": give a whole number below 2^64 in quotes, "
            "like \"1234\"");
  EXPECT_EQ(about_field("\"swarm\": 1"), "t.json:3: swarm: 1: give true or false");
  EXPECT_EQ(about_field("\"settles\": 1"), "t.json:3: settles: 1: give true or false");
  EXPECT_EQ(about_field("\"loop\": 1"),
            "t.json:3: loop: 1: give how many of the steps, and there are none: leave it out");
  EXPECT_EQ(
      about_field("\"settles\": true, \"loop\": 1"),
      "t.json:3: loop: its steps are taken for ever, so it cannot settle after them: leave one "
      "of the two out");
  EXPECT_EQ(about_field("\"known\": {\"message\": []}"),
            "t.json:3: known.message: unknown field: did you mean \"messages\"?");
  EXPECT_EQ(about_field("\"known\": {\"timers\": [1]}"),
            "t.json:3: known.timers[0]: 1: give the name of a timer");
  EXPECT_EQ(about_field("\"demand\": \"peace\""),
            "t.json:3: demand: \"peace\": give \"nothing\", \"everybody decides\", \"survivors "
            "decide\", \"connected decide\" or, for example, "
            "\"n2 decides\"");
  EXPECT_EQ(about_field("\"demand\": \"n4 decides\""),
            "t.json:3: demand: no node \"n4\" in a cluster of 3: n1 to n3");
}

TEST(AComplaint, AboutWhatIsExpectedSaysWhatWouldBeRight) {
  EXPECT_EQ(about_field("\"expect\": \"holds\""),
            "t.json:3: expect: \"holds\": give an object like {\"verdict\": \"holds\"}");
  EXPECT_EQ(about_field("\"expect\": {}"),
            "t.json:3: expect.verdict: missing: give \"holds\", \"violated\" or \"inconclusive\"");
  EXPECT_EQ(about_field(R"("expect": {"verdict": "passed"})"),
            "t.json:3: expect.verdict: \"passed\": give \"holds\", \"violated\" or "
            "\"inconclusive\"");
  EXPECT_EQ(about_field(R"("expect": {"verdict": "violated"})"),
            "t.json:3: expect.property: missing: give the property that is violated, like "
            "\"agreement\"");
  EXPECT_EQ(about_field(R"("expect": {"verdict": "holds", "property": "agreement"})"),
            "t.json:3: expect.property: only a violation has one: leave it out");
  EXPECT_EQ(about_field(R"("expect": {"verdict": "holds", "fingerprint": "12"})"),
            "t.json:3: expect.fingerprint: \"12\": give 16 hexadecimal digits");
}

TEST(AComplaint, AboutAConfigurationNamesTheFieldAndItsLine) {
  EXPECT_EQ(about_field("\"configuration\": []"),
            "t.json:3: configuration: a list: give an object with the fields of a configuration");
  EXPECT_EQ(about_configuration("\"node_count\": \"3\""),
            "t.json:4: configuration.node_count: \"3\": give a whole number from 1 to 9");
  for (const char* number : {"-3", "0", "10", "12", "4294967299", "3.5", "1e1", "1e400", "-1e400",
                             "18446744073709551619"}) {
    EXPECT_EQ(about_configuration(fmt::format("\"node_count\": {}", number)),
              fmt::format("t.json:4: configuration.node_count: {}: give a whole number from 1 to 9",
                          number));
  }
  EXPECT_EQ(about_configuration("\"drop\": \"5%\""),
            "t.json:4: configuration.drop: \"5%\": give a ratio like \"1/30\"");
  EXPECT_EQ(about_configuration("\"delay\": 10"),
            "t.json:4: configuration.delay: 10: give a range of ticks like \"1..10\"");
  EXPECT_EQ(about_configuration("\"chaos\": \"long\""),
            "t.json:4: configuration.chaos: \"long\": give a whole number of ticks from 1 to "
            "1000000000");
  EXPECT_EQ(about_configuration("\"ending\": \"heeled\""),
            "t.json:4: configuration.ending: \"heeled\": give \"healed\", \"broken\", "
            "\"survivors\" or \"partitioned\"");
  EXPECT_THAT(about_configuration("\"cut_shapes\": [\"ring\", \"rin\"]"),
              ::testing::StartsWith("t.json:4: configuration.cut_shapes[1]: \"rin\": give \""));
  EXPECT_EQ(about_configuration("\"cut_interval\": \"1..9\", \"cut_shapes\": []"),
            "t.json:4: configuration.cut_shapes: an empty list: give at least one, or leave it "
            "out");
  EXPECT_EQ(about_configuration("\"cut_shapes\": [\"ring\", \"ring\"]"),
            "t.json:4: configuration.cut_shapes[1]: \"ring\" twice: give it once");
}

TEST(AComplaint, AboutAConfigurationThatMakesNoSenseNamesTheLineOfTheField) {
  EXPECT_EQ(about_configuration("\"tail\": \"1/2\",\n\"drop\": \"3/2\""),
            "t.json:5: configuration.drop: 3/2: give a ratio from 0/1 to 1/1");
  EXPECT_EQ(about_configuration("\"drop\": \"0/0\""),
            "t.json:4: configuration.drop: 0/0: give a ratio from 0/1 to 1/1");
  EXPECT_EQ(about_configuration("\"client_count\": 5"),
            "t.json:4: configuration.client_count: 5: give a whole number from 1 to 4");
  EXPECT_EQ(about_configuration("\"node_count\": 4,\n    \"phase1_quorum\": 1"),
            "t.json:5: configuration: phase1_quorum, phase2_quorum: phase-1 quorum {n1} and "
            "phase-2 quorum {n2, n3, n4} share no node: their sizes must add up to more than 4");
}

TEST(AComplaint, AboutAStepNamesItsKindOrTheNearestWhereItIsNear) {
  EXPECT_EQ(about_step("7"),
            "t.json:5: steps[0]: 7: give a step like {\"at\": 1, \"step\": \"crash\", \"node\": "
            "\"n1\"}");
  EXPECT_EQ(about_step(R"({"at": 1})"),
            "t.json:5: steps[0].step: missing: give the kind of step, like \"deliver\"");
  EXPECT_EQ(about_step(R"({"at": 1, "step": "delvier"})"),
            "t.json:5: steps[0].step: no step \"delvier\": did you mean \"deliver\"?");
  EXPECT_EQ(about_step(R"({"at": 1, "step": "explode"})"),
            "t.json:5: steps[0].step: no step \"explode\": see \"synod list schema\"");
  EXPECT_EQ(about_step(R"({"at": 1, "step": {}})"),
            "t.json:5: steps[0].step: an object: give the kind of step, like \"deliver\"");
}

TEST(AComplaint, AboutTimeSaysWhatWouldBeRight) {
  EXPECT_EQ(
      about_step(R"({"step": "crash", "node": "n1"})"),
      "t.json:5: steps[0].at: missing: give a whole number of ticks from 0 to 70368744177663");
  for (const char* at : {"-1", "70368744177664", "18446744073709551615", "\"1\"", "null", "true"}) {
    EXPECT_EQ(about_step(fmt::format(R"({{"at": {}, "step": "crash", "node": "n1"}})", at)),
              fmt::format("t.json:5: steps[0].at: {}: give a whole number of ticks from 0 to "
                          "70368744177663",
                          at));
  }
  EXPECT_EQ(about_step("{\"at\": 5, \"step\": \"crash\", \"node\": \"n1\"},\n"
                       "{\"at\": 4, \"step\": \"restart\", \"node\": \"n1\"}"),
            "t.json:6: steps[1].at: 4 is before 5 of the step above: time does not go back");
}

TEST(AComplaint, AboutANodeThatDoesNotExistNamesThoseThatDo) {
  EXPECT_EQ(about_step(R"({"at": 1, "step": "crash", "node": "n4"})"),
            "t.json:5: steps[0].node: no node \"n4\" in a cluster of 3: n1 to n3");
  EXPECT_EQ(about_step(R"({"at": 1, "step": "crash", "node": "c1"})"),
            "t.json:5: steps[0].node: no node \"c1\" in a cluster of 3: n1 to n3");
  EXPECT_EQ(about_step(R"({"at": 1, "step": "deliver", "from": "n7", "to": "n1"})"),
            "t.json:5: steps[0].from: no node \"n7\" in a cluster of 3: n1 to n3");
  EXPECT_EQ(about_step(R"({"at": 1, "step": "deliver", "from": "c3", "to": "n1"})"),
            "t.json:5: steps[0].from: no client \"c3\" among 2: c1 to c2");
  EXPECT_EQ(about_step(R"({"at": 1, "step": "deliver", "from": "x", "to": "n1"})"),
            "t.json:5: steps[0].from: \"x\": give a node or a client, n1 to n3 or c1 to c2");
  EXPECT_EQ(about_step(R"({"at": 1, "step": "abandon", "client": "c9"})"),
            "t.json:5: steps[0].client: no client \"c9\" among 2: c1 to c2");
  EXPECT_EQ(about_step("{\"at\": 1, \"step\": \"cut\", \"from\": [\"n1\"], \"to\": [\"n2\",\n"
                       "\"n4\"]}"),
            "t.json:6: steps[0].to[1]: no node \"n4\" in a cluster of 3: n1 to n3");
}

TEST(AComplaint, AboutAFieldOfAStepSaysWhatWouldBeRight) {
  EXPECT_EQ(about_step(R"({"at": 1, "step": "crash"})"),
            "t.json:5: steps[0].node: missing: give a node, n1 to n3");
  EXPECT_EQ(about_step(R"({"at": 1, "step": "crash", "node": 1})"),
            "t.json:5: steps[0].node: 1: give a node, n1 to n3");
  EXPECT_EQ(about_step(R"({"at": 1, "step": "crash", "node": "n1", "after_effects": 256})"),
            "t.json:5: steps[0].after_effects: 256: give a whole number from 0 to 255");
  EXPECT_EQ(about_step(R"({"at": 1, "step": "fire", "node": "n1"})"),
            "t.json:5: steps[0].timer: missing: give the name of a timer");
  EXPECT_EQ(about_step(R"({"at": 1, "step": "cut", "from": "n1", "to": ["n2"]})"),
            "t.json:5: steps[0].from: \"n1\": give a list of nodes and clients like [\"n1\", "
            "\"n2\"]");
  EXPECT_EQ(about_step(R"({"at": 1, "step": "cut", "from": [], "to": ["n2"]})"),
            "t.json:5: steps[0].from: empty: give a list of nodes and clients like [\"n1\", "
            "\"n2\"]");
  EXPECT_EQ(about_step(R"({"at": 1, "step": "cut", "from": ["n1", "n1"], "to": ["n2"]})"),
            "t.json:5: steps[0].from[1]: \"n1\" twice: give it once");
  EXPECT_EQ(about_step(R"({"at": 1, "step": "skew", "node": "n1", "rate": 8192})"),
            "t.json:5: steps[0].rate: 8192: give a whole number from 256 to 4096, where 1024 is "
            "true");
}

TEST(AComplaint, AboutObservationsNamesTheOneThatIsNoText) {
  const auto about_observations = [](std::string_view observations) {
    return about_step(fmt::format(
        R"({{"at": 1, "step": "crash", "node": "n1", "observations": {}}})", observations));
  };
  for (const auto& [given, described] :
       {std::pair(R"("n1 is down")", R"("n1 is down")"), std::pair("{}", "an object"),
        std::pair("null", "null"), std::pair("3", "3")}) {
    EXPECT_EQ(about_observations(given),
              fmt::format("t.json:5: steps[0].observations: {}: give a list of what came of the "
                          "step, like [\"n1 learns red\"]",
                          described));
  }
  EXPECT_EQ(about_observations("[\"n1 is down\",\n7]"),
            "t.json:6: steps[0].observations[1]: 7: give text in quotes");
  EXPECT_EQ(about_observations("[[]]"),
            "t.json:5: steps[0].observations[0]: a list: give text in quotes");
  EXPECT_EQ(about_step(R"({"at": 1, "step": "crash", "node": "n1", "observation": []})"),
            "t.json:5: steps[0].observation: unknown field: did you mean \"observations\"?");
}

TEST(AComplaint, AboutARequestSaysWhatWouldBeRight) {
  const auto about_request = [](std::string_view rest) {
    const std::string text = with_step(
        fmt::format(R"({{"at": 1, "step": "request", "client": "c1", "to": "n1", {}}})", rest));
    try {
      static_cast<void>(parse_trace(text, "t.json", &expect_sense));
    } catch (const InputError& error) {
      return std::string(error.what());
    }
    return std::string();
  };
  EXPECT_EQ(about_request(R"("number": 1, "operation": "write")"),
            "t.json:5: steps[0]: no \"value\": give what to write, like \"red\"");
  EXPECT_EQ(about_request(R"("number": 1, "operation": "read", "value": "red")"),
            "t.json:5: steps[0]: a read has no \"value\": leave it out");
  EXPECT_EQ(about_request(R"("number": 1, "operation": "write", "value": "rde")"),
            "t.json:5: steps[0].value: \"rde\": give a value like \"red\", or \"none\"");
  EXPECT_EQ(about_request(R"("operation": "read")"),
            "t.json:5: steps[0].number: missing: give 1 for a client's first request");
  EXPECT_EQ(about_request(R"("number": 0, "operation": "read")"),
            "t.json:5: steps[0].number: 0: give a whole number from 1 to 65535");
  EXPECT_EQ(about_request(R"("number": 1, "operation": "erase")"),
            "t.json:5: steps[0].operation: \"erase\": give \"write\", \"read\" or "
            "\"quorum_read\"");
}

TEST(AComplaint, AboutAMessageConcernsOnlyItsShape) {
  const auto about_message = [](std::string_view message) {
    return about_step(fmt::format(
        R"({{"at": 1, "step": "drop", "from": "n1", "to": "n2", "message": {}}})", message));
  };
  EXPECT_EQ(about_message("\"prepare\""),
            "t.json:5: steps[0].message: \"prepare\": give a message: its fields, like {\"type\": "
            "\"NAME\"}");
  EXPECT_EQ(about_message("{}"),
            "t.json:5: steps[0].message.type: missing: give the name of a message");
  EXPECT_EQ(about_message(R"({"type": 1})"),
            "t.json:5: steps[0].message.type: 1: give the name of a message");
  EXPECT_EQ(about_message(R"({"type": "x", "log": [1, {"term": 2.5}]})"),
            "t.json:5: steps[0].message.log[1].term: 2.5: give text or a whole number");
  std::string many = R"({"type": "x")";
  for (int i = 0; i < 16; ++i) {
    many += fmt::format(", \"f{}\": {}", i, i);
  }
  EXPECT_EQ(about_message(many + "}"),
            "t.json:5: steps[0].message: 17 fields: a message has at most 16");
}

TEST(AComplaint, AboutNumbersThatAreNotWholeShowsThemAsTheyStand) {
  for (const char* at : {"1.5", "0.5", "1e3", "99999999999999999999", "1e999", "-1e999"}) {
    EXPECT_EQ(about_step(fmt::format(R"({{"at": {}, "step": "crash", "node": "n1"}})", at)),
              fmt::format("t.json:5: steps[0].at: {}: give a whole number of ticks from 0 to "
                          "70368744177663",
                          at));
  }
  EXPECT_EQ(about_configuration("\"drop\": 0.5"),
            "t.json:4: configuration.drop: 0.5: give a ratio like \"1/30\"");
  EXPECT_EQ(about_field("\"version\": 1.0").substr(0, 18), "t.json:3: version:");
  EXPECT_EQ(about_step(R"({"at": NaN})"),
            "t.json:5: in steps[0]: NaN is no number: give one like 10 or -3");
}

/// Of a text like a trace, in which a step was edited.
std::string after_edit(std::string_view what, std::string_view by) {
  std::string text = with_step(R"({"at": 1, "step": "crash", "node": "n1"},
    {"at": 2, "step": "restart", "node": "n1"})");
  text.replace(text.find(what), what.size(), by);
  return complaint_about(text);
}

TEST(AComplaint, AboutWhatIsNoJsonIsInWordsForPeople) {
  EXPECT_EQ(after_edit("\n  ]", ",\n  ]"),
            "t.json:6: after steps[1]: a comma before the closing ']': leave it out");
  EXPECT_EQ(after_edit("\"n1\"}", "\"n1\",}"),
            "t.json:5: after steps[0].node: a comma before the closing '}': leave it out");
  EXPECT_EQ(after_edit("\"n1\"},\n", "\"n1\"},,\n"),
            "t.json:5: after steps[0]: two commas: leave one out");
  EXPECT_EQ(after_edit("\"n1\"},\n", "\"n1\"}\n"),
            "t.json:5: after steps[0]: no comma behind it: give ',' or ']'");
  EXPECT_EQ(after_edit("1, \"step\"", "1 \"step\""),
            "t.json:5: after steps[0].at: no comma behind it: give ',' or '}'");
  for (const char* comment : {"// why\n", "/* why */", "# why\n"}) {
    EXPECT_EQ(after_edit("\"steps\"", std::string(comment) + "\"steps\""),
              "t.json:4: after configuration: a comment: JSON has none: leave it out");
    EXPECT_EQ(after_edit("\"n1\"},\n", std::string("\"n1\"}, ") + comment),
              "t.json:5: after steps[0]: a comment: JSON has none: leave it out");
  }
  EXPECT_EQ(after_edit("\"crash\"", "'crash'"),
            "t.json:5: after steps[0].at: single quotes: give double ones, as in \"name\"");
  EXPECT_EQ(after_edit("\"crash\"", "“crash”"),
            "t.json:5: after steps[0].at: typographic quotes: give plain ones, as in \"name\"");
  EXPECT_EQ(after_edit("\"crash\"", "crash"),
            "t.json:5: after steps[0].at: crash without quotes: give \"crash\"");
  EXPECT_EQ(after_edit("\"node\"", "node"),
            "t.json:5: after steps[0].step: node without quotes: give \"node\"");
  EXPECT_EQ(after_edit("\"node\":", "3:"),
            "t.json:5: after steps[0].step: no name in quotes: give one, and a value, as in "
            "\"name\": 1");
  EXPECT_EQ(after_edit("\"node\":", "\"node\""),
            "t.json:5: after steps[0].step: no ':' behind the name: give one, and a value");
  EXPECT_EQ(after_edit("\"at\": 1,", "\"at\": ,"),
            "t.json:5: in steps[0]: a name without its value: give one, as in \"name\": 1");
  EXPECT_EQ(after_edit("\"n1\"}", "\"n1\"]"),
            "t.json:5: after steps[0].node: ']' where '}' should close: give that");
  EXPECT_EQ(after_edit("\"at\": 1,", "\"at\": 1:"),
            "t.json:5: after steps[0].at: ':' where ',' or '}' should be: give one of them");
  EXPECT_EQ(after_edit("\"crash\"", "\"cra\tsh\""),
            "t.json:5: after steps[0].at: a tab inside of a text: give \\t");
  EXPECT_EQ(after_edit("\"crash\"", "\"crash"),
            "t.json:5: after steps[0].step: no comma behind it: give ',' or '}'");
  EXPECT_EQ(after_edit("\"n1\"},", "\"n1},"),
            "t.json:5: after steps[0].step: a text without its closing '\"': give it on the same "
            "line, or \\n for a new one");
  for (const auto& [word, right] : {std::pair("True", "true"), std::pair("FALSE", "false"),
                                    std::pair("None", "null"), std::pair("undefined", "null")}) {
    EXPECT_EQ(after_edit("\"crash\"", word),
              fmt::format("t.json:5: after steps[0].at: {}: give {}", word, right));
  }
  for (const char* number : {"01", "-01", "0x1f", "+1", ".5", "5.", "-", "1e", "NaN", "Infinity"}) {
    EXPECT_THAT(after_edit("\"at\": 1,", fmt::format("\"at\": {},", number)),
                HasSubstr(fmt::format(": {} is no number: give one like 10 or -3", number)));
  }
}

TEST(AComplaint, AboutDamageNamesTheLastPlaceThatWasWhole) {
  const std::string text = with_step(R"({"at": 1, "step": "crash", "node": "n1"},
    {"at": 2, "step": "restart", "node": "n1"})");
  const auto cut_before = [&](std::string_view what, std::size_t more = 0) {
    return complaint_about(text.substr(0, text.find(what) + more));
  };
  EXPECT_EQ(cut_before(",\n    {\"at\": 2", 1),
            "t.json:5: cut off after steps[0]: the file ends, and ]} is missing");
  EXPECT_EQ(cut_before(" \"step\": \"restart"),
            "t.json:6: cut off after steps[1].at: the file ends, and }]} is missing");
  EXPECT_EQ(cut_before("estart"),
            "t.json:6: cut off after steps[1].at: the file ends inside of a text, and its closing "
            "'\"' is missing");
  EXPECT_EQ(cut_before("\"configuration"),
            "t.json:2: cut off after version: the file ends, and } is missing");
  EXPECT_EQ(complaint_about("{\"format\": \"synod run\"\n \"version\": 1}"),
            "t.json:1: after format: no comma behind it: give ',' or '}'");
  EXPECT_EQ(complaint_about("{\"format\" \"synod run\"}"),
            "t.json:1: at the beginning: no ':' behind the name: give one, and a value");
  EXPECT_EQ(complaint_about(text + "}"),
            "t.json:9: after the end: nothing may follow the closing bracket: leave it out");
  EXPECT_EQ(
      complaint_about("{\"about\":\n\"caf\xe9\"}"),
      "t.json:2: at the beginning: a byte in a text that is no UTF-8: save the file as UTF-8");
  EXPECT_EQ(complaint_about(text.substr(0, 40) + '\0' + text.substr(40)),
            "t.json:2: damaged: a zero byte: this is not a text file");
  EXPECT_EQ(complaint_about(std::string("\xff\xfe{\0", 4)),
            "t.json:1: UTF-16: save the file as UTF-8");
}

TEST(AComplaint, AboutHugeThingsComesQuicklyAndIsShort) {
  EXPECT_EQ(complaint_about(std::string(100'000, '[')),
            fmt::format("t.json:1: {}[0]: nested more than 16 deep", [] {
              std::string path;
              for (int i = 0; i < 15; ++i) {
                path += "[0]";
              }
              return path;
            }()));
  std::string members = "{";
  for (int i = 0; i < 100; ++i) {
    members += fmt::format("\"f{}\": 1, ", i);
  }
  EXPECT_EQ(complaint_about(members), "t.json:1: f64: more than 64 fields in one object");
  EXPECT_EQ(complaint_about(std::string((std::size_t{256} << 20U) + 1, ' ')),
            "t.json: larger than 256 MiB: that is no trace");
  const std::string huge(1'000'000, 'x');
  EXPECT_LT(about_field(fmt::format("\"{}\": 1", huge)).size(), 300);
  EXPECT_LT(about_field(fmt::format("\"demand\": \"{}\"", huge)).size(), 300);
  EXPECT_LT(about_step(fmt::format("{{\"at\": 1{}", std::string(1'000'000, '0'))).size(), 300);
  EXPECT_LT(about_field(fmt::format("\"about\" {}", huge)).size(), 300);
}

TEST(AComplaint, IsOneLineWhateverTheFileHolds) {
  EXPECT_EQ(about_field(R"("a\nb": 1)"),
            "t.json:3: \"a\\nb\": unknown field: see \"synod list schema\"");
  EXPECT_EQ(about_field(R"("demand": "a\u001b[31m\nb")"),
            "t.json:3: demand: \"a\\u001b[31m\\nb\": give \"nothing\", \"everybody decides\", "
            "\"survivors decide\", \"connected decide\" or, "
            "for example, \"n2 decides\"");
  EXPECT_THAT(about_field("\"about\": \"; expected \n\xff\x01\""), Not(HasSubstr("\n")));
}

TEST(AComplaint, CutsLongTextBetweenCharacters) {
  for (std::size_t size = 50; size < 64; ++size) {
    const std::string demand = std::string(size, 'x') + "äöü🙂🙂🙂🙂🙂🙂🙂🙂";
    const std::string complaint = about_field(fmt::format("\"demand\": \"{}\"", demand));
    EXPECT_THAT(complaint, HasSubstr("…\": give"));
    EXPECT_THAT(complaint, Not(HasSubstr("\xef\xbf\xbd"))) << "the sign for a broken character";
  }
}

}  // namespace
}  // namespace synod::testing
