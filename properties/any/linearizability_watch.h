// Linearizability on line: told of calls and returns as they happen, it finds a violation at the
// very event that makes it one. Each key has a watch of its own (object_watch.h), because a history
// is linearizable if that of each key is (Herlihy and Wing, 1990, section 3.3).
//
// Beside the bound on the work for one event, there is one for a run.
//
// All of it is part of its future, in one form: two that will judge alike whatever comes are mostly
// equal, those that have come to the same configurations always. So it can be part of the state of
// a search.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "properties/any/linearizability.h"
#include "properties/any/object_watch.h"
#include "properties/any/sequential_specification.h"

namespace synod {

/// So much work (`event_work_max_default`) for all that one watch is told, its keys together. What
/// was small is not counted, so that of watches that were never busy those that have come to the
/// same are equal.
inline constexpr std::uint64_t run_work_max = 8'000'000;
inline constexpr std::uint64_t event_work_small = 2'000;

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
