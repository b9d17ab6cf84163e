// What comes of the generated mutants (scenarios/mutants/generated_mutants.h), each in one class:
//
//   bug         it breaks a property that its protocol promises: in a run of the default campaign,
//               or in a search of a small world. Safe and not live is broken, too.
//   control     it does something else than the correct protocol, and breaks nothing: neither in a
//               trial of the campaign, nor in any state of the small worlds, which were searched to
//               the end
//   equivalent  in the small worlds it does nothing else: from each of their states, every step
//               leads where it leads in the correct protocol
//   unknown     none of these was shown
//
// The small worlds of a protocol are the same for all its mutants (`small_worlds`); what is said of
// them holds within their bounds and says nothing of larger ones.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/explore/ladder.h"
#include "tools/hunt/hunt_figures.h"
#include "tools/hunt/hunt_measure.h"

namespace synod {

enum class MutantClass : std::uint8_t { bug, control, equivalent, unknown };
inline constexpr std::array<std::string_view, 4> class_names = {"bug", "control", "equivalent",
                                                                "unknown"};
constexpr std::string_view to_text(MutantClass one) {
  return class_names[static_cast<std::size_t>(one)];
}

/// A world of the correct protocol with so many states, and no other.
struct SmallWorld {
  Rung rung;
  std::uint64_t states = 0;
};
struct SmallWorldsOf {
  std::string_view protocol;
  std::vector<SmallWorld> worlds;
};

struct ClassedMutant {
  HuntTarget target;
  HuntFigures figures;  ///< of the default campaign
  MutantClass is = MutantClass::unknown;
  std::string property;  ///< that a bug breaks
  /// Of a bug that the campaign did not find in any trial: where a search did.
  std::optional<Rung> found_in;
  std::uint64_t steps = 0;  ///< of the run that the search found
  /// Of what is no bug: the fewest steps to something that the correct protocol would not do, in a
  /// small world. None: there is nothing of the kind.
  std::optional<std::uint32_t> differs_after;
  std::string why_unknown;
};

/// Of a bug: half of the trials found it within the budget.
bool is_found_in_median(const ClassedMutant& mutant);

struct ClassesPlan {
  HuntPlan hunt;
  std::uint64_t states_max = 20000;  ///< that a small world may have
};

struct ClassesReport {
  bool is_interrupted = false;
  std::vector<SmallWorldsOf> worlds;   ///< by protocol
  std::vector<ClassedMutant> mutants;  ///< in the order of the plan
  std::uint64_t trials = 0;
  std::uint64_t budget = 0;
  std::uint64_t states_max = 0;
  std::string command;
};

/// Told what is being done: "12 of 40 searches".
using OnClasses = std::function<void(const std::string& what)>;

/// The campaign's trials first; of what they did not find, the small worlds are searched.
ClassesReport find_classes(const ClassesPlan& plan, const std::atomic<bool>& stop,
                           const OnHuntProgress& on_trials, const OnClasses& on_searches);

/// For a terminal, for machines, and as a page of Markdown.
std::string classes_text(const ClassesReport& report);
std::string classes_json(const ClassesReport& report);
std::string classes_markdown(const ClassesReport& report);

}  // namespace synod
