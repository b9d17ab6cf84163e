// Whether a history is linearizable: whether every operation can have taken effect at one moment
// between its call and its return, so that all results are what the sequential specification gives
// in that order (Herlihy and Wing, 1990).
//
// The algorithm of Wing and Gong ("Testing and verifying concurrent objects", 1993) with Lowe's
// memory ("Testing for linearizability", 2017, section 3): calls and returns in a linked list; an
// operation whose call stands before every return may be the next to take effect; it is then lifted
// out of the list, and put back where that leads nowhere. What is remembered is which operations
// have taken effect, and the state that they led to: no such pair is tried twice. (The problem is
// NP-complete: Gibbons and Korach, 1997. So there is a bound, and a third verdict.)
//
// Of equal operations that nobody knows the end of, the one that was called first takes effect
// first: in every order that has the later one alone, the earlier can stand in its place.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "properties/any/history.h"
#include "properties/any/sequential_specification.h"
#include "sim/luck.h"

namespace synod {

enum class Linearizability : std::uint8_t {
  linearizable,
  not_linearizable,
  inconclusive,  ///< a bound came first
};

/// Sets of operations, each with the number of a state, that grow: which pairs have been seen.
class SeenConfigurations {
 public:
  explicit SeenConfigurations(std::size_t operation_count)
      : word_count_((operation_count + 63) / 64), table_(1024, 0) {}

  /// Returns whether it was new. `words` are `word_count` many.
  bool add(const std::vector<std::uint64_t>& words, std::uint64_t hash, std::uint32_t state) {
    if ((count_ + 1) * 2 > table_.size()) {
      grow();
    }
    const std::uint64_t mixed = mix(hash ^ mix(state + 1));
    std::size_t at = place_of(mixed);
    for (; table_[at] != 0; at = (at + 1) % table_.size()) {
      if (is_same(table_[at] - 1, words, state)) {
        return false;
      }
    }
    words_.insert(words_.end(), words.begin(), words.end());
    states_.push_back(state);
    hashes_.push_back(mixed);
    table_[at] = ++count_;
    return true;
  }
  [[nodiscard]] std::size_t word_count() const { return word_count_; }
  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  [[nodiscard]] std::size_t place_of(std::uint64_t hash) const {
    return static_cast<std::size_t>(hash % table_.size());
  }
  [[nodiscard]] bool is_same(std::size_t entry, const std::vector<std::uint64_t>& words,
                             std::uint32_t state) const {
    const auto begin = words_.begin() + static_cast<std::ptrdiff_t>(entry * word_count_);
    return states_[entry] == state && std::equal(words.begin(), words.end(), begin);
  }
  void grow() {
    table_.assign(table_.size() * 2, 0);
    for (std::size_t entry = 0; entry < count_; ++entry) {
      std::size_t at = place_of(hashes_[entry]);
      while (table_[at] != 0) {
        at = (at + 1) % table_.size();
      }
      table_[at] = entry + 1;
    }
  }

  std::size_t word_count_;
  std::vector<std::size_t> table_;  ///< entry + 1; 0: free
  std::vector<std::uint64_t> words_;
  std::vector<std::uint32_t> states_;
  std::vector<std::uint64_t> hashes_;
  std::size_t count_ = 0;
};

/// Off line, for a history of one key. Goes on for as many steps as it is told, so that whoever
/// runs it can look at a clock in between.
template <SequentialSpecification S>
class LinearizationSearch {
 public:
  /// `history` must outlive it.
  explicit LinearizationSearch(const History<S>& history)
      : history_(history),
        seen_(history.size()),
        taken_(seen_.word_count(), 0),
        equal_before_(history.size(), history.size()) {
    for (const HistoryEvent& event : events_of<S>(history)) {
      entries_.push_back({event.operation, event.is_return, 0, 0, 0});
    }
    link_entries();
    find_equals();
    find_resets();
    at_ = first();
  }

  /// Returns whether it has come to its end.
  bool go_on(std::uint64_t steps) {
    for (; steps > 0 && !is_over_; --steps) {
      take_step();
      ++steps_;
    }
    return is_over_;
  }
  [[nodiscard]] std::uint64_t steps() const { return steps_; }
  [[nodiscard]] Linearizability verdict() const {
    return !is_over_             ? Linearizability::inconclusive
           : finished_left_ == 0 ? Linearizability::linearizable
                                 : Linearizability::not_linearizable;
  }
  /// How many pairs of operations and a state it remembers: its memory grows with that.
  [[nodiscard]] std::size_t remembered() const { return seen_.count(); }
  /// Of one that is linearizable: an order in which all can have taken effect. Who never heard may
  /// be missing.
  [[nodiscard]] std::vector<std::size_t> order() const {
    std::vector<std::size_t> operations;
    for (const Taken& taken : stack_) {
      operations.push_back(entries_[taken.entry].operation);
    }
    return operations;
  }

 private:
  /// A call or a return in the list; 0 is the list's end on both sides.
  struct Entry {
    std::size_t operation;
    bool is_return;
    std::size_t partner;  ///< of a call: its return; 0 where there is none
    std::size_t next;
    std::size_t previous;
  };
  struct Taken {
    std::size_t entry;
    typename S::State before;
  };

  void link_entries() {
    std::vector<std::size_t> call_of(history_.size(), 0);
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      entries_[i].previous = (i + entries_.size() - 1) % entries_.size();
      entries_[i].next = (i + 1) % entries_.size();
      if (i == 0) {
        continue;
      }
      if (entries_[i].is_return) {
        entries_[call_of[entries_[i].operation]].partner = i;
        ++finished_left_;
      } else {
        call_of[entries_[i].operation] = i;
      }
    }
  }
  void find_equals() {
    std::map<typename S::Operation, std::size_t> last;
    for (const Entry& entry : entries_) {
      if (&entry == &entries_.front() || entry.is_return ||
          history_[entry.operation].is_finished()) {
        continue;
      }
      const auto& operation = history_[entry.operation].operation;
      if (const auto found = last.find(operation); found != last.end()) {
        equal_before_[entry.operation] = found->second;
      }
      last[operation] = entry.operation;
    }
  }
  /// What is called after an operation has returned comes too late for it.
  void find_resets() {
    if constexpr (LooksAhead<S>) {
      resets_.resize(history_.size());
      for (std::size_t i = 0; i < history_.size(); ++i) {
        for (std::size_t j = 0; j < history_.size() && history_[i].is_finished(); ++j) {
          if (i != j && history_[j].called_at <= history_[i].returned_at &&
              S::may_reset(history_[j].operation, history_[i].operation, *history_[i].result)) {
            resets_[i].push_back(j);
          }
        }
      }
    }
  }
  /// For some of the operations that are still to come, those that were called first.
  [[nodiscard]] bool leads_nowhere(const typename S::State& state) const {
    if constexpr (LooksAhead<S>) {
      std::size_t looked_at = 0;
      for (std::size_t at = first(); at != 0 && looked_at < looked_ahead_max;
           at = entries_[at].next) {
        const std::size_t index = entries_[at].operation;
        const ClientOperation<S>& coming = history_[index];
        if (entries_[at].is_return || !coming.is_finished() || has_taken(index)) {
          continue;
        }
        ++looked_at;
        if (!S::may_lead_to(state, coming.operation, *coming.result) &&
            std::all_of(resets_[index].begin(), resets_[index].end(),
                        [&](std::size_t reset) { return has_taken(reset); })) {
          return true;
        }
      }
    }
    return false;
  }
  [[nodiscard]] std::size_t first() const { return entries_.front().next; }

  void take_step() {
    if (finished_left_ == 0) {
      is_over_ = true;
    } else if (!entries_[at_].is_return) {
      if (!try_take(at_)) {
        at_ = entries_[at_].next;
      }
    } else if (stack_.empty()) {
      is_over_ = true;
    } else {
      give_back();
    }
  }

  bool try_take(std::size_t call) {
    const std::size_t index = entries_[call].operation;
    const ClientOperation<S>& asked = history_[index];
    if (const std::size_t equal = equal_before_[index];
        equal < history_.size() && !has_taken(equal)) {
      return false;
    }
    typename S::State after = state_;
    const typename S::Result result = S::apply(after, asked.operation);
    if (asked.is_finished() ? result != *asked.result : after == state_) {
      return false;
    }
    flip(index);
    if (leads_nowhere(after)) {
      flip(index);
      return false;
    }
    const auto number = static_cast<std::uint32_t>(states_.size());
    const std::uint32_t state = states_.try_emplace(after, number).first->second;
    if (!seen_.add(taken_, hash_, state)) {
      flip(index);
      return false;
    }
    stack_.push_back({call, std::exchange(state_, std::move(after))});
    lift(call);
    at_ = first();
    return true;
  }
  void give_back() {
    const std::size_t call = stack_.back().entry;
    state_ = std::move(stack_.back().before);
    stack_.pop_back();
    flip(entries_[call].operation);
    unlift(call);
    at_ = entries_[call].next;
  }

  void lift(std::size_t call) {
    unlink(call);
    if (const std::size_t partner = entries_[call].partner; partner != 0) {
      unlink(partner);
      --finished_left_;
    }
  }
  void unlift(std::size_t call) {
    if (const std::size_t partner = entries_[call].partner; partner != 0) {
      relink(partner);
      ++finished_left_;
    }
    relink(call);
  }
  void unlink(std::size_t entry) {
    entries_[entries_[entry].previous].next = entries_[entry].next;
    entries_[entries_[entry].next].previous = entries_[entry].previous;
  }
  void relink(std::size_t entry) {
    entries_[entries_[entry].previous].next = entry;
    entries_[entries_[entry].next].previous = entry;
  }

  [[nodiscard]] bool has_taken(std::size_t operation) const {
    return (taken_[operation / 64] >> (operation % 64) & 1U) != 0;
  }
  void flip(std::size_t operation) {
    taken_[operation / 64] ^= std::uint64_t{1} << (operation % 64);
    hash_ ^= mix(operation + 1);
  }

  static constexpr std::size_t looked_ahead_max = 24;

  const History<S>& history_;
  SeenConfigurations seen_;
  std::vector<std::uint64_t> taken_;  ///< a bit an operation
  std::uint64_t hash_ = 0;            ///< of `taken_`
  /// Of an operation that nobody knows the end of: the equal one that was called before it.
  std::vector<std::size_t> equal_before_;
  /// Of each operation, where the specification looks ahead: those that may reset the state for it.
  std::vector<std::vector<std::size_t>> resets_;
  std::vector<Entry> entries_{Entry{0, false, 0, 0, 0}};
  std::size_t finished_left_ = 0;  ///< operations that returned and have not been taken
  std::map<typename S::State, std::uint32_t> states_;
  typename S::State state_{};
  std::vector<Taken> stack_;
  std::size_t at_ = 0;
  bool is_over_ = false;
  std::uint64_t steps_ = 0;
};

/// Of any number of keys. Each may take so many steps.
template <SequentialSpecification S>
Linearizability judge(const History<S>& history, std::uint64_t steps_max) {
  auto verdict = Linearizability::linearizable;
  for (const auto& [key, operations] : by_key<S>(history)) {
    const History<S> part = part_of<S>(history, operations);
    LinearizationSearch<S> search(part);
    search.go_on(steps_max);
    if (search.verdict() == Linearizability::not_linearizable) {
      return Linearizability::not_linearizable;
    }
    if (search.verdict() == Linearizability::inconclusive) {
      verdict = Linearizability::inconclusive;
    }
  }
  return verdict;
}

}  // namespace synod
