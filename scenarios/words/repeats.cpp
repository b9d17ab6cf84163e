#include "scenarios/words/repeats.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace synod {
namespace {

using How = Passage::How;

/// Numbers for shapes; what must be told, and what comes last, is like nothing else.
std::vector<std::size_t> shape_numbers(const std::vector<Repeatable>& row) {
  std::map<std::string_view, std::size_t> numbers;
  std::vector<std::size_t> result;
  result.reserve(row.size());
  for (std::size_t i = 0; i < row.size(); ++i) {
    const bool is_alone = row[i].must_be_told || i + 1 == row.size();
    result.push_back(is_alone ? row.size() + i
                              : numbers.emplace(row[i].shape, numbers.size()).first->second);
  }
  return result;
}

/// How far from a place on a row is as it was some places earlier. Asked for rising places, each
/// distance goes over the row once.
class Sameness {
 public:
  explicit Sameness(const std::vector<std::size_t>& row) : row_(row) {}

  std::size_t after(std::size_t place, std::size_t distance) {
    std::size_t& known = known_[distance - 1];
    known = std::max(known, place);
    while (known + distance < row_.size() && row_[known] == row_[known + distance]) {
      ++known;
    }
    return known - place;
  }

 private:
  const std::vector<std::size_t>& row_;
  std::array<std::size_t, period_max> known_{};  ///< by distance: where the sameness ends
};

/// Two repeats of one, or one of two, are as long as what would tell that they are left out.
constexpr std::size_t repeated_min = 4;

struct Repeat {
  std::size_t period = 0;
  std::size_t repeated = 0;  ///< what comes after the first turn
};

/// The one that reaches farthest, and of those the shortest.
std::optional<Repeat> repeat_at(std::size_t place, Sameness& same) {
  std::optional<Repeat> best;
  for (std::size_t period = 1; period <= period_max; ++period) {
    const Repeat repeat = {period, same.after(place, period)};
    if (repeat.repeated >= std::max(2 * period, repeated_min) &&
        (!best || repeat.period + repeat.repeated > best->period + best->repeated)) {
      best = repeat;
    }
  }
  return best;
}

std::size_t height_of(const std::vector<Passage>& passages, const HeightOf& height) {
  std::size_t sum = 0;
  for (const Passage& passage : passages) {
    sum += height(passage);
  }
  return sum;
}

/// Adds these, or their sum where that is shorter.
void add_stale(std::vector<Passage>& result, const std::vector<Passage>& stale,
               const HeightOf& height) {
  constexpr std::size_t saved_min = 2;
  if (stale.size() > 1) {
    const Passage sum = {How::in_sum, stale.front().first, stale.back().end() - stale.front().first,
                         0};
    if (height(sum) + saved_min <= height_of(stale, height)) {
      result.push_back(sum);
      return;
    }
  }
  result.insert(result.end(), stale.begin(), stale.end());
}

/// One sum for those that follow each other.
std::vector<Passage> with_sums_joined(const std::vector<Passage>& passages) {
  std::vector<Passage> result;
  for (const Passage& passage : passages) {
    if (passage.how == How::in_sum && !result.empty() && result.back().how == How::in_sum) {
      result.back().count += passage.count;
    } else {
      result.push_back(passage);
    }
  }
  return result;
}

/// What is behind `from` and brings nothing new is summed up; `key` is what is new when it comes
/// first. The last few of the row always are.
std::vector<Passage> without_stale(const std::vector<Repeatable>& row,
                                   const std::vector<Passage>& passages, std::size_t from,
                                   std::string Repeatable::* key, const HeightOf& height) {
  constexpr std::size_t last_told = 5;
  std::set<std::string_view> seen;
  std::vector<Passage> result;
  std::vector<Passage> stale;
  for (const Passage& passage : passages) {
    const Repeatable& first = row[passage.first];
    const bool is_new =
        passage.how == How::in_full && (seen.insert(first.*key).second || first.must_be_told ||
                                        passage.end() + last_told > row.size());
    if (is_new || passage.first < from) {
      add_stale(result, stale, height);
      stale.clear();
      result.push_back(passage);
    } else {
      stale.push_back(passage);
    }
  }
  add_stale(result, stale, height);
  return with_sums_joined(result);
}

/// The same, from so late on as fits. If it never does, from the first on.
std::vector<Passage> without_late_stale(const std::vector<Repeatable>& row,
                                        const std::vector<Passage>& passages,
                                        std::string Repeatable::* key, std::size_t height_max,
                                        const HeightOf& height) {
  std::vector<Passage> best = without_stale(row, passages, 0, key, height);
  std::size_t fits = 0;
  std::size_t too_late = row.size();
  while (height_of(best, height) <= height_max && too_late - fits > 1) {
    const std::size_t middle = fits + (too_late - fits) / 2;
    std::vector<Passage> tried = without_stale(row, passages, middle, key, height);
    if (height_of(tried, height) <= height_max) {
      fits = middle;
      best = std::move(tried);
    } else {
      too_late = middle;
    }
  }
  return best;
}

/// The beginning and the end, and between them what must be told, if there is room for it.
std::vector<Passage> without_middle(const std::vector<Repeatable>& row,
                                    const std::vector<Passage>& passages, std::size_t height_max,
                                    const HeightOf& height) {
  const std::size_t sum = height({How::left_out, 0, row.size(), 0});
  const std::size_t room = height_max > sum ? height_max - sum : 0;
  std::size_t begin = 0;
  std::size_t end = passages.size();
  std::size_t used = end > 0 ? height(passages[--end]) : 0;  // the last, whatever it is
  const auto take = [&](std::size_t limit, std::size_t index) {
    const std::size_t next = height(passages[index]);
    const bool fits = used + next <= limit;
    used += fits ? next : 0;
    return fits;
  };
  while (begin < end && take(room / 2, begin)) {
    ++begin;
  }
  std::vector<Passage> pinned;
  for (std::size_t i = begin; i < end; ++i) {
    const Passage& passage = passages[i];
    if (passage.how == How::in_full && row[passage.first].must_be_told) {
      const std::size_t with_sum = height(passage) + sum;
      if (used + with_sum <= room * 3 / 4) {
        used += with_sum;
        pinned.push_back(passage);
      }
    }
  }
  const std::size_t pinned_end = pinned.empty() ? 0 : pinned.back().end();
  while (end > begin && passages[end - 1].first >= pinned_end && take(room, end - 1)) {
    --end;
  }
  std::vector<Passage> result(passages.begin(),
                              passages.begin() + static_cast<std::ptrdiff_t>(begin));
  const auto add_sum_until = [&](std::size_t until) {
    const std::size_t first = result.empty() ? 0 : result.back().end();
    if (first < until) {
      result.push_back({How::left_out, first, until - first, 0});
    }
  };
  for (const Passage& passage : pinned) {
    add_sum_until(passage.first);
    result.push_back(passage);
  }
  add_sum_until(end < passages.size() ? passages[end].first : row.size());
  result.insert(result.end(), passages.begin() + static_cast<std::ptrdiff_t>(end), passages.end());
  return result;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// At `place`, the length of "n12" or "c3"; 0 where no name of a node or client stands.
std::size_t name_length(std::string_view text, std::size_t place) {
  const bool begins = place == 0 || !(is_letter(text[place - 1]) || is_digit(text[place - 1]));
  if (!begins || (text[place] != 'n' && text[place] != 'c')) {
    return 0;
  }
  std::size_t end = place + 1;
  while (end < text.size() && is_digit(text[end])) {
    ++end;
  }
  const bool ends = end == text.size() || !is_letter(text[end]);
  return end > place + 1 && ends ? end - place : 0;
}

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (std::size_t place = 0; (place = text.find(what, place)) != std::string::npos;) {
    text.replace(place, what.size(), by);
    place += by.size();
  }
}

}  // namespace

std::vector<Passage> with_repeats(const std::vector<Repeatable>& row) {
  const std::vector<std::size_t> numbers = shape_numbers(row);
  Sameness same(numbers);
  std::vector<Passage> passages;
  for (std::size_t place = 0; place < row.size();) {
    const std::optional<Repeat> repeat = repeat_at(place, same);
    const std::size_t in_full = repeat ? repeat->period : 1;
    for (std::size_t i = 0; i < in_full; ++i) {
      passages.push_back({How::in_full, place + i, 1, 0});
    }
    place += in_full;
    if (repeat) {
      passages.push_back({How::as_repeats, place, repeat->repeated, repeat->period});
      place += repeat->repeated;
    }
  }
  return passages;
}

std::vector<Passage> passages_of(const std::vector<Repeatable>& row, std::size_t height_max,
                                 const HeightOf& height) {
  std::vector<Passage> passages = with_repeats(row);
  for (const auto key : {&Repeatable::shape, &Repeatable::kind}) {
    if (height_of(passages, height) <= height_max) {
      return passages;
    }
    passages = without_late_stale(row, passages, key, height_max, height);
  }
  return height_of(passages, height) <= height_max
             ? passages
             : without_middle(row, passages, height_max, height);
}

std::string repeat_shape(std::string_view text) {
  std::string shape;
  for (std::size_t i = 0; i < text.size();) {
    if (const std::size_t name = name_length(text, i); name > 0) {
      shape += text.substr(i, name);
      i += name;
    } else if (is_digit(text[i])) {
      shape += '#';
      while (i < text.size() && is_digit(text[i])) {
        ++i;
      }
    } else {
      shape += text[i++];
    }
  }
  return shape;
}

std::string repeat_kind(std::string_view text) {
  if (const std::size_t arrow = text.find(" → "); arrow != std::string_view::npos) {
    if (const std::size_t message = text.find("  ", arrow); message != std::string_view::npos) {
      text.remove_prefix(message + 2);
    }
  }
  std::string kind;
  int depth = 0;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t name = name_length(text, i);
    depth += text[i] == '(' ? 1 : 0;
    if (depth > 0) {
      depth -= text[i++] == ')' ? 1 : 0;
    } else if (name > 0) {
      kind += text[i] == 'n' ? "a node" : "a client";
      i += name;
    } else if (is_digit(text[i])) {
      kind += kind.ends_with('#') ? "" : "#";
      ++i;
    } else {
      kind += text[i++];
    }
  }
  replace_all(kind, "a node, a node", "a node");
  replace_all(kind, "a node, a node", "a node");
  replace_all(kind, "{a node}", "nodes");
  replace_all(kind, "  ", " ");
  replace_all(kind, "  ", " ");
  while (kind.ends_with(' ')) {
    kind.pop_back();
  }
  return kind;
}

std::string sum_text(const std::vector<std::string>& kinds, std::size_t width) {
  std::map<std::string_view, std::size_t> counts;
  for (const std::string& kind : kinds) {
    ++counts[kind];
  }
  std::vector<std::pair<std::string_view, std::size_t>> by_count(counts.begin(), counts.end());
  std::stable_sort(by_count.begin(), by_count.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string text;
  std::size_t others = 0;
  for (const auto& [kind, count] : by_count) {
    const std::string more = fmt::format("{}{} × {}", text.empty() ? "" : ", ", count, kind);
    const bool has_room = text.empty() || (others == 0 && text.size() + more.size() <= width);
    text += has_room ? more : "";
    others += has_room ? 0 : count;
  }
  return others == 0 ? text : fmt::format("{} and {} others", text, others);
}

}  // namespace synod
