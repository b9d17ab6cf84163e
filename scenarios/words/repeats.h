// What comes again and again, found, so that it can be told once and counted. It knows no step and
// no line: whoever tells something says which of its parts are of one shape, and how high each
// passage is where it is shown.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace synod {

/// One of those that come one after the other: a step, a sentence.
struct Repeatable {
  std::string shape;          ///< equal where only times, ballots and other numbers differ
  std::string kind;           ///< equal where who did it differs, too
  bool must_be_told = false;  ///< is never left out as a repeat
};

/// In place of a long key one that is short, and equal where that is: of a million steps, few
/// differ in shape.
class ShortKeys {
 public:
  std::string operator()(std::string key) {
    return std::to_string(numbers_.emplace(std::move(key), numbers_.size()).first->second);
  }

 private:
  std::map<std::string, std::size_t> numbers_;
};

/// Some of them, and how they are told. Those of a row follow each other and leave out none.
struct Passage {
  enum class How {
    in_full,     ///< one, as it is
    as_repeats,  ///< the `period` before it, again and again, to the end or to the middle of a turn
    in_sum,      ///< how many of which kind, in whatever order: none is new
    left_out,    ///< the same, and some may be new
  };
  How how = How::in_full;
  std::size_t first = 0;
  std::size_t count = 1;
  std::size_t period = 0;

  [[nodiscard]] std::size_t end() const { return first + count; }
  bool operator==(const Passage&) const = default;
};

/// How many lines it takes where it is shown.
using HeightOf = std::function<std::size_t(const Passage& passage)>;

/// Repeats of up to `period_max` are found wherever they are, and shown as such. Where that leaves
/// more than `height_max`, so does whatever brings no new shape, then no new kind; at last, what is
/// between the beginning and the end. The last one of all is told in full. In time linear in how
/// many they are, but for the look-up of shapes.
std::vector<Passage> passages_of(const std::vector<Repeatable>& row, std::size_t height_max,
                                 const HeightOf& height);
/// The repeats alone.
std::vector<Passage> with_repeats(const std::vector<Repeatable>& row);

inline constexpr std::size_t period_max = 256;

/// "n2 → n1  promise (ballot #.n2, vote red@#.n1)": numbers are of one shape, names are not.
std::string repeat_shape(std::string_view text);
/// "promise", "a node's timer catch_up fires": without who did it, and what a message holds.
std::string repeat_kind(std::string_view text);

/// "12 × promise, 3 × nack", the most frequent first, "and 2 others" where `width` characters hold
/// no more.
std::string sum_text(const std::vector<std::string>& kinds, std::size_t width);

}  // namespace synod
