// An exhaustive search of one protocol's world: what is searched, and what came of it. For the verb
// `explore`, for the lengths in the table of planted bugs, and for tests.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "properties/finding.h"
#include "scenarios/explore/bounds.h"
#include "scenarios/runner.h"
#include "scenarios/trace.h"
#include "scenarios/verdict.h"
#include "sim/configuration.h"
#include "tools/explore/search_result.h"

namespace synod {

struct ExplorePlan {
  RunChoices choices;
  Configuration configuration;  ///< the cluster, and the number of clients
  ExploreBounds bounds;
  explorer::SearchOptions search;
};

/// A *sometimes* property, and the fewest steps that show it.
struct SeenSometimes {
  std::string_view name;
  std::string_view about;
  std::optional<std::uint64_t> steps;  ///< none: it was never seen
};

struct ExploreReport {
  Verdict verdict = Verdict::inconclusive;
  Finding finding;           ///< with `violated`
  std::string inconclusive;  ///< why, with `inconclusive`
  explorer::End end = explorer::End::exhausted;
  std::uint64_t distinct = 0;
  std::uint64_t generated = 0;
  std::uint64_t left = 0;   ///< states that were found but whose successors were not looked at
  std::uint32_t depth = 0;  ///< states on a shortest path to the farthest
  double seconds = 0;
  double bytes_per_state = 0;
  double missed_probability = 0;
  std::vector<SeenSometimes> sometimes;
  /// States from which no continuation decides; none when that was not looked for.
  std::optional<std::uint64_t> blocked;
  std::optional<Trace> trace;  ///< with `violated`: a shortest one, with what is expected of it
};

/// Throws InputError for what cannot be searched.
ExploreReport explore(const ExplorePlan& plan);

/// Every bound, in words.
std::string bounds_text(const ExplorePlan& plan);

/// As `synod explore` prints it and writes it to `--json`.
std::string explore_text(const ExplorePlan& plan, const ExploreReport& report);
std::string explore_json(const ExplorePlan& plan, const ExploreReport& report);

}  // namespace synod
