// Linearizability of one key on line: told of calls and returns as they happen, it finds a
// violation at the very event that makes it one.
//
// Just-in-time linearization (Lowe, "Testing for linearizability", 2017, section 4): it keeps every
// configuration that is still possible (possible_order.h). Operations take effect as late as can
// be: when one returns, those before it in the order, then it. What is left are the configurations
// in which it returned what its client was told; where there are none, no order exists.
//
// There can be exponentially many, though those that nobody needs are left out
// (configuration_set.h). So work is counted, never time, and there is a bound for one event.
#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

#include "properties/any/configuration_set.h"
#include "properties/any/linearizability.h"
#include "properties/any/possible_order.h"
#include "properties/any/sequential_specification.h"

namespace synod {

/// Work is, roughly, how often an operation was applied to a configuration: some 100 ns each, where
/// states are small. So much of it for one event, unless another bound is given.
inline constexpr std::uint64_t event_work_max_default = 4'000'000;

/// The first event after which no order exists.
template <SequentialSpecification S, OrderedValue Id>
struct LinearizabilityViolation {
  Id id;
  typename S::Operation operation;
  bool is_refusal = false;      ///< it was refused, though others were told what comes of it alone
  typename S::Result result{};  ///< that was told, unless it was refused
  std::vector<typename S::Result>
      possible;  ///< that could have been told, in order; none: not known

  bool operator==(const LinearizabilityViolation&) const = default;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("id", self.id);
    visit("operation", self.operation);
    visit("is_refusal", self.is_refusal);
    visit("result", self.result);
    visit("possible", self.possible);
  }
};

/// The operations of one key. Once it has said `not_linearizable` or `inconclusive`, it says so for
/// ever.
template <SequentialSpecification S, OrderedValue Id>
class ObjectWatch {
 public:
  using Possible = PossibleOrder<S, Id>;
  using Violation = LinearizabilityViolation<S, Id>;

  /// No two that are pending have the same id.
  void call(const Id& id, const typename S::Operation& operation) {
    if (verdict_ == Linearizability::linearizable) {
      Pending added{id, operation};
      for (Possible& one : possible_) {
        note_unchanging(one, added);
      }
      std::sort(possible_.begin(), possible_.end());
      pending_.insert(std::upper_bound(pending_.begin(), pending_.end(), added), std::move(added));
    }
  }
  /// `may_be`: whoever knows what comes later can tell of a state that it leads nowhere.
  using MayBe = std::function<bool(const typename S::State& state)>;
  /// Returns the work that it was.
  std::uint64_t returned(const Id& id, const typename S::Result& result,
                         std::uint64_t work_max = event_work_max_default,
                         const MayBe& may_be = {}) {
    const Pending* const goal = find(id);
    if (goal == nullptr) {
      return 0;
    }
    std::uint64_t work = 0;
    ConfigurationSet<S, Id> kept(work);
    explore(*goal, work_max, work, may_be, [&](Possible&& after, const auto& specified) {
      if (specified == result && (!may_be || may_be(after.state))) {
        kept.add(after);
      }
    });
    std::vector<Possible> possible = kept.members();
    if (work <= work_max && possible.empty()) {
      violate({id, goal->operation, false, result, possible_results(id, work_max)});
    } else {
      go_on_with(id, work <= work_max, std::move(possible));
    }
    return work;
  }
  /// It certainly did not happen, and never will.
  void refused(const Id& id) {
    const Pending* const pending = find(id);
    if (pending == nullptr) {
      return;
    }
    std::uint64_t work = 0;
    ConfigurationSet<S, Id> kept(work);
    for (Possible one : possible_) {
      if (one.find(id) == nullptr) {
        one.forget(id);
        kept.add(one);
      }
    }
    std::vector<Possible> possible = kept.members();
    if (possible.empty()) {
      violate({id, pending->operation, true, {}, {}});
    } else {
      go_on_with(id, true, std::move(possible));
    }
  }
  /// Its client will never hear: it may have happened, may yet happen, or never will. Returns the
  /// work that it was.
  std::uint64_t gave_up(const Id& id, std::uint64_t work_max = event_work_max_default) {
    const Pending* const pending = find(id);
    if (pending == nullptr) {
      return 0;
    }
    std::uint64_t work = 0;
    ConfigurationSet<S, Id> kept(work);
    for (std::size_t i = 0; i < possible_.size() && work <= work_max; ++i) {
      Possible one = possible_[i];
      const bool has_happened = one.find(id) != nullptr;
      one.forget(id);
      if (!has_happened && !is_read_only<S>(pending->operation)) {
        one.leave(pending->operation);
      }
      kept.add(one);
    }
    go_on_with(id, work <= work_max, kept.members());
    return work;
  }

  /// Of those that were given up, no equal one will happen any more.
  void never(const typename S::Operation& operation) {
    std::uint64_t work = 0;
    ConfigurationSet<S, Id> kept(work);
    for (Possible one : possible_) {
      std::erase_if(one.left, [&](const auto& known) { return known.operation == operation; });
      kept.add(one);
    }
    possible_ = kept.members();
  }

  [[nodiscard]] Linearizability verdict() const { return verdict_; }
  [[nodiscard]] bool is_pending(const Id& id) const { return find(id) != nullptr; }
  /// Null where it is not pending.
  [[nodiscard]] const typename S::Operation* operation(const Id& id) const {
    const Pending* const pending = find(id);
    return pending == nullptr ? nullptr : &pending->operation;
  }
  /// Null while there is none.
  [[nodiscard]] const Violation* violation() const {
    return violations_.empty() ? nullptr : &violations_.front();
  }
  /// In order, after the last event; none once it says anything but `linearizable`.
  [[nodiscard]] const std::vector<Possible>& configurations() const { return possible_; }
  /// What this operation may return next, in order; none where the bound comes first.
  [[nodiscard]] std::vector<typename S::Result> possible_results(
      const Id& id, std::uint64_t work_max = event_work_max_default) const {
    std::vector<typename S::Result> results;
    std::uint64_t work = 0;
    if (const Pending* const goal = find(id); goal != nullptr) {
      explore(*goal, work_max, work, {}, [&](Possible&& /*after*/, const auto& result) {
        const auto place = std::lower_bound(results.begin(), results.end(), result);
        if (place == results.end() || *place != result) {
          results.insert(place, result);
        }
      });
    }
    if (work > work_max) {
      results.clear();
    }
    return results;
  }

  bool operator==(const ObjectWatch&) const = default;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("verdict", self.verdict_);
    visit("pending", self.pending_);
    visit("possible", self.possible_);
    visit("violations", self.violations_);
  }

 private:
  struct Pending {
    Id id;
    typename S::Operation operation;
    auto operator<=>(const Pending&) const = default;
    static constexpr void fields(auto& self, auto&& visit) {
      visit("id", self.id);
      visit("operation", self.operation);
    }
  };

  [[nodiscard]] const Pending* find(const Id& id) const {
    const auto place = std::find_if(pending_.begin(), pending_.end(),
                                    [&](const Pending& known) { return known.id == id; });
    return place == pending_.end() ? nullptr : &*place;
  }

  /// Every way in which `goal` can be the next to return: `on_return` is told the configuration
  /// after it, and the result. Ends when `work` is more than its bound.
  void explore(const Pending& goal, std::uint64_t work_max, std::uint64_t& work,
               const MayBe& may_be, auto&& on_return) const {
    ConfigurationSet<S, Id> seen(work);
    std::vector<Possible> to_do;
    const auto meet = [&](Possible&& found) {
      work += pending_.size();
      for (const Pending& one : pending_) {
        note_unchanging(found, one);
      }
      if ((!may_be || may_be(found.state)) && seen.add(found)) {
        to_do.push_back(std::move(found));
      }
    };
    for (std::size_t i = 0; i < possible_.size() && work <= work_max; ++i) {
      const Possible& one = possible_[i];
      const bool is_taken = one.find(goal.id) != nullptr;
      for (const auto& told : is_taken ? one.taken : one.unchanging) {
        if (told.id == goal.id) {
          Possible after = one;
          after.forget(goal.id);
          on_return(std::move(after), told.result);
        }
      }
      if (!is_taken) {
        meet(Possible(one));
      }
    }
    // Those with the fewest taken first: what they lead to can do more than what others lead to.
    for (std::size_t next = 0; next < to_do.size() && work <= work_max; ++next) {
      const Possible now = std::move(to_do[next]);
      if (seen.has(now)) {
        work += 2 * (pending_.size() + now.left.size());
        Possible after = now;
        const auto result = S::apply(after.state, goal.operation);
        after.forget(goal.id);
        for (const Pending& other : pending_) {
          if (other.id != goal.id) {
            note_unchanging(after, other);
          }
        }
        on_return(std::move(after), result);
        take_others(now, goal, meet);
      }
    }
  }
  /// Whether this pending operation would leave the state as it is; then what it would return.
  static void note_unchanging(Possible& now, const Pending& one) {
    if (now.find(one.id) == nullptr) {
      typename S::State after = now.state;
      auto result = S::apply(after, one.operation);
      if (after == now.state) {
        now.may_return(one.id, std::move(result));
      }
    }
  }
  /// Every other operation that can take effect next, and change something.
  void take_others(const Possible& now, const Pending& goal, auto&& meet) const {
    for (const Pending& other : pending_) {
      if (other.id != goal.id && now.find(other.id) == nullptr) {
        Possible after = now;
        auto result = S::apply(after.state, other.operation);
        if (after.state != now.state) {
          after.take(other.id, std::move(result));
          meet(std::move(after));
        }
      }
    }
    for (std::size_t i = 0; i < now.left.size(); ++i) {
      Possible after = now;
      S::apply(after.state, now.left[i].operation);
      if (after.state != now.state) {
        after.use(i);
        meet(std::move(after));
      }
    }
  }

  void go_on_with(const Id& id, bool is_complete, std::vector<Possible> possible) {
    if (!is_complete) {
      end_with(Linearizability::inconclusive);
      return;
    }
    std::erase_if(pending_, [&](const Pending& known) { return known.id == id; });
    possible_ = std::move(possible);
  }
  void violate(Violation violation) {
    end_with(Linearizability::not_linearizable);
    violations_.push_back(std::move(violation));
  }
  void end_with(Linearizability verdict) {
    verdict_ = verdict;
    pending_.clear();
    possible_.clear();
  }

  Linearizability verdict_ = Linearizability::linearizable;
  std::vector<Pending> pending_;  ///< in the order of their ids
  std::vector<Possible> possible_{Possible{}};
  std::vector<Violation> violations_;  ///< one at most
};

}  // namespace synod
