#include "core/text.h"

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/content_text.h"
#include "tests/core/printing.h"

namespace synod {
namespace {

constexpr NodeId n1{0};
constexpr NodeId n3{2};

template <class T>
std::optional<T> parsed(std::string_view text) {
  T value{};
  return try_parse(text, value) ? std::optional(value) : std::nullopt;
}

template <class T>
void expect_same_both_ways(const T& value, std::string_view text) {
  EXPECT_EQ(to_text(value), text);
  EXPECT_EQ(parsed<T>(text), value) << text;
}

template <class T>
void expect_refused(const std::vector<std::string_view>& texts) {
  for (const std::string_view text : texts) {
    EXPECT_EQ(parsed<T>(text), std::nullopt) << '"' << text << '"';
  }
}

TEST(Text, OfNodesGoesBothWays) {
  expect_same_both_ways(n1, "n1");
  expect_same_both_ways(NodeId{8}, "n9");
}

TEST(Text, OfClientsGoesBothWays) {
  expect_same_both_ways(ClientId{0}, "c1");
  expect_same_both_ways(ClientId{3}, "c4");
}

TEST(Text, OfRequestsGoesBothWays) {
  expect_same_both_ways(RequestId{{1}, 12}, "c2#12");
  expect_same_both_ways(RequestId{{0}, 65535}, "c1#65535");
}

TEST(Text, OfValuesGoesBothWays) {
  const std::vector<std::string_view> names = {"none",   "red",   "blue", "green", "orange",
                                               "purple", "brown", "pink", "grey",  "olive",
                                               "cyan",   "black", "white"};
  for (std::uint32_t number = 0; number < names.size(); ++number) {
    expect_same_both_ways(Value{number}, names[number]);
  }
  expect_same_both_ways(Value{13}, "v13");
  expect_same_both_ways(Value{UINT16_MAX}, "v65535");
  expect_same_both_ways(Value{1U << 16U}, "red+none");
  expect_same_both_ways(Value{2U << 16U | 1U}, "blue+red");
  expect_same_both_ways(Value{13U << 16U | 4095U}, "v13+v4095");
  expect_same_both_ways(Value{13U << 16U | 4096U}, "v856064");
  expect_same_both_ways(Value{4294967293}, "v4294967293");
  expect_same_both_ways(abort_value, "abort");
  expect_same_both_ways(commit_value, "commit");
}

TEST(Text, OfBallotsGoesBothWays) {
  expect_same_both_ways(Ballot{}, "none");
  expect_same_both_ways(Ballot{1, n1}, "1.n1");
  expect_same_both_ways(Ballot{4294967295, {8}}, "4294967295.n9");
}

TEST(Text, OfVotesGoesBothWays) {
  expect_same_both_ways(Vote{}, "none");
  expect_same_both_ways(Vote{{3, n1}, Value{1}}, "red@3.n1");
  expect_same_both_ways(Vote{{12, n3}, Value{13}}, "v13@12.n3");
}

TEST(Text, OfNumbersGoesBothWays) {
  expect_same_both_ways(std::uint32_t{0}, "0");
  expect_same_both_ways(std::uint32_t{4294967295}, "4294967295");
}

TEST(Text, OfOperationsGoesBothWays) {
  expect_same_both_ways(OperationKind::write, "write");
  expect_same_both_ways(OperationKind::read, "read");
  expect_same_both_ways(OperationKind::quorum_read, "quorum_read");
}

TEST(Text, OfOutcomesGoesBothWays) {
  expect_same_both_ways(Outcome::chosen, "chosen");
  expect_same_both_ways(Outcome::not_chosen, "not_chosen");
  expect_same_both_ways(Outcome::nothing_chosen, "nothing_chosen");
  expect_same_both_ways(Outcome::unknown, "unknown");
}

TEST(Text, OfNodeSetsListsTheirNodes) {
  EXPECT_EQ(to_text(NodeSet{}), "{}");
  EXPECT_EQ(to_text(NodeSet::only(n3)), "{n3}");
  EXPECT_EQ(to_text(NodeSet(0b101)), "{n1, n3}");
}

TEST(Text, OfDurationsIsTheirTicks) { EXPECT_EQ(to_text(Duration{12}), "12"); }

TEST(Text, OfNoNodeIsRefused) {
  expect_refused<NodeId>({"", "n", "n0", "n10", "n01", "N1", "c1", "1", "n-1", "n+1", "n1 ", " n1",
                          "n 1", "n1.", "nn1", "n257", "n4294967297", "none"});
}

TEST(Text, OfNoClientIsRefused) {
  expect_refused<ClientId>({"", "c", "c0", "c5", "c01", "C1", "n1", "c1 ", " c1", "c257"});
}

TEST(Text, OfNoRequestIsRefused) {
  expect_refused<RequestId>({"", "#", "c1", "c1#", "#1", "c1#01", "c1#-1", "c1#65536", "c1#1#2",
                             "c1 #1", "c1# 1", "c1#1 ", "n1#1", "c0#1", "c5#1", "c1.1"});
}

TEST(Text, OfNoValueIsRefused) {
  expect_refused<Value>({"v65536", "none+red", "red+", "+red", "red+red+red", "commit+red"});
  expect_refused<Value>({"", "v", "v0", "v1", "v12", "v013", "v-13", "v13 ", "V13", "13", "Red",
                         "red ", " red", "redd", "re", "v4294967296", "None", "mauve"});
}

// v5 would be purple's number: each value has one name.
TEST(Text, OfAColourByItsNumberIsRefused) { expect_refused<Value>({"v5"}); }

TEST(Text, OfNoBallotIsRefused) {
  expect_refused<Ballot>({"",      ".",     "1",     "1.",      ".n1",           "1.n",   "0.n1",
                          "1.n0",  "1.n10", "01.n1", "-1.n1",   " 1.n1",         "1.n1 ", "1 .n1",
                          "1. n1", "1.1",   "n1.1",  "1.n1.n1", "4294967296.n1", "1,n1",  "nonee"});
}

TEST(Text, OfNoVoteIsRefused) {
  expect_refused<Vote>({"", "@", "red", "red@", "@1.n1", "red@none", "red@1", "red@1.n", "red@0.n1",
                        "red@@1.n1", "red @1.n1", "red@ 1.n1", "v5@1.n1", "none@none", "1.n1@red"});
}

TEST(Text, OfNoNumberIsRefused) {
  expect_refused<std::uint32_t>({"", "-1", "-0", "+1", " 1", "1 ", "01", "00", "1.0", "1e3", "0x1",
                                 "a", "4294967296", "99999999999999999999"});
}

TEST(Text, OfNoOperationOrOutcomeIsRefused) {
  expect_refused<OperationKind>({"", "Write", "writ", "write ", "reads", "none", "chosen"});
  expect_refused<Outcome>({"", "Chosen", "chose", "chosen ", "none", "write"});
}

TEST(Text, IsWhatFormatWrites) {
  EXPECT_EQ(fmt::format("{} {} {} {}", n3, Ballot{2, n1}, Outcome::unknown, Duration{7}),
            "n3 2.n1 unknown 7");
  EXPECT_EQ(fmt::format("{:>4}|", n1), "  n1|");
}

}  // namespace
}  // namespace synod

// As a guest's are, in a namespace of its own.
namespace guest {
namespace {

enum class Kind : std::uint8_t { acquire, release };
constexpr std::array<std::string_view, 2> kinds = {"acquire", "release"};
constexpr std::span<const std::string_view> words_of(Kind /*kind*/) { return kinds; }

struct Tag {
  std::uint32_t number = 0;
  synod::NodeId node;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("number", self.number);
    visit("node", self.node);
  }
};
struct Cell {
  Kind kind = Kind::acquire;
  Tag tag;
  std::vector<Tag> others;
  std::optional<std::string> name;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("kind", self.kind);
    visit("tag", self.tag);
    visit("others", self.others);
    visit("name", self.name);
  }
};
struct Blank {
  static constexpr void fields(auto& /*self*/, auto&& /*visit*/) {}
};

}  // namespace
}  // namespace guest

namespace synod {
namespace {

TEST(Text, OfAnEnumerationWithWordsGoesBothWays) {
  expect_same_both_ways(guest::Kind::acquire, "acquire");
  expect_same_both_ways(guest::Kind::release, "release");
  expect_refused<guest::Kind>({"", "releas", "Release", "0", "releases"});
  EXPECT_EQ(fmt::format("{:>9}|", guest::Kind::release), "  release|");
}

TEST(Text, OfContentsIsThatOfAValueWithoutTheOuterBrackets) {
  const guest::Cell cell{guest::Kind::release, {3, n1}, {{4, n3}}, "a\"b"};
  EXPECT_EQ(value_text(cell),
            "(kind release, tag (number 3, node n1), others [(number 4, node n3)], "
            "name [\"a\\\"b\"])");
  EXPECT_EQ(content_text(cell),
            "kind release, tag (number 3, node n1), others [(number 4, node n3)], "
            "name [\"a\\\"b\"]");
  EXPECT_EQ(content_text(guest::Blank{}), "nothing");
  EXPECT_EQ(content_text(std::optional<guest::Tag>()), "none");
  EXPECT_EQ(content_text(std::optional<guest::Tag>({7, n3})), "number 7, node n3");
  EXPECT_EQ(content_text(Vote{{1, n1}, {2}}), "blue@1.n1");
  EXPECT_EQ(content_text(std::string("x")), "\"x\"");
  EXPECT_EQ(content_text(true), "yes");
}

}  // namespace
}  // namespace synod
