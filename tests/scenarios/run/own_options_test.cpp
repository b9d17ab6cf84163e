// A protocol with options of its own, by what it declares alone: they are drawn, judged, read and
// written like every other field of a configuration.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/format/configuration_json.h"
#include "scenarios/format/fixed_fields.h"
#include "scenarios/format/located_json.h"
#include "scenarios/run/runner.h"
#include "scenarios/schema/run_schema.h"
#include "scenarios/shrink/simpler.h"
#include "scenarios/words/input_error.h"
#include "sim/world/declared_options.h"
#include "sim/world/swarm.h"

namespace synod {
namespace {

using nlohmann::ordered_json;
using ::testing::ElementsAre;

struct Leases {
  std::uint32_t read_quorum = 2;
  Duration lease{50};
  DurationRange grace{{1}, {5}};
  Ratio stale_reads;
  NodeSet readers;

  static constexpr void fields(auto& self, auto&& visit) {
    visit(OptionText{.name = "read_quorum", .about = "Nodes that a read asks", .min = 1, .max = 9},
          self.read_quorum);
    visit(OptionText{.name = "lease", .about = "How long one lasts", .min = 10, .max = 200},
          self.lease);
    visit(OptionText{.name = "grace", .about = "What is added", .max = 20}, self.grace);
    visit(OptionText{.name = "stale_reads",
                     .about = "Of operations, reads that need no lease",
                     .part = OptionPart::workload},
          self.stale_reads);
    visit(OptionText{.name = "readers", .about = "Nodes that only read"}, self.readers);
  }
  static constexpr Leases for_nodes(std::uint32_t node_count) {
    Leases leases;
    leases.read_quorum = node_count / 2 + 1;
    return leases;
  }
  [[nodiscard]] std::string complaint(const Configuration& configuration) const {
    return (readers - NodeSet::first(configuration.node_count)).is_empty()
               ? ""
               : "readers: give nodes that there are";
  }
};

Configuration of_leases(std::uint32_t node_count = 3) {
  Configuration configuration;
  configuration.node_count = node_count;
  hold_options(configuration, declared_options<Leases>());
  return configuration;
}

template <class Change>
std::string complaint_about(Change change) {
  Configuration configuration = of_leases();
  change(options_in<Leases>(configuration));
  return validate(configuration);
}

std::string complaint_about_json(const ordered_json& fields) {
  Configuration configuration = of_leases();
  try {
    read_configuration(Located(fields), configuration, ForeignFields::refused, "leases");
    expect_valid(Located(fields), configuration);
    return "";
  } catch (const InputError& error) {
    return error.what();
  }
}

TEST(OwnOptions, AreDeclaredOnce) {
  const auto texts = declared_options<Leases>()->texts();
  ASSERT_EQ(texts.size(), 5U);
  EXPECT_EQ(texts[1].name, "lease");
  EXPECT_EQ(texts[1].about, "How long one lasts");
  EXPECT_EQ(texts[1].min, 10U);
  EXPECT_EQ(texts[0].kind, OptionKind::number);
  EXPECT_EQ(texts[1].kind, OptionKind::duration);
  EXPECT_EQ(texts[2].kind, OptionKind::duration_range);
  EXPECT_EQ(texts[3].kind, OptionKind::ratio);
  EXPECT_EQ(texts[4].kind, OptionKind::nodes);
  EXPECT_TRUE(texts[0].follows_nodes);
  EXPECT_FALSE(texts[1].follows_nodes);
  EXPECT_EQ(declared_options<NoOptions>(), nullptr);
}

TEST(OwnOptions, NeedNamesOfTheirOwn) {
  const auto are_good = [](std::string_view one, std::string_view other) {
    return detail::are_good_names(
        std::array{OptionText{.name = one, .about = ""}, OptionText{.name = other, .about = ""}});
  };
  EXPECT_TRUE(are_good("lease", "lease_2"));
  EXPECT_FALSE(are_good("lease", "lease"));
  EXPECT_FALSE(are_good("lease", ""));
  EXPECT_FALSE(are_good("lease", "Grace"));
  EXPECT_FALSE(are_good("lease", "drop"));
  EXPECT_FALSE(are_good("node_count", "lease"));
}

TEST(OwnOptions, AreTheSameByNameAndAsTheStruct) {
  Configuration configuration = of_leases();
  options_in<Leases>(configuration).lease = Duration{77};
  ASSERT_NE(configuration.options.find<Duration>("lease"), nullptr);
  EXPECT_EQ(*configuration.options.find<Duration>("lease"), Duration{77});
  EXPECT_EQ(configuration.options.find<Duration>("read_quorum"), nullptr);
  EXPECT_EQ(options_of<Leases>(configuration).lease, Duration{77});
  EXPECT_NE(configuration, of_leases());
}

TEST(OwnOptions, OfAConfigurationThatHoldsNoneHaveTheDefaultsForItsNodes) {
  Configuration configuration;
  configuration.node_count = 7;
  EXPECT_EQ(options_of<Leases>(configuration).read_quorum, 4U);
}

TEST(OwnOptions, AreJudgedByTheirRangesAndByTheProtocol) {
  EXPECT_EQ(validate(of_leases(9)), "");
  EXPECT_EQ(complaint_about([](Leases& one) { one.read_quorum = 0; }),
            "read_quorum is 0: give 1 to 9");
  EXPECT_EQ(complaint_about([](Leases& one) { one.lease = Duration{201}; }),
            "lease is 201: give 10 to 200");
  EXPECT_EQ(complaint_about([](Leases& one) { one.grace = {{5}, {1}}; }),
            "grace is 5 to 1: give the smaller one first");
  EXPECT_EQ(complaint_about([](Leases& one) { one.grace = {{5}, {21}}; }),
            "grace is 21: give 0 to 20");
  EXPECT_EQ(complaint_about([](Leases& one) { one.stale_reads = {2, 1}; }),
            "stale_reads is 2/1: give a ratio from 0/1 to 1/1");
  EXPECT_EQ(complaint_about([](Leases& one) { one.readers = NodeSet(0b1000); }),
            "readers: give nodes that there are");
}

TEST(OwnOptions, AreFieldsThatAreReadAndWritten) {
  const ordered_json fields = {{"node_count", 5},
                               {"lease", 60},
                               {"grace", "2..3"},
                               {"readers", {"n2", "n5"}},
                               {"stale_reads", "1/4"}};
  Configuration configuration = of_leases();
  apply_fields(fields, configuration);
  const Leases leases = options_of<Leases>(configuration);
  EXPECT_EQ(leases.read_quorum, 3U);
  EXPECT_EQ(leases.lease, Duration{60});
  EXPECT_EQ(leases.grace, (DurationRange{{2}, {3}}));
  EXPECT_EQ(leases.readers, NodeSet(0b10010));
  EXPECT_EQ(leases.stale_reads, (Ratio{1, 4}));
  Configuration read = of_leases();
  apply_fields(to_json(configuration), read);
  EXPECT_EQ(read, configuration);
  const JsonFields given = fields_to_give(configuration);
  EXPECT_EQ(given.json()["lease"], 60);
  EXPECT_FALSE(given.json().contains("read_quorum"));
}

TEST(OwnOptions, ThatAreWrongAreNamedWithWhatWouldBeRight) {
  EXPECT_EQ(complaint_about_json({{"lease", 60}}), "");
  EXPECT_EQ(complaint_about_json({{"lease", "long"}}),
            "lease: \"long\": give a whole number of ticks from 10 to 200");
  EXPECT_EQ(complaint_about_json({{"lease", 5}}),
            "lease: 5: give a whole number of ticks from 10 to 200");
  EXPECT_EQ(complaint_about_json({{"laese", 5}}), "laese: unknown field: did you mean \"lease\"?");
  EXPECT_EQ(complaint_about_json({{"phase1_quorum", 2}}),
            "phase1_quorum: leases has no option \"phase1_quorum\": it has read_quorum, lease, "
            "grace, stale_reads and readers");
}

TEST(OwnOptions, AreDrawnWhereTheyAreNotFixed) {
  const FixedFields fixed({{"lease", 60}}, declared_options<Leases>());
  std::set<std::uint32_t> quorums;
  std::set<std::uint16_t> readers;
  int usual = 0;
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const Configuration drawn = draw_configuration(Luck(seed), declared_options<Leases>(),
                                                   [&](Configuration& c) { fixed.apply(c); });
    ASSERT_EQ(validate(drawn), "") << seed;
    const Leases leases = options_of<Leases>(drawn);
    ASSERT_EQ(leases.lease, Duration{60});
    quorums.insert(leases.read_quorum);
    readers.insert(leases.readers.bits());
    usual += has_usual_options(drawn) ? 1 : 0;
  }
  EXPECT_EQ(quorums.size(), 9U);
  EXPECT_GT(readers.size(), 5U);
  EXPECT_GT(usual, 100);
}

TEST(OwnOptions, OfTheClusterStayWhenAllElseIsMadeHarmless) {
  Configuration configuration = of_leases(5);
  options_in<Leases>(configuration).lease = Duration{60};
  options_in<Leases>(configuration).stale_reads = {1, 2};
  EXPECT_THAT(fields_not_plain(configuration), ElementsAre("stale_reads"));
  const Leases leases = options_of<Leases>(plain(configuration));
  EXPECT_EQ(leases.lease, Duration{60});
  EXPECT_TRUE(leases.stale_reads.is_zero());
  EXPECT_EQ(with_plain_field(configuration, "stale_reads"), plain(configuration));
}

TEST(OwnOptions, ThatDependOnTheNumberOfNodesFollowIt) {
  Configuration configuration = of_leases(5);
  options_in<Leases>(configuration).readers = NodeSet(0b11000);
  const std::vector<Configuration> fewer = with_a_node_less(configuration);
  ASSERT_EQ(fewer.size(), 1U);
  EXPECT_EQ(fewer.front().node_count, 4U);
  EXPECT_EQ(options_of<Leases>(fewer.front()).read_quorum, 3U);
  map_node_options(configuration, [](NodeSet nodes) { return nodes & NodeSet::first(4); });
  EXPECT_EQ(options_of<Leases>(configuration).readers, NodeSet(0b01000));
}

TEST(OwnOptions, AreSaidWhereTheyAreUnusual) {
  Configuration configuration = of_leases();
  EXPECT_EQ(options_cluster_text(configuration), "");
  options_in<Leases>(configuration).lease = Duration{60};
  options_in<Leases>(configuration).readers = NodeSet(0b100);
  options_in<Leases>(configuration).stale_reads = {1, 2};
  EXPECT_EQ(options_cluster_text(configuration), " with lease 60, readers {n3}");
}

struct OtherLeases {
  Duration lease{5};
  std::uint32_t grace = 1;

  static constexpr void fields(auto& self, auto&& visit) {
    visit(OptionText{.name = "lease", .about = "How long one lasts"}, self.lease);
    visit(OptionText{.name = "grace", .about = "Another type"}, self.grace);
  }
};

TEST(OwnOptions, KeepTheirValuesInAnotherProtocolThatHasThemToo) {
  Configuration configuration = of_leases();
  options_in<Leases>(configuration).lease = Duration{60};
  hold_options(configuration, declared_options<OtherLeases>());
  EXPECT_EQ(options_of<OtherLeases>(configuration).lease, Duration{60});
  EXPECT_EQ(options_of<OtherLeases>(configuration).grace, 1U);
  hold_options(configuration, nullptr);
  EXPECT_EQ(configuration, Configuration{});
}

std::vector<OperationField> fields_of_a_lease() {
  using Kind = OperationField::Kind;
  static constexpr std::array<std::string_view, 2> words = {"take", "give_back"};
  return {{"operation", Kind::words, words, false},
          {"holder", Kind::whole_number, {}, true},
          {"is_shared", Kind::yes_or_no, {}, false}};
}

TEST(OwnOptions, AreInTheSchemaOfTheirProgramAsItsOperationsAreAndNobodyElses) {
  const std::vector<ProtocolEntry> leases = {{.text = {"leases", "made up"},
                                              .properties = {},
                                              .probes = {},
                                              .options = declared_options<Leases>(),
                                              .operation_fields = &fields_of_a_lease,
                                              .round_name = {}}};
  const ordered_json schema = run_schema(leases);
  EXPECT_EQ(schema["properties"]["protocol"],
            ordered_json::parse(R"({"description": "Default leases.", "enum": ["leases"]})"));
  const ordered_json& fields = schema["$defs"]["configuration"]["properties"];
  EXPECT_EQ(fields["read_quorum"], ordered_json::parse(R"({
    "description": "Nodes that a read asks. The default depends on how many nodes there are.",
    "type": "integer", "minimum": 1, "maximum": 9})"));
  EXPECT_EQ(fields["lease"], ordered_json::parse(R"({
    "description": "How long one lasts. Default 50.",
    "type": "integer", "minimum": 10, "maximum": 200})"));
  EXPECT_EQ(fields["grace"], ordered_json::parse(R"({
    "description": "What is added. Default 1..5.", "$ref": "#/$defs/range"})"));
  EXPECT_EQ(fields["stale_reads"], ordered_json::parse(R"({
    "description": "Of operations, reads that need no lease. Default 0/1.",
    "$ref": "#/$defs/ratio"})"));
  EXPECT_EQ(fields["readers"], ordered_json::parse(R"({
    "description": "Nodes that only read. Default none.",
    "type": "array", "items": {"$ref": "#/$defs/node"}, "uniqueItems": true})"));
  EXPECT_FALSE(fields.contains("phase1_quorum"));
  const ordered_json& request = schema["$defs"]["step_request"];
  EXPECT_EQ(request["properties"]["operation"],
            ordered_json::parse(R"({"enum": ["take", "give_back"]})"));
  EXPECT_EQ(request["properties"]["holder"], ordered_json::parse(R"({"type": "integer"})"));
  EXPECT_EQ(request["properties"]["is_shared"], ordered_json::parse(R"({"type": "boolean"})"));
  EXPECT_THAT(request["required"],
              ElementsAre("at", "step", "client", "number", "to", "operation", "is_shared"));
  EXPECT_FALSE(schema["$defs"].contains("value"));
}

struct ShortLeases {
  Duration lease{5};
  static constexpr void fields(auto& self, auto&& visit) {
    visit(OptionText{.name = "lease", .about = "How long one lasts", .min = 1, .max = 9},
          self.lease);
  }
};

TEST(OwnOptions, ThatTwoProtocolsCallTheSameMayBeWhatEitherSays) {
  std::vector<ProtocolEntry> protocols(3);
  protocols[0].options = declared_options<Leases>();
  protocols[1].options = declared_options<ShortLeases>();
  protocols[2].options = declared_options<ShortLeases>();
  const ordered_json schema = run_schema(protocols);
  EXPECT_EQ(schema["$defs"]["configuration"]["properties"]["lease"], ordered_json::parse(R"({
    "anyOf": [{"description": "How long one lasts. Default 50.",
               "type": "integer", "minimum": 10, "maximum": 200},
              {"description": "How long one lasts. Default 5.",
               "type": "integer", "minimum": 1, "maximum": 9}]})"));
}

}  // namespace
}  // namespace synod
