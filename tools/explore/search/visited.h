// What the search asks of the set of states that were met, whichever way it stores them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tools/explore/search/exact_table.h"
#include "tools/explore/search/fingerprint_table.h"
#include "tools/explore/search/model.h"

namespace synod::explorer {

/// Two states with the same fingerprint are the same.
template <Model M>
class VisitedFingerprints {
 public:
  using State = typename M::State;
  using Key = std::uint64_t;
  static constexpr bool is_exact = false;

  explicit VisitedFingerprints(std::uint64_t bytes_max) : table_(bytes_max) {}

  bool insert(M&, const State&, std::uint64_t fingerprint, std::uint64_t parent,
              std::uint32_t level) {
    return table_.insert(fingerprint, parent, level);
  }
  void settle(std::uint64_t fingerprint) { table_.settle(fingerprint); }
  void prefetch(std::uint64_t fingerprint) const { table_.prefetch(fingerprint); }
  bool try_reserve(std::int64_t insertions) { return table_.try_reserve(insertions); }
  void grow(std::uint64_t count) { table_.grow(count); }
  [[nodiscard]] std::uint64_t bytes() const { return table_.bytes(); }
  [[nodiscard]] std::uint64_t bytes_when_grown() const { return table_.bytes_when_grown(); }

  static Key key(M&, const State&, std::uint64_t fingerprint) { return fingerprint; }
  [[nodiscard]] const FingerprintTable& links() const { return table_; }

 private:
  FingerprintTable table_;
};

/// Two states are the same when the model encodes them alike.
template <ExactModel M>
class VisitedStates {
 public:
  using State = typename M::State;
  using Key = std::string;
  static constexpr bool is_exact = true;

  explicit VisitedStates(std::uint64_t) {}

  bool insert(M& model, const State& state, std::uint64_t fingerprint, std::uint64_t parent,
              std::uint32_t level) {
    return table_.insert(key(model, state, fingerprint), fingerprint, parent, level);
  }
  void settle(std::uint64_t) {}
  void prefetch(std::uint64_t) const {}
  bool try_reserve(std::int64_t) { return true; }
  void grow(std::uint64_t) {}
  [[nodiscard]] std::uint64_t bytes() const { return table_.bytes(); }
  [[nodiscard]] std::uint64_t bytes_when_grown() const { return table_.bytes(); }

  static Key key(M& model, const State& state, std::uint64_t) {
    std::string bytes;
    model.encode(state, bytes);
    return bytes;
  }
  [[nodiscard]] const ExactTable& links() const { return table_; }

 private:
  ExactTable table_;
};

}  // namespace synod::explorer
