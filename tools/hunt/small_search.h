// Small worlds, searched to the end: does a mutant do anything else than the correct protocol, and
// if so, does it break anything? What is counted here is states, so that it comes to the same on
// every machine.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/explore/ladder.h"

namespace synod {

/// The correct protocol beside mutants of it.
struct Comparison {
  std::uint64_t states = 0;  ///< of the correct protocol that were looked at
  bool is_complete = false;  ///< these are all within the bounds
  /// By mutant: the fewest steps to where a step leads elsewhere than in the correct protocol, that
  /// one included. None: there is no such step from any of the states.
  std::vector<std::optional<std::uint32_t>> differs_after;
};

/// From every state of the correct protocol within these bounds, up to `states_max` of them, takes
/// every step with each mutant, too. A mutant that never leads elsewhere has the same states, each
/// with the same ways on, and so the same of whatever can be said of them.
/// Throws Stopped when `stop` is set.
Comparison compare_with_correct(const std::string& protocol,
                                const std::vector<std::string>& mutants, const Rung& rung,
                                std::uint64_t states_max, const std::atomic<bool>& stop);

struct SmallSearch {
  std::uint64_t states = 0;
  bool is_complete = false;  ///< these are all within the bounds
  std::string property;      ///< that is broken; empty: none is
  std::uint64_t steps = 0;   ///< of the run that breaks it
};

/// Looks at the states of one protocol, with a mutant or none (an empty slug), breadth first, up to
/// `states_max` of them: for properties that break, and for who would wait for ever, were nothing
/// to go wrong any more. Whatever it finds, a run that takes the same steps has shown again. Throws
/// Stopped when `stop` is set.
SmallSearch search_small(const std::string& protocol, const std::string& mutant, const Rung& rung,
                         std::uint64_t states_max, const std::atomic<bool>& stop);

}  // namespace synod
