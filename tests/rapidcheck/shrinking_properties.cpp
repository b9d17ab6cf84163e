// What holds of every shrunk list, whatever it was wanted for.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cstdint>
#include <set>
#include <vector>

#include "scenarios/shrink/delta_debugging.h"
#include "sim/luck.h"

namespace synod {
namespace {

/// Wanted are the whole, and a drawn share of all sublists: no order, and no monotony.
class DrawnList {
 public:
  DrawnList(std::size_t size, std::uint64_t seed, std::uint32_t share)
      : seed_(seed), share_(share) {
    for (std::size_t i = 0; i < size; ++i) {
      elements_.insert(i);
    }
    whole_ = elements_;
  }
  [[nodiscard]] std::size_t size() const { return elements_.size(); }
  bool try_without(const Indices& gone) {
    std::set<std::size_t> left;
    std::size_t index = 0;
    for (const std::size_t element : elements_) {
      if (!std::binary_search(gone.begin(), gone.end(), index++)) {
        left.insert(element);
      }
    }
    const bool is_good = is_wanted(left);
    elements_ = is_good ? left : elements_;
    return is_good;
  }
  [[nodiscard]] bool is_wanted() const { return is_wanted(elements_); }

 private:
  [[nodiscard]] bool is_wanted(const std::set<std::size_t>& elements) const {
    std::uint64_t hash = seed_;
    for (const std::size_t element : elements) {
      hash = mix(hash + element + 1);
    }
    return elements == whole_ || hash % 100 < share_;
  }

  std::uint64_t seed_;
  std::uint32_t share_;
  std::set<std::size_t> elements_;
  std::set<std::size_t> whole_;
};

RC_GTEST_PROP(AnyShrunkList, IsWantedAndOneMinimal, ()) {
  const auto size = *rc::gen::inRange<std::size_t>(0, 60);
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  const auto share = *rc::gen::inRange<std::uint32_t>(0, 60);
  DrawnList list(size, seed, share);
  reduce_by_chunks(list);
  reduce_by_ones(list);
  RC_ASSERT(list.is_wanted());
  for (std::size_t i = 0; i < list.size(); ++i) {
    RC_ASSERT(!DrawnList(list).try_without({i}));
  }
}

}  // namespace
}  // namespace synod
