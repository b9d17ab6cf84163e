#include "scenarios/words/repeats.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace synod {
namespace {

using How = Passage::How;

/// A letter each; a capital must be told.
std::vector<Repeatable> row_of(std::string_view letters) {
  std::vector<Repeatable> row;
  for (const char letter : letters) {
    row.push_back({std::string(1, letter), std::string(1, letter), letter < 'a'});
  }
  return row;
}

std::size_t one_line(const Passage& /*passage*/) { return 1; }

/// "ab[2x3]" for "abababab", "(5)" for five that are summed up, "{5}" for five that are left out.
std::string text_of(std::string_view letters, const std::vector<Passage>& passages) {
  std::string text;
  for (const Passage& passage : passages) {
    const std::string count = std::to_string(passage.count);
    text += passage.how == How::in_full ? std::string(letters.substr(passage.first, passage.count))
            : passage.how == How::as_repeats
                ? "[" + std::to_string(passage.period) + ":" + count + "]"
            : passage.how == How::in_sum ? "(" + count + ")"
                                         : "{" + count + "}";
  }
  return text;
}
std::string repeats_in(std::string_view letters) {
  return text_of(letters, with_repeats(row_of(letters)));
}
std::string told(std::string_view letters, std::size_t height_max) {
  return text_of(letters, passages_of(row_of(letters), height_max, one_line));
}

TEST(Repeats, WhatComesAgainAndAgainIsToldOnceAndCounted) {
  EXPECT_EQ(repeats_in("xabcabcabcabcy"), "xabc[3:9]y");
  EXPECT_EQ(repeats_in("aaaaaaz"), "a[1:5]z");
}

TEST(Repeats, MayEndInTheMiddleOfATurn) { EXPECT_EQ(repeats_in("abcabcabcabz"), "abc[3:8]z"); }

TEST(Repeats, OfSeveralPeriodsTheOneThatReachesFarthestIsTaken) {
  EXPECT_EQ(repeats_in("aabaabaabaabz"), "aab[3:9]z");
  EXPECT_EQ(repeats_in("ababababcababababcababababcz"), "ababababc[9:18]z");
}

TEST(Repeats, TwoTimesIsNoRepeat) {
  EXPECT_EQ(repeats_in("abcabcz"), "abcabcz");
  EXPECT_EQ(repeats_in("aaaz"), "aaaz");
}

TEST(Repeats, WhatMustBeToldAndWhatIsLastAreTold) {
  EXPECT_EQ(repeats_in("ababababAbababababab"), "ab[2:6]Aba[2:8]b");
}

TEST(Repeats, WhereThereIsRoomEverythingElseIsTold) {
  EXPECT_EQ(told("abcbacbcaacb", 12), "abcbacbcaacb");
}

TEST(Repeats, WhatBringsNothingNewIsSummedUpAndNothingNewIs) {
  EXPECT_EQ(told("abcbacbcaacbcabacdcabacbacabcabacbacabcab", 20), "abcbacbcaacb(5)d(18)abcab");
}

TEST(Repeats, AtLastOnlyTheBeginningAndTheEndAreTold) {
  const std::string all = "abcdefghijklmnopqrstuvwxyz";
  EXPECT_EQ(told(all, 10), "abc{17}uvwxyz");
}

TEST(Repeats, OfALeftOutMiddleWhatMustBeToldIsTold) {
  EXPECT_EQ(told("abcdefghijkLmnopqrstuvwxyz", 12), "abcd{7}L{9}vwxyz");
}

TEST(Repeats, NamesMakeAShapeAndNumbersDoNot) {
  EXPECT_EQ(repeat_shape("n2 → n1  promise (ballot 12.n2, vote v7@3.n1)"),
            "n2 → n1  promise (ballot #.n2, vote v#@#.n1)");
  EXPECT_EQ(repeat_shape("c1 asks n1  request (c1#22, operation write)"),
            "c1 asks n1  request (c1##, operation write)");
  EXPECT_NE(repeat_shape("n1 crashes"), repeat_shape("n2 crashes"));
}

TEST(Repeats, AKindNamesNobody) {
  EXPECT_EQ(repeat_kind("n2 → n1  promise (ballot 12.n2, vote none)"), "promise");
  EXPECT_EQ(repeat_kind("n2 → n1  promise (ballot 12.n2, vote none)  is lost"), "promise is lost");
  EXPECT_EQ(repeat_kind("n4's timer catch_up fires"), "a node's timer catch_up fires");
  EXPECT_EQ(repeat_kind("c1 stops waiting"), "a client stops waiting");
}

TEST(Repeats, ASumNamesTheMostFrequentFirst) {
  EXPECT_EQ(sum_text({"b", "a", "b", "c", "b", "c"}, 100), "3 × b, 2 × c, 1 × a");
  EXPECT_EQ(sum_text({"b", "a", "b", "c", "b", "c"}, 10), "3 × b and 3 others");
}

}  // namespace
}  // namespace synod
