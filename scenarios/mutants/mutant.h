// A planted bug: one rule of a correct protocol replaced. One file a mutant, which makes itself
// known; the protocol's own code holds no trace of it.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "core/paxos/rules.h"

namespace synod {

struct MutantText {
  std::string_view slug;      ///< as in the catalogue of consensus bugs
  std::string_view about;     ///< the wrong line, in one sentence
  std::string_view source;    ///< where it was seen
  std::string_view faults;    ///< those that it takes to show
  std::string_view property;  ///< that it breaks
  std::string_view cluster;   ///< the smallest that shows it
};

}  // namespace synod

namespace synod::paxos {

struct Mutant {
  MutantText text;
  void (*plant)(Rules& rules) = nullptr;
};

/// Defined at namespace scope in the mutant's file, it adds the mutant to the list.
class RegisteredMutant {
 public:
  explicit RegisteredMutant(const Mutant& mutant);
};

/// All of them, by slug.
std::span<const Mutant> mutants();

}  // namespace synod::paxos
