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
// All of it is part of its future, in one form: two that will judge alike whatever comes are mostly
// equal, those that have come to the same configurations always. So it can be part of the state of
// a search.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "properties/any/linearizability.h"
#include "properties/any/sequential_specification.h"

namespace synod {

/// How many configurations may come of one event, unless another bound is given.
inline constexpr std::size_t configurations_max_default = 100'000;

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
  std::vector<Left> left;    ///< in the order of the operations; none with count 0

  auto operator<=>(const PossibleOrder&) const = default;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("state", self.state);
    visit("taken", self.taken);
    visit("left", self.left);
  }

  [[nodiscard]] const Taken* find(const Id& id) const {
    const auto place = std::find_if(taken.begin(), taken.end(),
                                    [&](const Taken& known) { return known.id == id; });
    return place == taken.end() ? nullptr : &*place;
  }
  void take(const Id& id, typename S::Result result) {
    Taken added{id, std::move(result)};
    taken.insert(std::upper_bound(taken.begin(), taken.end(), added), std::move(added));
  }
  void forget(const Id& id) {
    std::erase_if(taken, [&](const Taken& known) { return known.id == id; });
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

/// Of those that differ only in what is left, the ones that no other can do everything of.
template <SequentialSpecification S, OrderedValue Id>
class ConfigurationSet {
 public:
  using Member = PossibleOrder<S, Id>;

  /// Returns whether it says anything new.
  bool add(const Member& member) {
    std::vector<Left>& kept = members_[{member.state, member.taken}];
    if (std::any_of(kept.begin(), kept.end(),
                    [&](const Left& left) { return has_all(left, member.left); })) {
      return false;
    }
    std::erase_if(kept, [&](const Left& left) { return has_all(member.left, left); });
    kept.push_back(member.left);
    return true;
  }
  /// It was added, and nothing that can do all that it can has come since.
  [[nodiscard]] bool has(const Member& member) const {
    const auto place = members_.find({member.state, member.taken});
    return place != members_.end() && std::find(place->second.begin(), place->second.end(),
                                                member.left) != place->second.end();
  }
  /// In order.
  [[nodiscard]] std::vector<Member> members() const {
    std::vector<Member> all;
    for (const auto& [key, kept] : members_) {
      const std::size_t begin = all.size();
      for (const Left& left : kept) {
        all.push_back({key.first, key.second, left});
      }
      std::sort(all.begin() + static_cast<std::ptrdiff_t>(begin), all.end());
    }
    return all;
  }

 private:
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

  std::map<std::pair<typename S::State, std::vector<typename Member::Taken>>, std::vector<Left>>
      members_;
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
      pending_.insert(std::upper_bound(pending_.begin(), pending_.end(), added), std::move(added));
    }
  }
  /// `may_be`: whoever knows what comes later can tell of a state that it leads nowhere.
  using MayBe = std::function<bool(const typename S::State& state)>;
  void returned(const Id& id, const typename S::Result& result,
                std::size_t configurations_max = configurations_max_default,
                const MayBe& may_be = {}) {
    const Pending* const goal = find(id);
    if (goal == nullptr) {
      return;
    }
    ConfigurationSet<S, Id> kept;
    const bool is_complete = explore(
        *goal, configurations_max, may_be, [&](const Possible& after, const auto& specified) {
          if (specified == result && (!may_be || may_be(after.state))) {
            kept.add(after);
          }
        });
    std::vector<Possible> possible = kept.members();
    if (is_complete && possible.empty()) {
      violate({id, goal->operation, false, result, possible_results(id, configurations_max)});
    } else {
      go_on_with(id, is_complete, std::move(possible));
    }
  }
  /// It certainly did not happen, and never will.
  void refused(const Id& id) {
    const Pending* const pending = find(id);
    if (pending == nullptr) {
      return;
    }
    std::vector<Possible> kept = possible_;
    std::erase_if(kept, [&](const Possible& one) { return one.find(id) != nullptr; });
    if (kept.empty()) {
      violate({id, pending->operation, true, {}, {}});
    } else {
      go_on_with(id, true, std::move(kept));
    }
  }
  /// Its client will never hear: it may have happened, may yet happen, or never will.
  void gave_up(const Id& id) {
    const Pending* const pending = find(id);
    if (pending == nullptr) {
      return;
    }
    ConfigurationSet<S, Id> kept;
    for (Possible one : possible_) {
      if (one.find(id) != nullptr) {
        one.forget(id);
      } else if (!is_read_only<S>(pending->operation)) {
        one.leave(pending->operation);
      }
      kept.add(one);
    }
    go_on_with(id, true, kept.members());
  }

  /// Of those that were given up, no equal one will happen any more.
  void never(const typename S::Operation& operation) {
    ConfigurationSet<S, Id> kept;
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
      const Id& id, std::size_t configurations_max = configurations_max_default) const {
    std::vector<typename S::Result> results;
    const Pending* const goal = find(id);
    const bool is_complete =
        goal != nullptr &&
        explore(*goal, configurations_max, {}, [&](const Possible& /*after*/, const auto& result) {
          const auto place = std::lower_bound(results.begin(), results.end(), result);
          if (place == results.end() || *place != result) {
            results.insert(place, result);
          }
        });
    if (!is_complete) {
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
  /// after it, and the result. Returns false where there are more than the bound.
  bool explore(const Pending& goal, std::size_t configurations_max, const MayBe& may_be,
               auto&& on_return) const {
    ConfigurationSet<S, Id> seen;
    std::vector<Possible> to_do;
    std::size_t count = 0;
    const auto meet = [&](Possible&& found) {
      if ((!may_be || may_be(found.state)) && seen.add(found)) {
        to_do.push_back(std::move(found));
        ++count;
      }
    };
    for (const Possible& one : possible_) {
      if (const auto* const taken = one.find(goal.id)) {
        Possible after = one;
        after.forget(goal.id);
        on_return(after, taken->result);
      } else {
        meet(Possible(one));
      }
    }
    // Those with the fewest taken first: what they lead to can do more than what others lead to.
    std::size_t next = 0;
    while (next < to_do.size() && count <= configurations_max) {
      const Possible now = std::move(to_do[next++]);
      if (seen.has(now)) {
        Possible after = now;
        const auto result = S::apply(after.state, goal.operation);
        on_return(after, result);
        take_others(now, goal, meet);
      }
    }
    return next == to_do.size() && count <= configurations_max;
  }
  /// Every other operation that can take effect next.
  void take_others(const Possible& now, const Pending& goal, auto&& meet) const {
    for (const Pending& other : pending_) {
      if (other.id != goal.id && now.find(other.id) == nullptr) {
        Possible after = now;
        auto result = S::apply(after.state, other.operation);
        after.take(other.id, std::move(result));
        meet(std::move(after));
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
                std::size_t configurations_max = configurations_max_default) {
    end(id, [&](ObjectWatch<S, Id>& watch) { watch.returned(id, result, configurations_max); });
  }
  void refused(const Id& id) {
    end(id, [&](ObjectWatch<S, Id>& watch) { watch.refused(id); });
  }
  void gave_up(const Id& id) {
    end(id, [&](ObjectWatch<S, Id>& watch) { watch.gave_up(id); });
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
  static constexpr void fields(auto& self, auto&& visit) { visit("objects", self.objects_); }

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
    how(place->watch);
    if (place->watch.verdict() == Linearizability::not_linearizable) {
      objects_ = {Object(*place)};
    } else if (place->watch == ObjectWatch<S, Id>()) {
      objects_.erase(place);  // as if nobody had asked
    }
  }

  std::vector<Object> objects_;  ///< in the order of their keys; once violated, that key alone
};

}  // namespace synod
