#include "scenarios/words/nearest.h"

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <vector>

namespace synod {
namespace {

// A word far longer than any name is near none of them, and may come from a hostile file.
constexpr std::size_t word_size_max = 64;

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

/// Damerau, "A technique for computer detection and correction of spelling errors", 1964, in its
/// form in which no part is edited twice.
std::size_t distance(std::string_view a, std::string_view b) {
  std::array<std::vector<std::size_t>, 3> rows;  // of the last characters of `a`
  for (std::vector<std::size_t>& row : rows) {
    row.resize(b.size() + 1);
  }
  for (std::size_t j = 0; j <= b.size(); ++j) {
    rows[0][j] = j;
  }
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::vector<std::size_t>& row = rows[i % 3];
    const std::vector<std::size_t>& above = rows[(i - 1) % 3];
    const std::vector<std::size_t>& two_above = rows[(i + 1) % 3];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = above[j - 1] + (lower(a[i - 1]) == lower(b[j - 1]) ? 0U : 1U);
      row[j] = std::min({replaced, above[j] + 1, row[j - 1] + 1});
      const bool are_exchanged = i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                                 lower(a[i - 2]) == lower(b[j - 1]);
      if (are_exchanged) {
        row[j] = std::min(row[j], two_above[j - 2] + 1);
      }
    }
  }
  return rows[a.size() % 3].back();
}

}  // namespace

std::string_view nearest(std::string_view word, std::span<const std::string_view> names) {
  word = word.substr(0, word_size_max);
  std::string_view best;
  std::size_t best_distance = static_cast<std::size_t>(-1);
  for (const std::string_view name : names) {
    const std::size_t edits = distance(word, name);
    if (edits < best_distance) {
      best = name;
      best_distance = edits;
    }
  }
  return best;
}

bool is_near(std::string_view word, std::string_view name) {
  constexpr std::size_t edited_part = 3;  // one letter in so many, but one at least
  constexpr std::size_t cut_size_min = 3;
  if (word.size() > word_size_max || name.empty()) {
    return false;
  }
  const std::size_t edits = distance(word, name);
  const std::size_t size = std::max(word.size(), name.size());
  const bool is_cut_off =
      word.size() >= cut_size_min && 2 * word.size() >= name.size() && name.starts_with(word);
  return is_cut_off || (2 * edits < size && edits <= std::max<std::size_t>(1, size / edited_part));
}

std::string listed_names(std::span<const std::string_view> names, std::string_view last) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    text += i == 0 ? "" : i + 1 < names.size() ? ", " : fmt::format(" {} ", last);
    text += fmt::format("\"{}\"", names[i]);
  }
  return text;
}

std::string right_name(std::string_view word, std::span<const std::string_view> names,
                       std::string_view listed_by) {
  if (const std::string_view best = nearest(word, names); is_near(word, best)) {
    return fmt::format("did you mean {}?", listed_names({&best, 1}));
  }
  if (names.empty()) {
    return "there is none";
  }
  return names.size() <= short_list_max || listed_by.empty()
             ? fmt::format("there {} {}", names.size() == 1 ? "is only" : "are",
                           listed_names(names))
             : fmt::format("see \"{}\"", listed_by);
}

std::string right_value(std::string_view word, std::span<const std::string_view> names,
                        std::string_view listed_by) {
  return !names.empty() && names.size() <= short_list_max
             ? fmt::format("give {}", listed_names(names, "or"))
             : right_name(word, names, listed_by);
}

}  // namespace synod
