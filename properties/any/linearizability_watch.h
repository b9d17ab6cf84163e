// Linearizability on line: told of calls and returns as they happen, it finds a violation at the
// very event that makes it one.
//
// Just-in-time linearization (Lowe, "Testing for linearizability", 2017, section 4): it keeps every
// *configuration* that is still possible: the state, and which of the pending operations have
// taken effect already, each with what it must then return. Operations take effect as late as can
// be: when one returns, those before it in the order, then it. What is left are the configurations
// in which it returned what its client was told; where there are none, no order exists.
//
// An operation whose client never hears may take effect at any later time, or never; so a
// configuration in which more of them are still to come can do whatever one with fewer can, in the
// same state, and only the former is kept. Equal ones are counted, not told apart.
//
// Where a pending operation leaves the state as it is, as every read does, whether it has taken
// effect there need not be known until it returns: that is no configuration of its own, but one
// more result that it may return.
//
// Even so there can be exponentially many. So work is counted, never time: there is a bound for one
// event, and one for a run.
//
// All of it is part of its future, in one form: two that will judge alike whatever comes are mostly
// equal, those that have come to the same configurations always. So it can be part of the state of
// a search.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "properties/any/linearizability.h"
#include "properties/any/sequential_specification.h"

namespace synod {

/// Work is, roughly, how often an operation was applied to a configuration: some 100 ns each, where
/// states are small. So much of it for one event, unless another bound is given.
inline constexpr std::uint64_t event_work_max_default = 4'000'000;
/// And so much for all that one watch is told, its keys together. What was small is not counted, so
/// that of watches that were never busy those that have come to the same are equal.
inline constexpr std::uint64_t run_work_max = 8'000'000;
inline constexpr std::uint64_t event_work_small = 2'000;

// ---- One configuration, and sets of them --------------------------------------------------------

template <SequentialSpecification S, OrderedValue Id>
struct PossibleOrder {
  /// Took effect, and has not returned.
  struct Taken {
    Id id;
    typename S::Result result;
    auto operator<=>(const Taken&) const = default;
    static constexpr void fields(auto& self, auto&& visit) {
      visit("id", self.id);
      visit("result", self.result);
    }
  };
  /// Its clients have given up, and it may still take effect, so many times.
  struct Left {
    typename S::Operation operation;
    std::uint32_t count = 0;
    auto operator<=>(const Left&) const = default;
    static constexpr void fields(auto& self, auto&& visit) {
      visit("operation", self.operation);
      visit("count", self.count);
    }
  };

  typename S::State state{};
  std::vector<Taken> taken;  ///< in the order of their ids
  /// Of pending operations that have not, what they may return all the same: where they might have
  /// taken effect, they would have left the state as it was. In order, none twice.
  std::vector<Taken> unchanging;
  std::vector<Left> left;  ///< in the order of the operations; none with count 0

  auto operator<=>(const PossibleOrder&) const = default;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("state", self.state);
    visit("taken", self.taken);
    visit("unchanging", self.unchanging);
    visit("left", self.left);
  }

  [[nodiscard]] const Taken* find(const Id& id) const {
    const auto place = std::find_if(taken.begin(), taken.end(),
                                    [&](const Taken& known) { return known.id == id; });
    return place == taken.end() ? nullptr : &*place;
  }
  [[nodiscard]] bool may_have_taken(const Id& id) const {
    return find(id) != nullptr || std::any_of(unchanging.begin(), unchanging.end(),
                                              [&](const Taken& known) { return known.id == id; });
  }
  void take(const Id& id, typename S::Result result) {
    forget(id);
    Taken added{id, std::move(result)};
    taken.insert(std::upper_bound(taken.begin(), taken.end(), added), std::move(added));
  }
  void may_return(const Id& id, typename S::Result result) {
    Taken added{id, std::move(result)};
    const auto place = std::lower_bound(unchanging.begin(), unchanging.end(), added);
    if (place == unchanging.end() || *place != added) {
      unchanging.insert(place, std::move(added));
    }
  }
  void forget(const Id& id) {
    const auto is_it = [&](const Taken& known) { return known.id == id; };
    std::erase_if(taken, is_it);
    std::erase_if(unchanging, is_it);
  }
  void leave(const typename S::Operation& operation) {
    const auto place = std::find_if(left.begin(), left.end(), [&](const Left& known) {
      return !(known.operation < operation);
    });
    if (place != left.end() && place->operation == operation) {
      ++place->count;
    } else {
      left.insert(place, Left{operation, 1});
    }
  }
  void use(std::size_t index) {
    if (--left[index].count == 0) {
      left.erase(left.begin() + static_cast<std::ptrdiff_t>(index));
    }
  }
};

/// Of those that differ only in what may still come of them, the ones that no other can do
/// everything of.
template <SequentialSpecification S, OrderedValue Id>
class ConfigurationSet {
 public:
  using Member = PossibleOrder<S, Id>;

  /// Adds to `work` what adding is.
  explicit ConfigurationSet(std::uint64_t& work) : work_(work) {}

  /// Returns whether it says anything new.
  bool add(const Member& member) {
    std::vector<Member>& kept = members_[{member.state, member.taken}];
    work_ += 1 + kept.size() / compared_at_once;
    std::vector<const Member*> able;
    for (const Member& known : kept) {
      if (has_all(known.left, member.left)) {
        able.push_back(&known);
      }
    }
    if (are_able(able, member.unchanging)) {
      return false;
    }
    std::erase_if(kept, [&](const Member& known) { return can_do_all(member, known); });
    kept.push_back(member);
    return true;
  }
  /// It was added, and nothing that can do all that it can has come since.
  [[nodiscard]] bool has(const Member& member) const {
    const auto place = members_.find({member.state, member.taken});
    return place != members_.end() &&
           std::find(place->second.begin(), place->second.end(), member) != place->second.end();
  }
  /// In order.
  [[nodiscard]] std::vector<Member> members() const {
    std::vector<Member> all;
    for (const auto& [key, kept] : members_) {
      all.insert(all.end(), kept.begin(), kept.end());
    }
    std::sort(all.begin(), all.end());
    return all;
  }

 private:
  /// So many comparisons take as long as to apply an operation.
  static constexpr std::size_t compared_at_once = 8;

  using Taken = typename Member::Taken;

  static bool can_do_all(const Member& more, const Member& fewer) {
    return std::includes(more.unchanging.begin(), more.unchanging.end(), fewer.unchanging.begin(),
                         fewer.unchanging.end()) &&
           has_all(more.left, fewer.left);
  }
  /// Whatever each operation returns of what it may, be it one thing, is there one among the able
  /// that can do all of that? Not always the same one: an operation returns once. (Else each set of
  /// writes whose clients gave up would count that a pending read may have seen.)
  bool are_able(const std::vector<const Member*>& able, const std::vector<Taken>& returns) {
    std::vector<Bits> missing;  // of what may be returned, what that one cannot
    for (const Member* const one : able) {
      missing.push_back(missing_in(*one, returns));
      if (missing.back().empty()) {
        return true;
      }
    }
    return !able.empty() && !may_escape(missing, returns, {});
  }
  using Bits = std::vector<std::size_t>;  ///< of what may be returned, in order
  static Bits missing_in(const Member& one, const std::vector<Taken>& returns) {
    Bits missing;
    auto at = one.unchanging.begin();
    for (std::size_t i = 0; i < returns.size(); ++i) {
      at = std::lower_bound(at, one.unchanging.end(), returns[i]);
      if (at == one.unchanging.end() || *at != returns[i]) {
        missing.push_back(i);
      }
    }
    return missing;
  }
  /// Can those that have not returned yet return so that something is missing in each?
  bool may_escape(const std::vector<Bits>& missing, const std::vector<Taken>& returns,
                  const std::vector<Id>& returned) {
    work_ += 1 + missing.size() / compared_at_once;
    if (missing.empty()) {
      return true;
    }
    const auto fewest =
        std::min_element(missing.begin(), missing.end(),
                         [](const Bits& a, const Bits& b) { return a.size() < b.size(); });
    return std::any_of(fewest->begin(), fewest->end(), [&](std::size_t i) {
      const Id& id = returns[i].id;
      if (std::find(returned.begin(), returned.end(), id) != returned.end()) {
        return false;
      }
      std::vector<Bits> others;
      std::copy_if(missing.begin(), missing.end(), std::back_inserter(others),
                   [&](const Bits& one) { return !std::binary_search(one.begin(), one.end(), i); });
      std::vector<Id> with_it = returned;
      with_it.push_back(id);
      return may_escape(others, returns, with_it);
    });
  }
  using Left = std::vector<typename Member::Left>;
  static bool has_all(const Left& more, const Left& fewer) {
    auto at = more.begin();
    for (const auto& wanted : fewer) {
      while (at != more.end() && at->operation < wanted.operation) {
        ++at;
      }
      if (at == more.end() || at->operation != wanted.operation || at->count < wanted.count) {
        return false;
      }
    }
    return true;
  }

  std::map<std::pair<typename S::State, std::vector<typename Member::Taken>>, std::vector<Member>>
      members_;
  std::uint64_t& work_;
};

// ---- One key ------------------------------------------------------------------------------------

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

// ---- All keys -----------------------------------------------------------------------------------

/// Operations of any keys. After the first violation it stays as it is. Where the bound comes first
/// for one key, the others are watched on, and the verdict is inconclusive unless one of them is
/// violated. The end of an operation that was not called, or has ended, is passed over.
template <SequentialSpecification S, OrderedValue Id>
class LinearizabilityWatch {
 public:
  void call(const Id& id, const typename S::Operation& operation) {
    if (violation() == nullptr) {
      object_of(synod::key_of<S>(operation)).watch.call(id, operation);
    }
  }
  void returned(const Id& id, const typename S::Result& result,
                std::uint64_t work_max = event_work_max_default) {
    end(id, [&](ObjectWatch<S, Id>& watch) {
      return watch.returned(id, result, std::min(work_max, work_left()));
    });
  }
  void refused(const Id& id) {
    end(id, [&](ObjectWatch<S, Id>& watch) {
      watch.refused(id);
      return std::uint64_t{0};
    });
  }
  void gave_up(const Id& id) {
    end(id, [&](ObjectWatch<S, Id>& watch) {
      return watch.gave_up(id, std::min(event_work_max_default, work_left()));
    });
  }

  [[nodiscard]] Linearizability verdict() const {
    auto verdict = Linearizability::linearizable;
    for (const Object& object : objects_) {
      if (object.watch.verdict() == Linearizability::not_linearizable) {
        return Linearizability::not_linearizable;
      }
      if (object.watch.verdict() == Linearizability::inconclusive) {
        verdict = Linearizability::inconclusive;
      }
    }
    return verdict;
  }
  /// Null while there is none.
  [[nodiscard]] const LinearizabilityViolation<S, Id>* violation() const {
    return objects_.size() == 1 ? objects_.front().watch.violation() : nullptr;
  }

  bool operator==(const LinearizabilityWatch&) const = default;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("objects", self.objects_);
    visit("work", self.work_);
  }

 private:
  struct Object {
    KeyOf<S> key;
    ObjectWatch<S, Id> watch;
    bool operator==(const Object&) const = default;
    static constexpr void fields(auto& self, auto&& visit) {
      visit("key", self.key);
      visit("watch", self.watch);
    }
  };

  Object& object_of(const KeyOf<S>& key) {
    const auto place = std::lower_bound(
        objects_.begin(), objects_.end(), key,
        [](const Object& known, const KeyOf<S>& searched) { return known.key < searched; });
    if (place != objects_.end() && place->key == key) {
      return *place;
    }
    return *objects_.insert(place, Object{key, {}});
  }
  void end(const Id& id, auto&& how) {
    const auto place = std::find_if(objects_.begin(), objects_.end(), [&](const Object& object) {
      return object.watch.is_pending(id);
    });
    if (place == objects_.end()) {
      return;
    }
    if (const std::uint64_t work = how(place->watch); work > event_work_small) {
      work_ += work;
    }
    if (place->watch.verdict() == Linearizability::not_linearizable) {
      objects_ = {Object(*place)};
    } else if (place->watch == ObjectWatch<S, Id>()) {
      objects_.erase(place);  // as if nobody had asked
    }
  }

  [[nodiscard]] std::uint64_t work_left() const {
    return std::max(run_work_max, work_ + event_work_small) - work_;
  }

  std::vector<Object> objects_;  ///< in the order of their keys; once violated, that key alone
  std::uint64_t work_ = 0;       ///< of the events that were more than small
};

}  // namespace synod
