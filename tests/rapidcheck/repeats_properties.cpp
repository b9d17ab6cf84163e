// What holds of repeats however many there are of whatever length, in rows made up of them.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "scenarios/words/brief_log.h"
#include "scenarios/words/repeats.h"

namespace synod {
namespace {

using How = Passage::How;

/// Words of a few letters, one after the other, each some times.
std::vector<Repeatable> made_up_row() {
  const int words = *rc::gen::inRange(0, 12);
  std::vector<Repeatable> row;
  for (int i = 0; i < words; ++i) {
    const auto word = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 9));
    const int times = *rc::gen::inRange(1, 30);
    for (int time = 0; time < times; ++time) {
      for (const int letter : word) {
        row.push_back({std::to_string(letter), std::to_string(letter / 2), letter == 8});
      }
    }
  }
  return row;
}

std::size_t one_line(const Passage& /*passage*/) { return 1; }

void expect_that_none_is_missing(const std::vector<Repeatable>& row,
                                 const std::vector<Passage>& passages) {
  std::size_t next = 0;
  for (const Passage& passage : passages) {
    RC_ASSERT(passage.first == next);
    RC_ASSERT(passage.count >= 1U);
    next = passage.end();
  }
  RC_ASSERT(next == row.size());
}

RC_GTEST_PROP(RepeatsProperties, ToldAsOftenAsTheyAreCountedTheyAreTheRowAgain, ()) {
  const std::vector<Repeatable> row = made_up_row();
  std::vector<std::string> shapes;
  for (const Passage& passage : with_repeats(row)) {
    RC_ASSERT(passage.first == shapes.size());
    for (std::size_t i = 0; i < passage.count; ++i) {
      shapes.push_back(passage.how == How::in_full ? row[passage.first].shape
                                                   : shapes[shapes.size() - passage.period]);
    }
  }
  RC_ASSERT(shapes.size() == row.size());
  for (std::size_t i = 0; i < row.size(); ++i) {
    RC_ASSERT(shapes[i] == row[i].shape);
  }
}

RC_GTEST_PROP(RepeatsProperties, NoneIsMissingAndTheHeightIsKept, ()) {
  const std::vector<Repeatable> row = made_up_row();
  const std::size_t height_max = *rc::gen::inRange<std::size_t>(8, 80);
  const std::vector<Passage> passages = passages_of(row, height_max, one_line);
  expect_that_none_is_missing(row, passages);
  RC_ASSERT(passages.size() <= height_max);
}

RC_GTEST_PROP(RepeatsProperties, EachKindIsToldInFullOrNamedInWhatIsLeftOut, ()) {
  const std::vector<Repeatable> row = made_up_row();
  const std::size_t height_max = *rc::gen::inRange<std::size_t>(8, 80);
  std::set<std::string> told;
  for (const Passage& passage : passages_of(row, height_max, one_line)) {
    for (std::size_t i = passage.first; i < passage.end(); ++i) {
      if (passage.how == How::in_full || passage.how == How::left_out) {
        told.insert(row[i].kind);
      } else {
        RC_ASSERT(told.contains(row[i].kind));
      }
    }
  }
}

RC_GTEST_PROP(RepeatsProperties, ALogIsNoLongerThanItMayBe, ()) {
  std::vector<std::string> log;
  for (const Repeatable& one : made_up_row()) {
    log.push_back("      1  n" + one.shape + " does what has the number " + one.shape);
    if (one.must_be_told) {
      log.push_back("         * something is chosen");
    }
  }
  RC_ASSERT(told_briefly(log).size() <= story_lines_max);
}

}  // namespace
}  // namespace synod
