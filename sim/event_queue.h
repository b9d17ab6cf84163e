// A queue of things to come, by time; ties by the order in which they were added.
//
// A timing wheel (Varghese and Lauck, "Hashed and hierarchical timing wheels", 1987): what comes
// within the next `horizon` ticks lies in a ring of one list a tick, so that adding and taking cost
// the same however much is pending. The few events beyond wait in a list of their own and enter the
// ring as soon as they come within its reach, before anything else of their time can.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/time.h"

namespace synod {

/// `Event` is small and trivially copyable.
template <class Event>
class EventQueue {
 public:
  /// `time` is not before that of the last event popped.
  void push(Time time, const Event& event) {
    if (time.ticks - now_.ticks < horizon) [[likely]] {
      enter_ring(time, event);
    } else {
      put_beyond(time, event);
    }
  }

  /// There must be an event.
  Event pop(Time& time) {
    if (ring_size_ == 0) {
      now_ = beyond_earliest_;  // nothing before it
      bring_in();
    }
    now_ = next_in_ring();
    if (beyond_earliest_.ticks - now_.ticks < horizon) [[unlikely]] {
      bring_in();
    }
    const std::size_t slot = now_.ticks % horizon;
    const std::uint32_t index = ring_[slot].first;
    const Event event = pool_[index].event;
    if (index == ring_[slot].last) {
      occupied_[slot / 64] &= ~(1ULL << slot % 64);
    } else {
      ring_[slot].first = pool_[index].next;
    }
    pool_[index].next = free_;
    free_ = index;
    --ring_size_;
    time = now_;
    return event;
  }

  [[nodiscard]] bool is_empty() const { return ring_size_ == 0 && beyond_.empty(); }
  [[nodiscard]] std::size_t size() const { return ring_size_ + beyond_.size(); }

  /// Keeps the memory.
  void clear() {
    occupied_ = {};
    pool_.clear();
    free_ = none;
    beyond_.clear();
    beyond_earliest_ = never;
    now_ = {};
    ring_size_ = 0;
  }

 private:
  static constexpr std::uint64_t horizon = 1024;
  static constexpr std::uint32_t none = UINT32_MAX;
  static constexpr Time never{UINT64_MAX};

  struct Link {
    Event event;
    std::uint32_t next;
  };
  struct List {
    std::uint32_t first;
    std::uint32_t last;
  };
  struct Later {
    Time time;
    Event event;
  };

  void enter_ring(Time time, const Event& event) {
    if (free_ == none) [[unlikely]] {
      add_free_link();
    }
    const std::uint32_t index = free_;
    free_ = pool_[index].next;
    pool_[index] = {event, none};
    const std::size_t slot = time.ticks % horizon;
    std::uint64_t& word = occupied_[slot / 64];
    const std::uint64_t bit = 1ULL << slot % 64;
    if ((word & bit) == 0) {
      word |= bit;
      ring_[slot].first = index;
    } else {
      pool_[ring_[slot].last].next = index;
    }
    ring_[slot].last = index;
    ++ring_size_;
  }

  /// The time of the earliest event in the ring, which is not empty.
  [[nodiscard]] Time next_in_ring() const {
    const std::size_t start = now_.ticks % horizon;
    std::size_t word = start / 64;
    std::uint64_t bits = occupied_[word] & (~0ULL << start % 64);
    while (bits == 0) {
      word = (word + 1) % occupied_.size();
      bits = occupied_[word];
    }
    const std::size_t slot = word * 64 + static_cast<std::size_t>(std::countr_zero(bits));
    return {now_.ticks + (slot - start) % horizon};
  }

  // What is rare stays out of line, so that what is common is small enough to be inlined.
  [[gnu::noinline]] void add_free_link() {
    free_ = static_cast<std::uint32_t>(pool_.size());
    pool_.push_back({Event{}, none});
  }
  [[gnu::noinline]] void put_beyond(Time time, const Event& event) {
    beyond_.push_back({time, event});
    beyond_earliest_ = std::min(beyond_earliest_, time);
  }
  [[gnu::noinline]] void bring_in() {
    std::size_t left = 0;
    beyond_earliest_ = never;
    for (const Later& later : beyond_) {
      if (later.time.ticks - now_.ticks < horizon) {
        enter_ring(later.time, later.event);
      } else {
        beyond_earliest_ = std::min(beyond_earliest_, later.time);
        beyond_[left++] = later;
      }
    }
    beyond_.resize(left);
  }

  std::array<List, horizon> ring_{};                    ///< valid where `occupied_` says so
  std::array<std::uint64_t, horizon / 64> occupied_{};  ///< a bit a slot
  std::vector<Link> pool_;
  std::uint32_t free_ = none;  ///< the first of a chain through `pool_`
  std::vector<Later> beyond_;  ///< in the order of adding
  Time beyond_earliest_ = never;
  Time now_;  ///< of the last event popped
  std::size_t ring_size_ = 0;
};

}  // namespace synod
