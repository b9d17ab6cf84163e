// What a hunt was aimed at, and what it reached.
#pragma once

#include <string>
#include <vector>

#include "tools/hunt/hunt_figures.h"

namespace synod {

struct HuntAim {
  std::string what;
  std::string reached;
  /// "met", "falls short", "inconclusive" or "not measured", and why or who if there is more to
  /// say.
  std::string verdict;
};

/// The aims for mutants that are bugs; then those for others, where such were hunted.
std::vector<HuntAim> aims_of(const HuntSummary& summary);

}  // namespace synod
