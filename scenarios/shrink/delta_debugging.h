// Making a list smaller while it stays what it is wanted for: delta debugging (Zeller and
// Hildebrandt, "Simplifying and isolating failure-inducing input", 2002).
//
// It knows nothing of steps. A `List` has
//
//   size()               how many elements it has now
//   try_without(gone)    takes the elements with these rising indices out if it is still wanted
//                        then; more may go with them. Returns false, and changes nothing, if not.
//
// Elements are tried from the last to the first: what comes late in a run depends on what came
// before, and not the other way round.
#pragma once

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <vector>

namespace synod {

using Indices = std::vector<std::size_t>;

/// Takes out chunks, large ones first, then smaller ones down to single elements.
template <class List>
void reduce_by_chunks(List& list) {
  for (std::size_t chunk = std::max<std::size_t>(list.size(), 1); chunk > 0; chunk /= 2) {
    std::size_t end = list.size();
    while (end > 0) {
      const std::size_t begin = end > chunk ? end - chunk : 0;
      Indices gone(end - begin);
      std::iota(gone.begin(), gone.end(), begin);
      static_cast<void>(list.try_without(gone));
      end = std::min(begin, list.size());
    }
  }
}

/// Until not one element can go (1-minimal). Returns whether any could.
template <class List>
bool reduce_by_ones(List& list) {
  bool is_reduced = false;
  std::size_t kept = 0;  // in a row: all that is there, and nothing is left to try
  for (std::size_t i = list.size(); kept < list.size();) {
    i = i == 0 || i > list.size() ? list.size() - 1 : i - 1;
    if (list.try_without({i})) {
      is_reduced = true;
      kept = 0;
    } else {
      ++kept;
    }
  }
  return is_reduced;
}

/// Takes out the first two elements found that can only go together. Returns false if there are
/// none.
template <class List>
bool try_reduce_by_pairs(List& list) {
  for (std::size_t late = list.size(); late-- > 1;) {
    for (std::size_t early = late; early-- > 0;) {
      if (list.try_without({early, late})) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace synod
