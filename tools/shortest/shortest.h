// The shortest counterexamples of planted bugs, and how near to them shrinking comes: `synod
// shortest` prints it.
//
// Of each mutant the first failing run of a campaign is shrunk. Then searches of a ladder of small
// clusters, each within a few bounds, look for a trace that breaks the same property in no more
// steps. The ladder is the same for every mutant of a protocol, whatever the campaign found; every
// search goes only as deep as could still be shorter than what the ladder had so far.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/explore/ladder.h"
#include "tools/explore/rungs.h"
#include "tools/explore/search/search_result.h"
#include "tools/hunt/hunt_measure.h"

namespace synod {

struct ShortestPlan {
  std::vector<HuntTarget> targets;
  std::uint64_t budget = 20000;  ///< runs in which a campaign must find it
  std::uint64_t memory_bytes_max = std::uint64_t{1} << 30U;  ///< of each search
  double seconds_max = 10;                                   ///< of each search
  unsigned jobs = 1;                                         ///< mutants at a time
};

/// What the search of one rung came to.
struct SearchedRung {
  Rung rung;
  explorer::End end = explorer::End::exhausted;
  std::uint64_t distinct = 0;
  std::uint32_t steps_covered = 0;  ///< no trace of up to so many steps breaks the property in it,
                                    ///< but for the one that was found
};

struct ShortestRow {
  HuntTarget target;
  std::string property;  ///< that the first failing run breaks; empty when none failed
  std::uint64_t steps_found = 0;
  std::uint64_t steps_shrunk = 0;
  std::optional<std::uint64_t> steps_shortest;  ///< of all in the ladder
  std::optional<Rung> within;                   ///< the first rung that has one as short
  std::vector<SearchedRung> searched;
  /// Why none was looked for; empty when one was.
  std::string why_not;

  /// Every rung was searched as deep as a shorter one could be.
  [[nodiscard]] bool is_surely_shortest() const;
  /// Steps of the shrunk trace, of the shortest's.
  [[nodiscard]] std::optional<double> ratio() const;
};

struct ShortestReport {
  bool is_interrupted = false;
  std::vector<ShortestRow> rows;  ///< in the order of the plan; without what was interrupted
  std::string command;
};

/// Told each mutant as it is begun; maybe by several threads, one at a time.
using OnShortest = std::function<void(std::string_view mutant, std::size_t done)>;

ShortestReport measure_shortest(const ShortestPlan& plan, const std::atomic<bool>& stop,
                                const OnShortest& on_progress);

/// For a terminal, for machines, and as a page of Markdown.
std::string shortest_text(const ShortestReport& report);
std::string shortest_json(const ShortestReport& report);
std::string shortest_markdown(const ShortestPlan& plan, const ShortestReport& report);

}  // namespace synod
