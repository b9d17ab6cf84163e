// An exhaustive search of one protocol's world: what is searched, and what came of it. For the verb
// `explore`, for the lengths in the table of planted bugs, and for tests.
#pragma once

#include <atomic>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
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

/// The most that may be asked for as `ExploreBounds::crash_effects_max`.
inline constexpr std::uint32_t crash_effects_bound_max = 32;

struct ExplorePlan {
  RunChoices choices;
  Configuration configuration;  ///< the cluster, and the number of clients
  ExploreBounds bounds;
  explorer::SearchOptions search;
  bool looks_for_blocking = true;  ///< after a complete search
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

/// A way in which proposers outbid each other for ever: a stem, and a loop after which all is as it
/// was but for higher rounds.
struct LassoReport {
  bool is_complete = false;  ///< all worlds within the bounds were looked at
  std::uint64_t shapes = 0;  ///< of these worlds, those that differ in more than a shift of rounds
  NodeSet proposers;
  std::size_t stem = 0;        ///< steps
  std::size_t loop = 0;        ///< steps
  std::uint64_t laps = 0;      ///< how often the trace goes round
  std::optional<Trace> trace;  ///< none where there is no such way
};

/// Looks for one in which ballots are never from more rounds than the bound says. Throws InputError
/// for what cannot be searched.
LassoReport find_lasso(const ExplorePlan& plan);
std::string lasso_text(const ExplorePlan& plan, const LassoReport& report);

/// The states and the ways between them, for Graphviz: those in which all know the decision ringed,
/// those that break a property red. Throws InputError where they are too many to be looked at.
std::string explore_dot(const ExplorePlan& plan);

/// Throws InputError for what cannot be searched.
void expect_explorable(const ExplorePlan& plan);

/// Every bound, in words.
std::string bounds_text(const ExplorePlan& plan);

/// As `synod explore` prints it and writes it to `--json`.
std::string explore_text(const ExplorePlan& plan, const ExploreReport& report);
nlohmann::ordered_json bounds_json(const ExplorePlan& plan);
/// What was searched, from such a file; but for how much time and memory it was allowed. Throws
/// InputError, with the line and the field, when it is none.
ExplorePlan read_explored(const std::string& file);
std::string explore_json(const ExplorePlan& plan, const ExploreReport& report);

}  // namespace synod
