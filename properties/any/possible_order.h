// One *configuration* of just-in-time linearization (Lowe, "Testing for linearizability", 2017,
// section 4): a state that the object may be in, and which of the pending operations have taken
// effect already, each with what it must then return.
//
// Where a pending operation leaves the state as it is, as every read does, whether it has taken
// effect there need not be known until it returns: that is no configuration of its own, but one
// more result that it may return.
//
// An operation whose client never hears may take effect at any later time, or never. Equal ones are
// counted, not told apart.
#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "properties/any/sequential_specification.h"

namespace synod {

/// `Id`: how operations that are pending are told apart.
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

}  // namespace synod
