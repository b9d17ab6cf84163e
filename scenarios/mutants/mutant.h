// A planted bug: one rule of a correct protocol replaced. One file a mutant, which makes itself
// known; the protocol's own code holds no trace of it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "sim/world/configuration.h"

namespace synod {

/// What is to come of it.
enum class MutantKind : std::uint8_t {
  bug,                  ///< it breaks `property`
  control,              ///< it looks wrong and is safe; `property` is "none", or "progress"
  outside_fault_model,  ///< it breaks `property`, by a fault that its protocol does not claim to
                        ///< bear
  generated,  ///< it follows from the type of a rule (generated_mutants.h), and what comes of it
              ///< nobody has said: `synod hunt --mutants generated` finds out
};

constexpr std::string_view to_text(MutantKind kind) {
  switch (kind) {
    case MutantKind::bug:
      return "bug";
    case MutantKind::control:
      return "control";
    case MutantKind::outside_fault_model:
      return "outside the fault model";
    case MutantKind::generated:
      return "generated";
  }
  return {};
}

struct MutantText {
  std::string_view slug;      ///< as in the catalogue of consensus bugs
  std::string_view about;     ///< the wrong line, in one sentence
  std::string_view source;    ///< where it was seen
  std::string_view faults;    ///< those that it takes to show
  std::string_view property;  ///< that it breaks
  std::string_view cluster;   ///< the smallest that shows it
  MutantKind kind = MutantKind::bug;
  /// Properties that a control breaks by design and can do without, by name: what the proof of the
  /// correct protocol rests on, and its own does not. They are not reported. The names are
  /// literals.
  // With an initializer, mutants that give nothing up need not say so.
  // NOLINTNEXTLINE(readability-redundant-member-init)
  std::span<const std::string_view> gives_up{};
};

template <class P>
struct Mutant {
  MutantText text;
  /// Replaces the rule. Called for every run, when the protocol's configuration has been made.
  void (*plant)(typename P::Config& config) = nullptr;
  /// Where the fault is in the world and not in the protocol: changes what was drawn of a run.
  void (*set_up)(Configuration& configuration) = nullptr;
};

namespace detail {
/// By slug. A function's static, because mutants register before any other object need exist.
template <class P>
std::vector<Mutant<P>>& registry() {
  static std::vector<Mutant<P>> mutants;
  return mutants;
}
}  // namespace detail

/// Defined at namespace scope in the mutant's file, it adds the mutant to those of its protocol.
template <class P>
class RegisteredMutant {
 public:
  explicit RegisteredMutant(const Mutant<P>& mutant) {
    // Sorted, because files register in an order that the linker chooses.
    std::vector<Mutant<P>>& all = detail::registry<P>();
    const auto is_before = [](const Mutant<P>& a, const Mutant<P>& b) {
      return a.text.slug < b.text.slug;
    };
    all.insert(std::lower_bound(all.begin(), all.end(), mutant, is_before), mutant);
  }
};

/// All mutants of one protocol, by slug.
template <class P>
std::span<const Mutant<P>> mutants_of() {
  return detail::registry<P>();
}

/// Is it meant for the slug of a generated one, which has a dot (generated_mutants.h)?
constexpr bool is_like_a_generated_one(std::string_view slug) {
  return slug.find('.') != std::string_view::npos;
}

}  // namespace synod
