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
#include "scenarios/format/trace.h"
#include "scenarios/format/verdict.h"
#include "scenarios/run/runner.h"
#include "sim/world/configuration.h"
#include "tools/explore/search/patience.h"
#include "tools/explore/search/search_result.h"

namespace synod {

/// The most that may be asked for as `ExploreBounds::crash_effects_max`.
inline constexpr std::uint32_t crash_effects_bound_max = 32;

struct ExplorePlan {
  RunChoices choices;
  Configuration configuration;  ///< the cluster, and the number of clients
  ExploreBounds bounds;
  explorer::SearchOptions search;
  bool looks_for_blocking = true;  ///< after a complete search
  /// Told, like `search.on_progress`, of the work that follows the search.
  explorer::Patience::OnProgress on_analysis = nullptr;
};

/// A *sometimes* property, and the fewest steps that show it.
struct SeenSometimes {
  std::string_view name;
  std::string_view about;
  std::optional<std::uint64_t> steps;  ///< none: it was never seen
};

/// What may come of the states: in all, of each. A continuation takes no further accident.
///
/// From those that cannot decide, and from many of the others, the run is played on beyond all
/// bounds, with clients who ask again and nothing going wrong any more
/// (scenarios/play/continuation.h): where somebody then waits for ever though a decision can be
/// demanded, that is a violation.
struct ProspectCounts {
  std::uint64_t can_decide = 0;  ///< some continuation within the bounds does
  /// None does, and the bounds are no reason for it.
  std::uint64_t cannot_decide = 0;
  std::uint64_t unknown = 0;    ///< none does, but some ends at a bound
  std::uint64_t played_on = 0;  ///< states from which it was
};

/// From so many states that may decide the run is played on, spread evenly over all, the first
/// included.
inline constexpr std::uint64_t states_played_on_max = 100'000;

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
  std::vector<SeenSometimes> sometimes;     ///< the protocol's, and last WorldModel::learned_text
  std::optional<ProspectCounts> prospects;  ///< none when they were not counted
  std::string why_no_prospects;
  std::optional<Trace> trace;  ///< with `violated`: a shortest one, with what is expected of it

  /// In some state something was, and whoever must had heard of it. Else no verdict is "holds".
  [[nodiscard]] bool has_ever_decided() const;
};

/// Throws InputError for what cannot be searched.
ExploreReport explore(const ExplorePlan& plan);

/// A way in which proposers outbid each other for ever: a stem, and a loop after which all is as it
/// was but for higher rounds.
struct LassoReport {
  /// Exhausted: all worlds within the bounds were looked at. Otherwise why not.
  explorer::End end = explorer::End::exhausted;
  std::uint64_t shapes = 0;  ///< of these worlds, those that differ in more than a shift of rounds
  NodeSet proposers;
  std::size_t stem = 0;        ///< steps
  std::size_t loop = 0;        ///< steps
  std::uint64_t laps = 0;      ///< how often the trace goes round
  std::optional<Trace> trace;  ///< none where there is no such way
};

/// Looks for one in which never more rounds are about than the bound says. Throws InputError for
/// what cannot be searched.
LassoReport find_lasso(const ExplorePlan& plan);
std::string lasso_text(const ExplorePlan& plan, const LassoReport& report);

/// The states and the ways between them, for Graphviz: those in which all know the decision ringed,
/// those that break a property red. Throws InputError where they are too many to be looked at.
std::string explore_dot(const ExplorePlan& plan);

/// Throws InputError for what cannot be searched.
void expect_explorable(const ExplorePlan& plan);

/// Why something is not known, in words: not of what was exhausted, or ended by a violation.
std::string_view what_ended(explorer::End end);

/// What bounds them is typed as: "--ballots-max".
std::string rounds_option(std::string_view round_name);
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
