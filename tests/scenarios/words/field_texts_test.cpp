#include "scenarios/words/field_texts.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <optional>
#include <vector>

namespace synod {
namespace {

struct Entry {
  std::uint32_t number = 0;
  std::uint32_t value = 0;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("number", self.number);
    visit("value", self.value);
  }
};
struct State {
  std::uint32_t term = 0;
  std::vector<Entry> sent;
  std::optional<std::uint32_t> vote;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("term", self.term);
    visit("sent", self.sent);
    visit("vote", self.vote);
  }
};

TEST(DifferenceText, SaysWhatFieldsAreNow) {
  EXPECT_EQ(difference_text(State{}, State{}), "nothing new");
  EXPECT_EQ(difference_text(State{}, State{2, {{1, 5}}, 3}),
            "term 2, sent[0].number 1, sent[0].value 5, vote 3");
}

TEST(DifferenceText, NamesOnceWhatIsThereNoMore) {
  EXPECT_EQ(difference_text(State{1, {{1, 5}, {2, 6}, {3, 7}}, 3}, State{1, {{1, 5}}, {}}),
            "without sent[1], without sent[2], without vote");
}

}  // namespace
}  // namespace synod
