#include "scenarios/words/nearest.h"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

namespace synod {
namespace {

/// Levenshtein, "Binary codes capable of correcting deletions, insertions, and reversals", 1966.
std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i] == b[j] ? 0U : 1U);
      diagonal = row[j + 1];
      row[j + 1] = std::min({replaced, row[j] + 1, diagonal + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string_view nearest(std::string_view word, std::span<const std::string_view> names) {
  // A word far longer than any name is near none of them, and may come from a hostile file.
  constexpr std::size_t word_size_max = 64;
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

}  // namespace synod
