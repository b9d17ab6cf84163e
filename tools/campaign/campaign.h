// A campaign: many runs, one after the other seed, on several threads, summed up as if by one.
//
// The report does not depend on the number of threads: what is counted are the first so many seeds,
// however a campaign ends. One that stops at its first violation counts nothing behind it; one that
// is ended by time or by the user finishes the runs that are under way, and so reports what a
// campaign of that many seeds does. A run that takes too long for that is given up, and nothing
// behind it is counted; a violation that was found there is still reported, and marked.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/format/verdict.h"
#include "scenarios/run/runner.h"
#include "sim/luck.h"
#include "sim/world/configuration.h"
#include "tools/long_work/stop.h"

namespace synod {

struct CampaignOptions {
  RunChoices choices;
  std::uint64_t first_seed = 1;
  /// At least 1. None: until it is stopped, or the last there is has been run.
  std::optional<std::uint64_t> seeds = 100000;
  unsigned jobs = 1;
  bool keeps_going = false;    ///< after a violation
  Ratio determinism;           ///< this share of seeds is run twice and compared
  double seconds_to_keep = 0;  ///< of a time limit, for each kind of violation: for what follows
};

/// One kind of violation: of the same property, by the same wrong rule where one is planted. Where
/// none is, those are told apart by the shape of their evidence, but for what did not come about:
/// who waits for it says nothing of why.
struct Violation {
  std::string property;
  std::string finding;  ///< of the first run that showed it
  std::string blamed;   ///< the rule, or what else is wrong (Runner::blamed); empty: nobody knows
  std::string shape;    ///< without that: the finding with its names made general, or what is unmet
  std::uint64_t seed = 0;
  std::uint64_t steps = 0;  ///< of that run
  std::uint64_t count = 0;  ///< runs that showed it
  bool is_beyond = false;   ///< it is behind a run that was given up, and not counted elsewhere
  double seconds = 0;       ///< that this run took
};

/// To record and write a trace takes as long as so many runs of its seed.
inline constexpr double runs_to_record = 8;

struct CampaignReport {
  Verdict verdict = Verdict::holds;
  std::string inconclusive;      ///< why
  bool is_interrupted = false;   ///< before the end
  bool is_out_of_seeds = false;  ///< it ran the last there is
  std::string refused;  ///< with violations: why the seed after these runs could not be run
  std::uint64_t runs = 0;
  std::uint64_t steps = 0;
  std::uint64_t decided = 0;
  std::uint64_t healed = 0;
  std::uint64_t survivors = 0;              ///< runs in which who was down stayed down
  std::uint64_t partitioned = 0;            ///< runs in which some links stayed cut
  std::uint64_t cut_short = 0;              ///< runs that reached the limit of steps
  UndemandedCounts undemanded{};            ///< runs, by why no progress was demanded of them
  std::uint64_t limited = 0;                ///< runs that a limit of the simulator ended
  std::string limit;                        ///< of the first of those
  std::vector<std::uint64_t> probe_counts;  ///< runs, by the protocol's probes
  FaultCounts faults{};                     ///< how often each happened
  FaultCounts faults_enabled{};             ///< runs in which it could
  std::vector<Violation> violations;        ///< by first seed
  std::uint64_t fingerprint = 0;            ///< over all runs
  std::uint64_t compared = 0;               ///< runs that were run twice
  double seconds = 0;
};

/// Shown while it runs.
struct CampaignProgress {
  std::uint64_t runs = 0;
  std::uint64_t steps = 0;
  std::uint64_t decided = 0;
  std::uint64_t violations = 0;
  double seconds = 0;
  double share_done = 0;  ///< 0 to 1
};
using OnProgress = std::function<void(const CampaignProgress&)>;

/// Runs until the seeds are used up, a violation is found, or `stop` is asked for. Once something
/// has been found, it ends before its time: by a fifth of it at most to work on what was found, and
/// by what it takes to run that again. A seed that draws what the scenario does not allow ends it,
/// too: as an InputError, or with what was found before that seed.
CampaignReport run_campaign(const CampaignOptions& options, const Stop& stop,
                            const OnProgress& on_progress);

}  // namespace synod
