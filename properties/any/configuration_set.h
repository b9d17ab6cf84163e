// Configurations (possible_order.h) that are possible, without those that nobody needs.
//
// An operation whose client never hears may take effect at any later time, or never; so a
// configuration in which more of them are still to come can do whatever one with fewer can, in the
// same state, and only the former is kept. So it is with what pending operations may return that
// leave the state as it is: whoever may return more can do more.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <utility>
#include <vector>

#include "properties/any/possible_order.h"
#include "properties/any/sequential_specification.h"

namespace synod {

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
    if (is_covered_by(able, member.unchanging)) {
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
  bool is_covered_by(const std::vector<const Member*>& able, const std::vector<Taken>& returns) {
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

}  // namespace synod
