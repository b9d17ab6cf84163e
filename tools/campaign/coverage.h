// How much of what can happen in a small cluster random runs come to: real coverage, with a
// denominator. And a check of two judges by each other: no run may come to a state that exhaustive
// search has not found.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "tools/explore/explore.h"
#include "tools/long_work/stop.h"

namespace synod {

struct CoverageReport {
  std::string inconclusive;   ///< why, if it is
  std::uint64_t states = 0;   ///< that the search finds
  std::uint64_t visited = 0;  ///< of those, that some run came to
  std::uint64_t runs = 0;
  std::uint64_t runs_within = 0;  ///< that never left the bounds; others count up to there
  std::uint64_t unknown = 0;      ///< states that runs came to and the search does not have
  std::optional<std::uint64_t> unknown_seed;  ///< the first run that came to one
};

/// The runs that are drawn for it: in that cluster, and of faults those that it allows, so that
/// most runs stay within the bounds for long.
RunChoices runs_within(const ExplorePlan& plan);

using OnCoverage = std::function<void(std::uint64_t states, std::uint64_t runs)>;

/// Throws InputError for a search that is not small and complete: it must be of any time-outs, as
/// runs are, and without symmetry, cuts and a bound on depth.
/// Without a number of seeds, until it is stopped.
CoverageReport measure_coverage(const ExplorePlan& plan, std::uint64_t first_seed,
                                std::optional<std::uint64_t> seeds, const Stop& stop,
                                const OnCoverage& on_progress);

std::string coverage_text(const ExplorePlan& plan, const CoverageReport& report);
std::string coverage_json(const ExplorePlan& plan, const CoverageReport& report);

}  // namespace synod
