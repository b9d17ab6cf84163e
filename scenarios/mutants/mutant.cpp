#include "scenarios/mutants/mutant.h"

#include <algorithm>

namespace synod::paxos {
namespace {

// A function's static, because mutants in other files register before this file's own objects
// might exist.
std::vector<Mutant>& registry() {
  static std::vector<Mutant> mutants;
  return mutants;
}

}  // namespace

RegisteredMutant::RegisteredMutant(const Mutant& mutant) {
  // Sorted, because files register in an order that the linker chooses.
  const auto place =
      std::lower_bound(registry().begin(), registry().end(), mutant,
                       [](const Mutant& a, const Mutant& b) { return a.text.slug < b.text.slug; });
  registry().insert(place, mutant);
}

std::span<const Mutant> mutants() { return registry(); }

}  // namespace synod::paxos
