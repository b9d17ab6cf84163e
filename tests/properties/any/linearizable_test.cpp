// The property that a protocol with a sequential specification gets.
#include "properties/any/linearizable.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "properties/any/sequential_specification.h"

namespace synod {
namespace {

// A protocol with words of its own, and the events that tell of its clients.
struct Asked {
  bool is_write = false;
  std::uint32_t value = 0;
};
struct Told {
  std::uint32_t value = 0;  ///< 0: nothing yet
};
struct Cell {
  using Specification = Register<std::uint32_t>;
  static Specification::Operation operation(const Asked& asked) {
    return asked.is_write ? Specification::write(asked.value) : Specification::read();
  }
  static Specification::Result result(const Asked& asked, const Told& told) {
    if (asked.is_write) {
      return Specification::written();
    }
    using Value = Nilable<std::uint32_t>;
    return Specification::value_read(told.value == 0 ? Value() : Value(told.value));
  }
};

enum class Standing : std::uint8_t { final, refused, unknown };
struct AskedRequest {
  RequestId id;
  Asked operation;
};
struct Called {
  const AskedRequest& request;
};
struct Returned {
  const AskedRequest& request;
  Told result;
  Standing standing = Standing::final;
};

constexpr ClientId c1{0};
constexpr ClientId c2{1};

TEST(Linearizable, TellsTheOperationWithWhatItCouldHaveReturned) {
  Linearizable<Cell> property;
  Findings findings;
  const AskedRequest write{{c1, 1}, {true, 2}};
  const AskedRequest read{{c2, 1}, {}};
  const AskedRequest again{{c2, 2}, {}};
  property.on(Called{write}, findings);
  property.on(Called{read}, findings);
  property.on(Returned{read, {2}}, findings);
  property.on(Called{again}, findings);
  EXPECT_FALSE(findings.has_any());
  property.on(Returned{again, {0}}, findings);
  ASSERT_TRUE(findings.has_any());
  EXPECT_EQ(findings.first().property, "linearizable");
  EXPECT_EQ(findings.first().text,
            "c2#2's read returned nil, which no order of the operations up to then explains; "
            "possible: {2}");
}

TEST(Linearizable, ARefusedOperationDidNotHappenAndOneThatIsUnknownMay) {
  for (const auto standing : {Standing::refused, Standing::unknown}) {
    Linearizable<Cell> property;
    Findings findings;
    const AskedRequest write{{c1, 1}, {true, 2}};
    const AskedRequest read{{c2, 1}, {}};
    property.on(0, Called{write}, findings);
    property.on(0, Returned{write, {}, standing}, findings);
    property.on(0, Called{read}, findings);
    property.on(0, Returned{read, {2}}, findings);
    EXPECT_EQ(findings.has_any(), standing == Standing::refused);
  }
}

TEST(Linearizable, MoreOrdersThanAreKeptAreALimitAndNoVerdict) {
  Linearizable<Cell> property;
  Findings findings;
  std::vector<AskedRequest> requests;
  for (std::uint16_t i = 1; i <= 16; ++i) {
    requests.push_back({{c1, i}, {true, i}});
  }
  for (const AskedRequest& request : requests) {
    property.on(Called{request}, findings);
  }
  property.on(Returned{requests[0], {}}, findings);
  EXPECT_FALSE(findings.has_any());
  EXPECT_EQ(findings.limit(), Linearizable<Cell>::limit);
}

TEST(Linearizable, AProtocolThatSpeaksTheSpecificationsWordsNeedsNoOthers) {
  Linearizable<KeyValueStore> property;
  property.call({c1, 1}, {KeyValueStore::Kind::get, "x", ""});
  property.returned({c1, 1}, "a");
  EXPECT_EQ(property.finding(),
            "c1#1's get of x returned \"a\", which no order of the operations up to then explains; "
            "possible: {\"\"}");
}

TEST(Linearizable, WhatItKeepsIsAllInItsFields) {
  std::vector<std::string_view> names;
  const Linearizable<Cell> property;
  Linearizable<Cell>::fields(property,
                             [&](std::string_view name, const auto&) { names.push_back(name); });
  EXPECT_THAT(names, ::testing::ElementsAre("watch"));
}

}  // namespace
}  // namespace synod
