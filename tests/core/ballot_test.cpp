#include "core/ballot.h"

#include <vector>

#include "core/paxos/rules.h"
#include "tests/core/printing.h"

namespace synod {
namespace {

constexpr NodeId n1{0};
constexpr NodeId n2{1};
constexpr NodeId n3{2};
constexpr Value red{1};
constexpr Value blue{2};

TEST(Ballot, IsOrderedByRoundThenByNode) {
  const std::vector<Ballot> rising = {{}, {1, n1}, {1, n2}, {1, n3}, {2, n1}, {10, n1}, {10, n2}};
  for (std::size_t i = 0; i < rising.size(); ++i) {
    for (std::size_t j = 0; j < rising.size(); ++j) {
      EXPECT_EQ(rising[i] <=> rising[j], i <=> j)
          << to_text(rising[i]) << " and " << to_text(rising[j]);
    }
  }
}

TEST(Ballot, OfRoundZeroIsNone) {
  EXPECT_TRUE(Ballot{}.is_none());
  EXPECT_TRUE((Ballot{0, n3}.is_none()));
  EXPECT_FALSE((Ballot{1, n1}.is_none()));
  EXPECT_LT((Ballot{0, n3}), (Ballot{1, n1}));
}

TEST(Ballot, ThatIsNextIsOnesOwnAndAboveWhatWasHeardOfPromisedAndTried) {
  using paxos::Durable;
  using paxos::rules::next_ballot;
  EXPECT_EQ(next_ballot({}, {}, n2), (Ballot{1, n2}));
  EXPECT_EQ(next_ballot({}, {4, n3}, n1), (Ballot{5, n1}));
  EXPECT_EQ(next_ballot({}, {4, n1}, n3), (Ballot{5, n3}));
  EXPECT_EQ(next_ballot(Durable{{6, n2}, {}, 0}, {4, n1}, n3), (Ballot{7, n3}));
  EXPECT_EQ(next_ballot(Durable{{6, n2}, {}, 8}, {4, n1}, n3), (Ballot{9, n3}));
}

TEST(Vote, WithoutABallotIsNone) {
  EXPECT_TRUE(Vote{}.is_none());
  EXPECT_FALSE((Vote{{1, n1}, red}.is_none()));
}

TEST(Vote, IsEqualInBallotAndValueOnly) {
  EXPECT_EQ((Vote{{1, n1}, red}), (Vote{{1, n1}, red}));
  EXPECT_NE((Vote{{1, n1}, red}), (Vote{{1, n2}, red}));
  EXPECT_NE((Vote{{1, n1}, red}), (Vote{{1, n1}, blue}));
}

TEST(Value, OfNumberZeroIsNone) {
  EXPECT_TRUE(Value{}.is_none());
  EXPECT_FALSE(red.is_none());
}

TEST(Duration, AddsAndMultiplies) {
  EXPECT_EQ(Duration{2} + Duration{3}, Duration{5});
  EXPECT_EQ(Duration{2} * 3, Duration{6});
  EXPECT_LT(Duration{2}, Duration{3});
}

}  // namespace
}  // namespace synod
