// What a search was allowed, and what it found. `M` is a model (model.h).
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/format/verdict.h"

namespace synod::explorer {

/// Shown while it runs.
struct SearchProgress {
  std::uint64_t distinct = 0;  ///< a little behind
  std::uint32_t level = 0;     ///< steps to the states that are being found
  std::uint64_t bytes = 0;
  double seconds = 0;
};

/// Where a search may end before it has seen everything. It is then inconclusive.
struct SearchOptions {
  unsigned workers = 1;   ///< at least 1
  bool is_exact = false;  ///< store whole states instead of their fingerprints
  /// Leave out ways that lead to nothing new: `generated` is smaller, and all else the same. Only a
  /// `SleepingModel` can.
  bool has_sleep_sets = false;
  std::uint64_t memory_bytes_max = std::uint64_t{4} << 30U;
  std::optional<std::uint32_t> depth_max = std::nullopt;  ///< as `SearchResult::depth`
  std::optional<double> seconds_max = std::nullopt;
  const std::atomic<bool>* is_interrupted = nullptr;  ///< may be set from outside
  /// Told some ten times in a second, always by the same thread.
  std::function<void(const SearchProgress&)> on_progress = nullptr;
};

/// Why a search ended.
enum class End : std::uint8_t { exhausted, violation, depth, memory, time, interrupt };
std::string_view to_text(End end);

/// A way from an initial state to one that matters, and a shortest one. The same however many
/// workers searched.
template <class M>
struct Trace {
  typename M::State initial;
  std::vector<typename M::Action> actions;
};

template <class M>
struct Sighting {
  std::string name;  ///< of the property
  Trace<M> trace;    ///< to a state that shows it
};

/// Everything but `seconds` and memory is the same however many workers searched, unless it ended
/// by memory, time or interrupt.
template <class M>
struct SearchResult {
  End end = End::exhausted;
  std::uint64_t distinct = 0;   ///< states
  std::uint64_t generated = 0;  ///< initial states and all successors, each time one was met
  std::uint64_t terminal = 0;   ///< states without successors
  /// States on a shortest path to the farthest state: an initial state alone has 1, as TLC counts.
  std::uint32_t depth = 0;
  std::uint64_t left = 0;  ///< states that were found but whose successors were not looked at
  std::optional<Sighting<M>> violation;
  std::vector<std::optional<Sighting<M>>> sometimes;  ///< each the first, if any
  double seconds = 0;
  double bytes_per_state = 0;   ///< of the visited set
  std::uint64_t bytes_max = 0;  ///< of everything that the search held at once
  /// How probable it is at most that a state was taken for another, n²/2^65; 0 with whole states.
  double missed_probability = 0;
};

/// A violation is one whatever else is missing. Short of everything, or with none of the
/// *sometimes* properties seen, a search says nothing.
template <class M>
Verdict verdict(const SearchResult<M>& result) {
  if (result.violation) return Verdict::violated;
  if (result.end != End::exhausted) return Verdict::inconclusive;
  bool has_seen = result.sometimes.empty();
  for (const auto& sighting : result.sometimes) {
    has_seen = has_seen || sighting.has_value();
  }
  return has_seen ? Verdict::holds : Verdict::inconclusive;
}

}  // namespace synod::explorer
