// The smallest part of a history that cannot be ordered: what a reader must look at to see that it
// is not linearizable, and nothing else.
//
// Leaving an operation out could make an order impossible that was possible: who leaves out the
// write that a read saw has invented a contradiction. So nothing is left out that way. Instead the
// end of an operation is forgotten: it may then have happened at any time after its call, or never,
// and whatever order there was before is still one. What remains is *bound*: operations whose
// returns and results contradict each other, whatever all the others did. No fewer do, in the sense
// that with one more forgotten there is an order.
//
// For the same reason the part need not begin where the history does: where every configuration
// that is possible (see possible_order.h) has the same state, that state is a fact, whatever
// order led to it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "properties/any/history.h"
#include "properties/any/linearizability.h"
#include "properties/any/object_watch.h"
#include "properties/any/sequential_specification.h"

namespace synod {

/// Operations go by their index in the history of one key.
template <SequentialSpecification S>
struct SmallestPart {
  /// At its return no order was left; there was one until then.
  std::size_t last = 0;
  /// What it could have returned instead; none: not known.
  std::vector<typename S::Result> possible;

  /// The state is this after the return of `after`, in every order; none: the part begins with the
  /// history.
  struct Start {
    std::size_t after = 0;
    typename S::State state{};
    std::size_t operations_before = 0;  ///< that had been called by then, `after` among them
    std::size_t open_before = 0;  ///< of these, had not returned, and may still change the state
  };
  std::optional<Start> start;

  /// By their calls. They contradict each other; `last` is one of them.
  std::vector<std::size_t> bound;
  /// By their calls. They may have happened, or not: without them, the bound ones would contradict
  /// each other even where one more is forgotten.
  std::vector<std::size_t> unbound;
  /// Others that were called since the start, or pending there: it is all the same what they did.
  std::size_t others = 0;
};

template <SequentialSpecification S>
class SmallestPartSearch {
 public:
  /// `history` is that of one key, and must outlive it. `on_event` is called often, for whoever
  /// tells how it goes on; once it has returned false, the search ends, and finds nothing.
  SmallestPartSearch(
      const History<S>& history, std::uint64_t event_work_max,
      std::function<bool()> on_event = [] { return true; })
      : history_(history),
        event_work_max_(event_work_max),
        on_event_(std::move(on_event)),
        events_(events_of<S>(history)) {}

  /// The operation at whose return no order is left; none where there is one, or the bound comes
  /// first.
  std::optional<std::size_t> find_last() { return find_first_violation(); }
  /// The same where it is known already, as from a search off line; what is told by what returned
  /// before it then keeps the configurations few. Returns false where the bound comes first.
  bool find_last(std::size_t known) {
    if constexpr (LooksAhead<S>) {
      looks_ahead_ = true;
      find_goals(known);
      return find_first_violation() == known;
    } else {
      return false;
    }
  }

  /// After `find_last` has found one. None: the bound comes first.
  std::optional<SmallestPart<S>> find_part() {
    std::optional<SmallestPart<S>> smallest;
    for (std::size_t i = 0; i < points_.size(); ++i) {
      const bool is_beginning = points_[i].event == 0;
      if (is_beginning && points_.size() > 1 && history_.size() > history_small) {
        continue;
      }
      if (!is_impossible(points_[i], all_bound())) {
        continue;  // the bound comes first
      }
      SmallestPart<S> part = part_from(points_[i]);
      if (is_ended_) {
        break;
      }
      if (is_beginning && part.bound.size() + part.unbound.size() <= part_small) {
        return part;
      }
      if (!smallest || size_of(part) <= size_of(*smallest)) {
        smallest = std::move(part);
      }
    }
    return is_ended_ ? std::nullopt : smallest;
  }

 private:
  using Watch = ObjectWatch<S, std::size_t>;
  enum class Role : std::uint8_t { bound, unbound, absent };
  /// Just before the event with this index.
  struct Point {
    std::size_t event = 0;
    Watch watch;
    bool is_clear = true;  ///< what returned there shows what the state is
  };
  static constexpr std::size_t goals_looked_at_max = 24;
  static constexpr std::size_t points_max = 200;
  static constexpr std::size_t points_tried = 4;
  /// A history that is short anyway is shown from its beginning, where that is not long.
  static constexpr std::size_t history_small = 40;
  static constexpr std::size_t part_small = 6;

  std::optional<std::size_t> find_first_violation() {
    Watch watch;
    std::vector<Point> points{{0, watch}};
    for (std::size_t i = 0; i < events_.size(); ++i) {
      const std::size_t operation = events_[i].operation;
      const Before before = before_of(watch, operation);
      const Role role = history_[operation].is_finished() ? Role::bound : Role::unbound;
      take(watch, events_[i], role, looks_ahead_ ? may_be_after(i) : typename Watch::MayBe());
      if (is_ended_) {
        return std::nullopt;
      }
      if (watch.verdict() != Linearizability::linearizable) {
        if (watch.violation() == nullptr) {
          return std::nullopt;
        }
        end_ = i + 1;
        part_.last = operation;
        part_.possible = watch.violation()->possible;
        keep_useful(points);
        return operation;
      }
      if (events_[i].is_return && is_certain(watch)) {
        points.push_back({i + 1, watch, is_clear(watch, operation, before)});
        if (points.size() > points_max) {
          points.erase(points.begin() + 1);
        }
      }
    }
    return std::nullopt;
  }

  /// Of what returned before the last operation: what it was told, and until which event it may
  /// have been led to by what resets the state.
  struct Goal {
    std::size_t called = 0;  ///< index of the event
    std::size_t operation = 0;
    std::size_t reset_until = 0;
  };
  void find_goals(std::size_t last) {
    std::vector<std::size_t> call(history_.size(), events_.size());
    std::vector<std::size_t> end(history_.size(), events_.size());
    for (std::size_t i = 0; i < events_.size(); ++i) {
      (events_[i].is_return ? end : call)[events_[i].operation] = i;
    }
    for (std::size_t i = 0; i < history_.size(); ++i) {
      if (end[i] > end[last] || end[i] == events_.size()) {
        continue;
      }
      Goal goal{call[i], i, 0};
      for (std::size_t j = 0; j < history_.size(); ++j) {
        if (j != i && call[j] < end[i] &&
            S::may_reset(history_[j].operation, history_[i].operation, *history_[i].result)) {
          goal.reset_until = std::max(goal.reset_until, end[j]);
        }
      }
      if (i == last) {
        last_goal_ = goal;
        end_of_last_ = end[i] + 1;
      } else {
        goals_.push_back(goal);
      }
    }
    std::sort(goals_.begin(), goals_.end(),
              [](const Goal& one, const Goal& other) { return one.called < other.called; });
  }
  /// What returns at the event may itself be what resets the state.
  [[nodiscard]] bool leads_past(const typename S::State& state, std::size_t event,
                                const Goal& goal) const {
    const ClientOperation<S>& coming = history_[goal.operation];
    return goal.reset_until < event && !S::may_lead_to(state, coming.operation, *coming.result);
  }
  [[nodiscard]] bool may_be_at(std::size_t event, const typename S::State& state) const {
    if (event + 1 == end_of_last_ && leads_past(state, event, last_goal_)) {
      return false;
    }
    auto goal = std::upper_bound(goals_.begin(), goals_.end(), event,
                                 [](std::size_t at, const Goal& one) { return at < one.called; });
    for (std::size_t i = 0; goal != goals_.end() && i < goals_looked_at_max; ++i, ++goal) {
      if (leads_past(state, event, *goal)) {
        return false;
      }
    }
    return true;
  }
  /// Whether all that is called after this event, and is known, can still be; and, at the last
  /// return, what was told there.
  typename Watch::MayBe may_be_after(std::size_t event) const {
    if constexpr (LooksAhead<S>) {
      return [this, event](const typename S::State& state) { return may_be_at(event, state); };
    } else {
      return {};  // nothing is known of what comes
    }
  }

  static std::size_t size_of(const SmallestPart<S>& part) {
    return part.bound.size() + part.unbound.size();
  }
  static bool is_certain(const Watch& watch) {
    const auto& possible = watch.configurations();
    return std::all_of(possible.begin(), possible.end(),
                       [&](const auto& one) { return one.state == possible.front().state; });
  }
  /// What an operation may have done before it returns.
  enum class Before : std::uint8_t { nothing, left_the_state, changed_it };
  static Before before_of(const Watch& watch, std::size_t operation) {
    auto before = Before::nothing;
    for (const auto& one : watch.configurations()) {
      if (one.find(operation) != nullptr) {
        return Before::changed_it;
      }
      before = one.may_have_taken(operation) ? Before::left_the_state : before;
    }
    return before;
  }
  /// The state is what this operation read, or what it made of it, where it was the last to take
  /// effect.
  [[nodiscard]] bool is_clear(const Watch& watch, std::size_t operation, Before before) const {
    const ClientOperation<S>& returned = history_[operation];
    const typename S::State& now = watch.configurations().front().state;
    typename S::State state = now;
    const bool tells_the_same = S::apply(state, returned.operation) == *returned.result;
    if (is_read_only<S>(returned.operation)) {
      return tells_the_same;
    }
    return before == Before::nothing || (before == Before::left_the_state && state == now);
  }
  /// The beginning, and the last ones before the last operation was called: from there on, all of
  /// it lies in the part.
  void keep_useful(std::vector<Point>& points) {
    const std::uint64_t called_at = history_[part_.last].called_at;
    std::erase_if(points, [&](const Point& point) {
      return point.event > 0 && events_[point.event - 1].at >= called_at;
    });
    const auto is_clear_point = [](const Point& point) {
      return point.event > 0 && point.is_clear;
    };
    if (std::any_of(points.begin(), points.end(), is_clear_point)) {
      std::erase_if(points, [](const Point& point) { return !point.is_clear; });
    }
    const std::size_t dropped =
        points.size() > points_tried + 1 ? points.size() - points_tried - 1 : 0;
    points.erase(points.begin() + 1, points.begin() + 1 + static_cast<std::ptrdiff_t>(dropped));
    points_ = std::move(points);
  }

  void take(Watch& watch, const HistoryEvent& event, Role role,
            const typename Watch::MayBe& may_be = {}) const {
    is_ended_ = is_ended_ || !on_event_();
    const ClientOperation<S>& operation = history_[event.operation];
    if (event.is_return && role == Role::bound) {
      watch.returned(event.operation, *operation.result, event_work_max_, may_be);
    } else if (!event.is_return && role != Role::absent) {
      watch.call(event.operation, operation.operation);
      if (role == Role::unbound) {
        watch.gave_up(event.operation, event_work_max_);
      }
    }
  }

  using Roles = std::vector<Role>;
  /// From that point to the last event, with these roles. Means nothing where the search is ended.
  [[nodiscard]] Watch taken_on(const Point& point, const Roles& roles,
                               const typename S::Operation* excluded = nullptr) const {
    if (is_ended_) {
      return {};
    }
    Watch watch = point.watch;
    if (excluded != nullptr) {
      watch.never(*excluded);
    }
    for (std::size_t i = 0; i < roles.size(); ++i) {
      if (watch.is_pending(i) && roles[i] == Role::unbound) {
        watch.gave_up(i, event_work_max_);
      } else if (watch.is_pending(i) && roles[i] == Role::absent) {
        watch.refused(i);
      }
    }
    for (std::size_t i = point.event; i < end_ && !is_ended_; ++i) {
      take(watch, events_[i], roles[events_[i].operation]);
    }
    return watch;
  }
  [[nodiscard]] bool is_impossible(const Point& point, const Roles& roles) const {
    return taken_on(point, roles).verdict() == Linearizability::not_linearizable;
  }

  [[nodiscard]] Roles all_bound() const {
    Roles roles(history_.size(), Role::unbound);
    for (std::size_t i = 0; i < end_; ++i) {
      if (events_[i].is_return) {
        roles[events_[i].operation] = Role::bound;
      }
    }
    return roles;
  }
  SmallestPart<S> part_from(const Point& point) const {
    SmallestPart<S> part = part_;
    Roles roles(history_.size(), Role::unbound);
    std::vector<std::size_t> since;  // by their calls
    std::vector<bool> is_since(history_.size(), false);
    for (std::size_t i = point.event; i < end_; ++i) {
      is_since[events_[i].operation] = true;
      if (events_[i].is_return) {
        roles[events_[i].operation] = Role::bound;
      }
    }
    std::size_t called_before = 0;
    std::size_t open_before = 0;
    for (std::size_t i = 0; i < end_; ++i) {
      if (events_[i].is_return) {
        continue;
      }
      const std::size_t operation = events_[i].operation;
      if (i < point.event) {
        ++called_before;
        open_before += is_open_at(point, operation) ? 1 : 0;
      }
      if (is_since[operation] || point.watch.is_pending(operation)) {
        since.push_back(operation);
      }
    }
    if (point.event > 0) {
      part.start = {events_[point.event - 1].operation, point.watch.configurations().front().state,
                    called_before, open_before};
    }
    forget_ends(point, since, roles);
    for (const std::size_t operation : since) {
      if (roles[operation] == Role::bound) {
        part.bound.push_back(operation);
      }
    }
    find_unbound(point, since, roles, part);
    return part;
  }
  [[nodiscard]] bool is_open_at(const Point& point, std::size_t operation) const {
    const ClientOperation<S>& asked = history_[operation];
    const bool has_returned =
        asked.is_finished() &&
        !(HistoryEvent{asked.returned_at, true, operation} > events_[point.event - 1]);
    return !has_returned && !is_read_only<S>(asked.operation);
  }
  /// With fewer bound, no more becomes impossible: so each need be tried once. Reads first: what
  /// was written says more.
  void forget_ends(const Point& point, const std::vector<std::size_t>& since, Roles& roles) const {
    for (const bool is_for_reads : {true, false}) {
      for (const std::size_t operation : since) {
        if (roles[operation] != Role::bound || operation == part_.last ||
            is_read_only<S>(history_[operation].operation) != is_for_reads) {
          continue;
        }
        roles[operation] = Role::unbound;
        if (!is_impossible(point, roles)) {
          roles[operation] = Role::bound;
        }
      }
    }
  }

  /// With one more end forgotten there is an order; is there still one where this never happens?
  [[nodiscard]] bool is_needed(const Point& point, const SmallestPart<S>& part, Roles& roles,
                               const typename S::Operation* excluded) const {
    for (const std::size_t bound : part.bound) {
      roles[bound] = Role::unbound;
      const Linearizability verdict = taken_on(point, roles, excluded).verdict();
      roles[bound] = Role::bound;
      if (verdict != Linearizability::linearizable) {
        return true;
      }
    }
    return false;
  }
  void find_unbound(Point point, const std::vector<std::size_t>& since, Roles& roles,
                    SmallestPart<S>& part) const {
    for (const std::size_t operation : given_up_before(point)) {
      if (is_needed(point, part, roles, &history_[operation].operation)) {
        part.unbound.push_back(operation);
      } else {
        point.watch.never(history_[operation].operation);
      }
    }
    for (const std::size_t operation : since) {
      if (roles[operation] != Role::unbound) {
        continue;
      }
      roles[operation] = Role::absent;
      if (!is_read_only<S>(history_[operation].operation) &&
          is_needed(point, part, roles, nullptr)) {
        roles[operation] = Role::unbound;
        part.unbound.push_back(operation);
      } else {
        ++part.others;
      }
    }
  }
  /// Of those that were called before and may still happen, the first of each that is equal.
  [[nodiscard]] std::vector<std::size_t> given_up_before(const Point& point) const {
    std::vector<typename S::Operation> left;
    for (const auto& one : point.watch.configurations()) {
      for (const auto& kept : one.left) {
        left.push_back(kept.operation);
      }
    }
    std::vector<std::size_t> operations;
    for (std::size_t i = 0; i < point.event; ++i) {
      const ClientOperation<S>& asked = history_[events_[i].operation];
      const auto found = std::find(left.begin(), left.end(), asked.operation);
      if (!asked.is_finished() && found != left.end()) {
        operations.push_back(events_[i].operation);
        std::erase(left, asked.operation);
      }
    }
    return operations;
  }

  const History<S>& history_;
  const std::uint64_t event_work_max_;
  const std::function<bool()> on_event_;
  mutable bool is_ended_ = false;  ///< by `on_event_`
  std::vector<HistoryEvent> events_;
  bool looks_ahead_ = false;
  Goal last_goal_;
  std::size_t end_of_last_ = 0;  ///< behind its return
  std::vector<Goal> goals_;      ///< in the order of their calls; none unless it looks ahead
  std::size_t end_ = 0;          ///< behind the event at which no order was left
  std::vector<Point> points_;    ///< from which the part may begin, in their order
  SmallestPart<S> part_;         ///< what is the same wherever it begins
};

}  // namespace synod
