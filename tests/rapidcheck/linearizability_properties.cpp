// What holds of the checkers of linearizability for every history, tried with random ones: they
// agree with the definition, taken at its word, and with each other.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "properties/any/linearizability.h"
#include "properties/any/linearizability_watch.h"
#include "properties/any/smallest_part.h"

namespace synod {
namespace {

using Cell = Register<std::uint64_t>;
using Store = KeyValueStore;
using enum Linearizability;

// ---- Random histories ---------------------------------------------------------------------------

/// From the whole range, however small the case is to be.
int drawn(int begin, int end) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(begin, end));
}

Cell::Operation drawn_operation(Cell /*of*/) {
  const auto value = [] { return static_cast<std::uint64_t>(drawn(0, 3)); };
  switch (drawn(0, 4)) {
    case 0:
    case 1:
      return Cell::read();
    case 2:
      return Cell::write(value());
    default:
      return Cell::compare_and_set(Nilable<std::uint64_t>(value()),
                                   Nilable<std::uint64_t>(value()));
  }
}
Store::Operation drawn_operation(Store /*of*/) {
  const std::string key(1, static_cast<char>('x' + drawn(0, 2)));
  const std::string value(1, static_cast<char>('a' + drawn(0, 3)));
  switch (drawn(0, 4)) {
    case 0:
    case 1:
      return {Store::Kind::get, key, ""};
    case 2:
      return {Store::Kind::put, key, value};
    default:
      return {Store::Kind::append, key, value};
  }
}
Cell::Result drawn_result(const Cell::Operation& operation) {
  using Value = Nilable<std::uint64_t>;
  const int value = drawn(-1, 3);
  switch (operation.kind) {
    case Cell::Kind::read:
      return Cell::value_read(value < 0 ? Value() : Value(static_cast<std::uint64_t>(value)));
    case Cell::Kind::write:
      return Cell::written();
    default:
      return Cell::was_set(value > 0);
  }
}
Store::Result drawn_result(const Store::Operation& operation) {
  if (operation.kind != Store::Kind::get) {
    return {};
  }
  std::string text;
  for (int i = drawn(0, 3); i > 0; --i) {
    text += static_cast<char>('a' + drawn(0, 3));
  }
  return text;
}

/// Calls and returns of a few clients, at instants of which some coincide.
template <class S>
History<S> drawn_intervals(int size) {
  History<S> history;
  std::vector<std::uint64_t> free_at(4, 0);
  for (int i = 0; i < size; ++i) {
    ClientOperation<S> operation;
    operation.client = static_cast<std::uint32_t>(drawn(0, 4));
    std::uint64_t& now = free_at[operation.client];
    operation.operation = drawn_operation(S());
    operation.called_at = now + static_cast<std::uint64_t>(drawn(0, 4));
    operation.returned_at = operation.called_at + static_cast<std::uint64_t>(drawn(0, 8));
    now = operation.returned_at + 1;
    history.push_back(std::move(operation));
  }
  return history;
}
template <class S>
void lose_some(History<S>& history, int out_of) {
  for (ClientOperation<S>& operation : history) {
    if (drawn(0, out_of) == 0) {
      operation.result.reset();
      operation.returned_at = never;
    }
  }
}
/// Of an atomic object: each operation takes effect at one moment in its interval.
template <class S>
History<S> drawn_atomic(int size) {
  History<S> history = drawn_intervals<S>(size);
  std::vector<std::pair<std::uint64_t, std::size_t>> moments;
  for (std::size_t i = 0; i < history.size(); ++i) {
    const int length = static_cast<int>(history[i].returned_at - history[i].called_at);
    moments.emplace_back(history[i].called_at + static_cast<std::uint64_t>(drawn(0, length + 1)),
                         i);
  }
  std::sort(moments.begin(), moments.end());
  std::map<KeyOf<S>, typename S::State> states;
  for (const auto& [moment, i] : moments) {
    const auto& operation = history[i].operation;
    history[i].result = S::apply(states[synod::key_of<S>(operation)], operation);
  }
  lose_some(history, 8);
  return history;
}
/// Results that need not fit.
template <class S>
History<S> drawn_any(int size) {
  History<S> history = drawn_intervals<S>(size);
  for (ClientOperation<S>& operation : history) {
    operation.result = drawn_result(operation.operation);
  }
  lose_some(history, 4);
  return history;
}

// ---- The definition -----------------------------------------------------------------------------

/// Is this order of some of the operations, all that returned among them, one that explains all?
template <class S>
bool explains(const History<S>& history, const std::vector<std::size_t>& order) {
  std::map<KeyOf<S>, typename S::State> states;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const ClientOperation<S>& operation = history[order[i]];
    for (std::size_t j = 0; j < i; ++j) {
      if (operation.returned_at < history[order[j]].called_at) {
        return false;
      }
    }
    const auto result =
        S::apply(states[synod::key_of<S>(operation.operation)], operation.operation);
    if (operation.is_finished() && result != *operation.result) {
      return false;
    }
  }
  return true;
}
/// Tries all orders of all choices.
template <class S>
bool is_linearizable(const History<S>& history) {
  for (unsigned chosen = 0; chosen < 1U << history.size(); ++chosen) {
    std::vector<std::size_t> order;
    bool has_all = true;
    for (std::size_t i = 0; i < history.size(); ++i) {
      const bool is_chosen = (chosen >> i & 1U) != 0;
      has_all = has_all && (is_chosen || !history[i].is_finished());
      if (is_chosen) {
        order.push_back(i);
      }
    }
    while (has_all) {
      if (explains(history, order)) {
        return true;
      }
      if (!std::next_permutation(order.begin(), order.end())) {
        break;
      }
    }
  }
  return false;
}

constexpr std::uint64_t enough = 10'000'000;

template <class S>
LinearizabilityWatch<S, std::size_t> watched(const History<S>& history, std::size_t events_max,
                                             bool gives_up) {
  LinearizabilityWatch<S, std::size_t> watch;
  const std::vector<HistoryEvent> events = events_of<S>(history);
  for (std::size_t i = 0; i < std::min(events.size(), events_max); ++i) {
    const ClientOperation<S>& operation = history[events[i].operation];
    if (events[i].is_return) {
      watch.returned(events[i].operation, *operation.result, enough);
    } else {
      watch.call(events[i].operation, operation.operation);
      if (gives_up && !operation.is_finished()) {
        watch.gave_up(events[i].operation);
      }
    }
  }
  return watch;
}
/// What had been heard by then: what had not returned may have happened.
template <class S>
History<S> heard(const History<S>& history, std::size_t events_max) {
  History<S> part = history;
  std::vector<HistoryEvent> events = events_of<S>(history);
  for (std::size_t i = events.size(); i > events_max; --i) {
    ClientOperation<S>& operation = part[events[i - 1].operation];
    if (events[i - 1].is_return) {
      operation.result.reset();
      operation.returned_at = never;
    }
  }
  std::set<std::size_t> called;
  for (std::size_t i = 0; i < std::min(events.size(), events_max); ++i) {
    called.insert(events[i].operation);
  }
  return part_of<S>(part, {called.begin(), called.end()});
}

// ---- What holds ---------------------------------------------------------------------------------

template <class S>
void expect_the_definition() {
  const History<S> history = drawn_any<S>(drawn(0, 8));
  const Linearizability verdict = is_linearizable(history) ? linearizable : not_linearizable;
  RC_CLASSIFY(verdict == linearizable, "linearizable");
  RC_ASSERT(judge<S>(history, enough) == verdict);
  RC_ASSERT(watched<S>(history, never, true).verdict() == verdict);
  RC_ASSERT(watched<S>(history, never, false).verdict() == verdict);
}
RC_GTEST_PROP(Linearizability, IsTheDefinitionForARegister, ()) { expect_the_definition<Cell>(); }
RC_GTEST_PROP(Linearizability, IsTheDefinitionForAStore, ()) { expect_the_definition<Store>(); }

template <class S>
void expect_atomic_to_be_linearizable() {
  const History<S> history = drawn_atomic<S>(drawn(0, 30));
  RC_ASSERT(judge<S>(history, enough) == linearizable);
  RC_ASSERT(watched<S>(history, never, true).verdict() == linearizable);
}
RC_GTEST_PROP(Linearizability, HoldsForAnAtomicRegister, ()) {
  expect_atomic_to_be_linearizable<Cell>();
}
RC_GTEST_PROP(Linearizability, HoldsForAnAtomicStore, ()) {
  expect_atomic_to_be_linearizable<Store>();
}

/// One result made another: mostly that is found, and always by both or by neither.
template <class S>
void expect_agreement() {
  History<S> history = drawn_atomic<S>(drawn(1, 25));
  ClientOperation<S>& changed =
      history[static_cast<std::size_t>(drawn(0, static_cast<int>(history.size())))];
  if (!changed.is_finished()) {
    return;
  }
  const auto result = drawn_result(changed.operation);
  if (result == *changed.result) {
    return;
  }
  changed.result = result;
  const Linearizability verdict = judge<S>(history, enough);
  RC_CLASSIFY(verdict == not_linearizable, "found");
  RC_ASSERT(watched<S>(history, never, true).verdict() == verdict);
}
RC_GTEST_PROP(Linearizability, OffLineAndOnLineAgreeOnARegister, ()) { expect_agreement<Cell>(); }
RC_GTEST_PROP(Linearizability, OffLineAndOnLineAgreeOnAStore, ()) { expect_agreement<Store>(); }

RC_GTEST_PROP(Linearizability, TheViolationIsFoundAtTheEventThatMakesIt, ()) {
  const History<Cell> history = drawn_any<Cell>(drawn(0, 12));
  for (std::size_t i = 0; i <= 2 * history.size(); ++i) {
    RC_ASSERT(watched<Cell>(history, i, true).verdict() == judge<Cell>(heard(history, i), enough));
  }
}

RC_GTEST_PROP(Linearizability, WhatCouldHaveBeenReturnedIsWhatCould, ()) {
  History<Cell> history = drawn_any<Cell>(drawn(1, 8));
  const auto watch = watched<Cell>(history, never, true);
  if (watch.violation() == nullptr) {
    return;
  }
  const auto& violation = *watch.violation();
  std::size_t events = 0;
  while (watched<Cell>(history, events, true).verdict() == linearizable) {
    ++events;
  }
  for (int value = -1; value < 4; ++value) {
    for (const bool is_set : {false, true}) {
      Cell::Result result;
      result.value = value < 0 ? Nilable<std::uint64_t>()
                               : Nilable<std::uint64_t>(static_cast<std::uint64_t>(value));
      result.is_set = is_set;
      history[violation.id].result = result;
      RC_ASSERT((judge<Cell>(heard(history, events), enough) == linearizable) ==
                std::binary_search(violation.possible.begin(), violation.possible.end(), result));
    }
  }
}

RC_GTEST_PROP(Linearizability, TwoThatAreEqualJudgeAlikeWhateverComes, ()) {
  LinearizabilityWatch<Cell, std::size_t> one =
      watched<Cell>(drawn_any<Cell>(drawn(0, 5)), never, true);
  LinearizabilityWatch<Cell, std::size_t> other =
      watched<Cell>(drawn_any<Cell>(drawn(0, 5)), never, true);
  if (one != other || one.verdict() != linearizable) {
    return;
  }
  RC_CLASSIFY(true, "equal");
  for (std::size_t id = 100; id < 104; ++id) {
    const Cell::Operation operation = drawn_operation(Cell());
    const Cell::Result result = drawn_result(operation);
    for (auto* watch : {&one, &other}) {
      watch->call(id, operation);
      watch->returned(id, result);
    }
    RC_ASSERT(one == other);
  }
}

// ---- The smallest part --------------------------------------------------------------------------

/// From the beginning of the history, with the ends of all others forgotten.
template <class S>
History<S> with_bound(const History<S>& history, const std::vector<std::size_t>& bound) {
  History<S> part = history;
  for (std::size_t i = 0; i < part.size(); ++i) {
    if (std::find(bound.begin(), bound.end(), i) == bound.end()) {
      part[i].result.reset();
      part[i].returned_at = never;
    }
  }
  return part;
}

RC_GTEST_PROP(SmallestPart, ContradictsItselfWhateverTheOthersDidAndNoFewerDo, ()) {
  const History<Cell> history = drawn_any<Cell>(drawn(2, 12));
  SmallestPartSearch<Cell> search(history, enough);
  const auto last = search.find_last();
  if (!last) {
    return;
  }
  const SmallestPart<Cell> part = search.find_part().value();
  RC_ASSERT(part.last == *last);
  RC_ASSERT(std::find(part.bound.begin(), part.bound.end(), *last) != part.bound.end());
  if (part.start) {
    return;
  }
  RC_CLASSIFY(true, "shown from the beginning");
  // What is called after the end could not have helped.
  std::vector<std::size_t> called;
  for (std::size_t i = 0; i < history.size(); ++i) {
    if (history[i].called_at <= history[*last].returned_at) {
      called.push_back(i);
    }
  }
  const auto with = [&](const std::vector<std::size_t>& bound,
                        const std::vector<std::size_t>& kept) {
    return judge<Cell>(part_of<Cell>(with_bound(history, bound), kept), enough);
  };
  RC_ASSERT(with(part.bound, called) == not_linearizable);
  std::vector<std::size_t> shown = part.bound;
  shown.insert(shown.end(), part.unbound.begin(), part.unbound.end());
  for (const std::size_t forgotten : part.bound) {
    std::vector<std::size_t> fewer = part.bound;
    std::erase(fewer, forgotten);
    RC_ASSERT(with(fewer, shown) == linearizable);
  }
}

RC_GTEST_PROP(SmallestPart, IsFoundWithTheSameEndWhereWhatComesLaterIsLookedAt, ()) {
  History<Store> all = drawn_atomic<Store>(drawn(2, 30));
  for (ClientOperation<Store>& operation : all) {
    if (operation.is_finished() && drawn(0, 20) == 0) {
      operation.result = drawn_result(operation.operation);
    }
  }
  for (const auto& [key, operations] : by_key<Store>(all)) {
    const History<Store> history = part_of<Store>(all, operations);
    const auto last = SmallestPartSearch<Store>(history, enough).find_last();
    if (!last) {
      continue;
    }
    RC_CLASSIFY(true, "violated");
    SmallestPartSearch<Store> search(history, enough);
    RC_ASSERT(search.find_last(*last));
    const auto part = search.find_part();
    RC_ASSERT(part.has_value());
    RC_ASSERT(std::find(part->bound.begin(), part->bound.end(), *last) != part->bound.end());
  }
}

RC_GTEST_PROP(SmallestPart, TheStateThatItBeginsWithIsCertain, ()) {
  const History<Cell> history = drawn_any<Cell>(drawn(2, 60));
  SmallestPartSearch<Cell> search(history, enough);
  const auto last = search.find_last();
  if (!last) {
    return;
  }
  const SmallestPart<Cell> part = search.find_part().value();
  if (!part.start) {
    return;
  }
  RC_CLASSIFY(true, "shown from a certain state");
  // A read that is called then may return this; and nothing else, where nothing is open any more.
  const ClientOperation<Cell>& after = history[part.start->after];
  const HistoryEvent end{after.returned_at, true, part.start->after};
  History<Cell> until;
  for (std::size_t i = 0; i < history.size(); ++i) {
    ClientOperation<Cell> kept = history[i];
    if (kept.called_at <= end.at) {
      if (kept.is_finished() && HistoryEvent{kept.returned_at, true, i} > end) {
        kept.result.reset();
        kept.returned_at = never;
      }
      until.push_back(kept);
    }
  }
  ClientOperation<Cell> read;
  read.operation = Cell::read();
  read.called_at = end.at + 1;
  read.returned_at = end.at + 2;
  for (int value = -1; value < 4; ++value) {
    const Cell::State state = value < 0 ? Cell::State() : Cell::State(static_cast<unsigned>(value));
    read.result = Cell::value_read(state);
    until.push_back(read);
    const bool is_possible = judge<Cell>(until, enough) == linearizable;
    until.pop_back();
    RC_ASSERT(
        (state == part.start->state ? is_possible : !is_possible || part.start->open_before > 0));
  }
}

}  // namespace
}  // namespace synod
