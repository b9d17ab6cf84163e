// How a file says who refuses, how many acceptors there are, what the survivors owe, and what is
// said where it does so wrongly.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include <string>

#include "scenarios/format/configuration_json.h"
#include "scenarios/protocols/atomic_commit_options.h"
#include "tests/scenarios/format/trace_testing.h"

namespace synod::testing {
namespace {

std::string about_configuration(std::string_view fields) {
  return complaint_about(with_field(
      fmt::format("\"protocol\": \"paxos_commit\", \"configuration\": {{\n    {}\n  }}", fields)));
}
Configuration configuration_of(std::string_view fields) {
  return parse_trace(with_field(fmt::format(
                         "\"protocol\": \"paxos_commit\", \"configuration\": {{{}}}", fields)),
                     "t.json")
      .configuration;
}
PaxosCommitOptions options_of_file(std::string_view fields) {
  return options_of<PaxosCommitOptions>(configuration_of(fields));
}

TEST(TheFieldRefusing, IsAListOfNodes) {
  EXPECT_EQ(options_of_file(R"("refusing": ["n2", "n3"])").refusing, NodeSet(0b110));
  EXPECT_EQ(options_of_file(R"("refusing": ["n3", "n2"])").refusing, NodeSet(0b110));
  EXPECT_EQ(options_of_file(R"("node_count": 9, "refusing": ["n9"])").refusing,
            NodeSet(0b1'0000'0000));
  EXPECT_TRUE(options_of_file(R"("refusing": [])").refusing.is_empty());
  EXPECT_TRUE(options_of_file("").refusing.is_empty());
}

TEST(TheFieldRefusing, SaysWhatWouldBeRight) {
  EXPECT_EQ(about_configuration("\"refusing\": \"n2\""),
            "t.json:4: configuration.refusing: \"n2\": give a list of nodes like [\"n2\"]");
  EXPECT_EQ(about_configuration("\"refusing\": [2]"),
            "t.json:4: configuration.refusing[0]: 2: give a list of nodes like [\"n2\"]");
  EXPECT_EQ(about_configuration("\"refusing\": [\"n2\",\n\"n10\"]"),
            "t.json:5: configuration.refusing[1]: \"n10\": give a node from \"n1\" to \"n9\"");
  EXPECT_EQ(about_configuration("\"refusing\": [\"c1\"]"),
            "t.json:4: configuration.refusing[0]: \"c1\": give a node from \"n1\" to \"n9\"");
  EXPECT_EQ(about_configuration("\"refusing\": [\"n2\", \"n3\", \"n2\"]"),
            "t.json:4: configuration.refusing[2]: \"n2\" twice: give it once");
  EXPECT_EQ(about_configuration("\"client_count\": 2,\n    \"refusing\": [\"n1\"]"),
            "t.json:5: configuration.refusing: {n1}: give nodes that take part, which are "
            "{n2, n3}");
  EXPECT_EQ(about_configuration("\"node_count\": 3,\n    \"refusing\": [\"n4\"]"),
            "t.json:5: configuration.refusing: {n4}: give nodes that take part, which are "
            "{n2, n3}");
}

TEST(TheFieldAcceptorCount, SaysWhatWouldBeRight) {
  EXPECT_EQ(options_of_file(R"("node_count": 5, "acceptor_count": 3)").acceptor_count, 3U);
  EXPECT_EQ(about_configuration("\"acceptor_count\": \"3\""),
            "t.json:4: configuration.acceptor_count: \"3\": give a whole number from 0 to 9");
  EXPECT_EQ(about_configuration("\"node_count\": 5,\n    \"acceptor_count\": 4"),
            "t.json:5: configuration.acceptor_count: 4: give an odd number, or 0 for all");
  EXPECT_EQ(about_configuration("\"node_count\": 5,\n    \"acceptor_count\": 7"),
            "t.json:5: configuration.acceptor_count: 7: give 0 to 5");
}

TEST(TheFieldCrashForever, SaysWhatWouldBeRight) {
  EXPECT_EQ(configuration_of(R"("crash_forever": "1/4")").crash_forever, (Ratio{1, 4}));
  EXPECT_EQ(about_configuration("\"crash_forever\": true"),
            "t.json:4: configuration.crash_forever: true: give a ratio like \"1/30\"");
  EXPECT_EQ(about_configuration("\"crash_forever\": \"5/4\""),
            "t.json:4: configuration.crash_forever: 5/4: give a ratio from 0/1 to 1/1");
}

TEST(TheFieldEnding, KnowsSurvivors) {
  EXPECT_EQ(configuration_of(R"("ending": "survivors")").ending, Ending::survivors);
  EXPECT_EQ(about_configuration("\"ending\": \"survivor\""),
            "t.json:4: configuration.ending: \"survivor\": give \"healed\", \"broken\", "
            "\"survivors\" or \"partitioned\"");
  EXPECT_EQ(about_configuration("\"ending\": 2"),
            "t.json:4: configuration.ending: 2: give \"healed\", \"broken\", \"survivors\" or "
            "\"partitioned\"");
}

TEST(TheFieldsOfATransaction, AreWrittenAsTheyAreRead) {
  Configuration c;
  c.node_count = 5;
  options_in<PaxosCommitOptions>(c).refusing = NodeSet(0b10010);
  options_in<PaxosCommitOptions>(c).acceptor_count = 3;
  c.crash_forever = {1, 4};
  c.ending = Ending::survivors;
  const auto json = to_json(c);
  EXPECT_EQ(json["refusing"].dump(), R"(["n2","n5"])");
  EXPECT_EQ(json["acceptor_count"].dump(), "3");
  EXPECT_EQ(json["ending"].dump(), R"("survivors")");
  Configuration read;
  hold_options(read, declared_options<PaxosCommitOptions>());
  apply_fields(json, read);
  EXPECT_EQ(read, c);
}

TEST(TheDemand, CanBeThatSurvivorsDecide) {
  const Trace trace = parse_trace(with_field(R"("demand": "survivors decide")"), "t.json");
  EXPECT_EQ(trace.demand.kind, Demand::Kind::survivors_decide);
  EXPECT_EQ(to_text(trace.demand), "survivors decide");
}

}  // namespace
}  // namespace synod::testing
