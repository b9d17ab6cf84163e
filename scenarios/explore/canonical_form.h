// Under symmetry, situations that are one another renamed (renamings.h) have one form: the least of
// what each is written as under all renamings.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/ids.h"
#include "scenarios/explore/situation.h"
#include "scenarios/explore/state_bytes.h"

namespace synod {

/// Keeps its memory.
template <Protocol P, class Witness>
class CanonicalForm {
 public:
  /// All but the one that changes nothing.
  void start(std::vector<Renaming> renamings) { renamings_ = std::move(renamings); }

  /// Then each situation is written in one way only, its own.
  [[nodiscard]] bool has_renamings() const { return !renamings_.empty(); }

  /// Lives until the next.
  std::string_view write(const SituationBytes<P, Witness>& bytes,
                         const Situation<P, Witness>& some) {
    const auto write_as = [&](const Renaming& renaming) {
      renamed_.clear();
      bytes.template write<true>(some, renaming, {}, renamed_);
      return renamed_.view();
    };
    least_.assign(write_as(Renaming::none()));
    for (const Renaming& renaming : renamings_) {
      if (const std::string_view written = write_as(renaming); written < least_) {
        least_.assign(written);
      }
    }
    return least_;
  }

 private:
  std::vector<Renaming> renamings_;
  ByteBuffer renamed_;
  std::string least_;
};

}  // namespace synod
