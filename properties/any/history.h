// What clients asked of an object and were told: a history (Herlihy and Wing, 1990, section 2.1).
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "properties/any/sequential_specification.h"

namespace synod {

/// It never returned, or nobody knows that it did.
inline constexpr std::uint64_t never = std::numeric_limits<std::uint64_t>::max();

/// One operation of one client. Its interval is closed: of two operations, one comes before the
/// other only if it returned at an earlier instant than the other was called at; all others are
/// concurrent.
template <SequentialSpecification S>
struct ClientOperation {
  std::uint32_t client = 0;
  typename S::Operation operation;
  /// None: the client never heard. The operation may have happened, at any time after its call,
  /// however late, or never. An operation that certainly did not happen is no part of a history.
  std::optional<typename S::Result> result;
  std::uint64_t called_at = 0;
  std::uint64_t returned_at = never;  ///< with `result` only

  [[nodiscard]] bool is_finished() const { return result.has_value(); }
};

template <SequentialSpecification S>
using History = std::vector<ClientOperation<S>>;

/// The call or the return of an operation, which goes by its index.
struct HistoryEvent {
  std::uint64_t at = 0;
  bool is_return = false;  ///< at one instant, calls come first: closed intervals meet
  std::size_t operation = 0;
  auto operator<=>(const HistoryEvent&) const = default;
};

/// In their order. Who never heard returns in none.
template <SequentialSpecification S>
std::vector<HistoryEvent> events_of(const History<S>& history) {
  std::vector<HistoryEvent> events;
  for (std::size_t i = 0; i < history.size(); ++i) {
    events.push_back({history[i].called_at, false, i});
    if (history[i].is_finished()) {
      events.push_back({history[i].returned_at, true, i});
    }
  }
  std::sort(events.begin(), events.end());
  return events;
}

/// Of each key, which operations are its own, in their order in the history.
template <SequentialSpecification S>
std::vector<std::pair<KeyOf<S>, std::vector<std::size_t>>> by_key(const History<S>& history) {
  std::vector<std::pair<KeyOf<S>, std::vector<std::size_t>>> keys;
  for (std::size_t i = 0; i < history.size(); ++i) {
    const auto key = synod::key_of<S>(history[i].operation);
    const auto place = std::lower_bound(
        keys.begin(), keys.end(), key,
        [](const auto& known, const auto& searched) { return known.first < searched; });
    if (place != keys.end() && place->first == key) {
      place->second.push_back(i);
    } else {
      keys.insert(place, {key, {i}});
    }
  }
  return keys;
}

/// These operations alone.
template <SequentialSpecification S>
History<S> part_of(const History<S>& history, const std::vector<std::size_t>& operations) {
  History<S> part;
  for (const std::size_t i : operations) {
    part.push_back(history[i]);
  }
  return part;
}

}  // namespace synod
