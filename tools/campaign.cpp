#include "tools/campaign.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <chrono>
#include <exception>
#include <mutex>

#include "core/text.h"
#include "scenarios/finding_shape.h"
#include "scenarios/trace.h"
#include "sim/hash.h"
#include "tools/workers.h"

namespace synod {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::uint64_t seeds_per_chunk = 64;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// What a stretch of seeds came to. Added up in the order of seeds, the sum is the campaign.
struct Tally {
  std::uint64_t runs = 0;
  std::uint64_t steps = 0;
  std::uint64_t decided = 0;
  std::uint64_t healed = 0;
  std::uint64_t survivors = 0;
  std::uint64_t cut_short = 0;
  UndemandedCounts undemanded{};
  std::uint64_t limited = 0;
  std::string limit;
  std::uint64_t compared = 0;
  std::vector<std::uint64_t> probe_counts;
  FaultCounts faults{};
  FaultCounts faults_enabled{};
  std::vector<Violation> violations;
  std::vector<std::uint64_t> fingerprints;
  /// What the seed after those counted here came to instead of a run: it may draw what a scenario
  /// does not allow.
  std::exception_ptr failure;
};

/// Counts those that came to a limit, and names the first.
template <class Sum>
void add_limited(Sum& sum, std::uint64_t count, std::string_view limit) {
  sum.limited += count;
  if (sum.limit.empty()) {
    sum.limit = limit;
  }
}

void add_violation(std::vector<Violation>& violations, const Violation& violation) {
  const auto same = std::find_if(violations.begin(), violations.end(), [&](const Violation& one) {
    return one.property == violation.property && one.shape == violation.shape;
  });
  if (same == violations.end()) {
    violations.push_back(violation);
  } else {
    same->count += violation.count;
  }
}

template <class Counts>
void add_counts(Counts& sum, const Counts& more) {
  for (std::size_t i = 0; i < sum.size(); ++i) {
    sum[i] += more[i];
  }
}

FaultCounts difference(const FaultCounts& after, const FaultCounts& before) {
  FaultCounts difference{};
  for (std::size_t i = 0; i < difference.size(); ++i) {
    difference[i] = after[i] - before[i];
  }
  return difference;
}

/// The first step in which two recordings of one seed differ, in words.
std::string first_difference(const Trace& first, const Trace& second) {
  const std::size_t count = std::min(first.steps.size(), second.steps.size());
  for (std::size_t i = 0; i < count; ++i) {
    const TraceStep& a = first.steps[i];
    const TraceStep& b = second.steps[i];
    if (a.at != b.at || a.kind != b.kind || a.fields != b.fields) {
      return fmt::format("step {} is {} {} at {} the first time, {} {} at {} the second", i, a.kind,
                         a.fields.text(), a.at.ticks, b.kind, b.fields.text(), b.at.ticks);
    }
  }
  return first.steps.size() == second.steps.size()
             ? "the steps are the same, what came of them is not"
             : fmt::format("{} steps the first time, {} the second", first.steps.size(),
                           second.steps.size());
}

/// Empty where there is none.
std::string message_of(const std::exception_ptr& failure) {
  try {
    if (failure) {
      std::rethrow_exception(failure);
    }
  } catch (const std::exception& exception) {
    return exception.what();
  }
  return {};
}

class Campaign {
 public:
  Campaign(const CampaignOptions& options, const std::atomic<bool>& stop)
      : options_(options),
        stop_(stop),
        probe_count_(protocol_named(options.choices.protocol).probes.size()) {
    sum_.probe_counts.resize(probe_count_);
  }

  CampaignReport run(const OnProgress& on_progress) {
    const unsigned jobs = std::max(1U, options_.jobs);
    std::vector<std::unique_ptr<Runner>> runners;
    runners.reserve(jobs);
    for (unsigned i = 0; i < jobs; ++i) {
      runners.push_back(make_runner(options_.choices));
    }
    workers_.run(
        jobs, [&](unsigned i) { run_chunks(*runners[i]); },
        [&] {
          const std::lock_guard lock(mutex_);
          on_progress(progress());
        });
    // Stretches behind a gap: only a campaign that was cut short has any.
    for (const auto& [chunk, tally] : waiting_) {
      add(tally);
    }
    if (failure_ && sum_.violations.empty()) {
      std::rethrow_exception(failure_);
    }
    return report();
  }

 private:
  [[nodiscard]] bool is_time_up() const {
    return options_.seconds && seconds_since(start_) >= *options_.seconds;
  }
  [[nodiscard]] bool must_stop() const {
    return stop_.load() || workers_.must_end() || is_time_up();
  }

  void run_chunks(Runner& runner) {
    for (;;) {
      const std::uint64_t chunk = next_chunk_.fetch_add(1);
      const std::uint64_t begin = chunk * seeds_per_chunk;
      const bool is_beyond = !options_.seconds && begin >= options_.seeds;
      if (is_beyond || must_stop() || chunk > last_chunk_.load()) {
        break;
      }
      const std::uint64_t end = options_.seconds
                                    ? begin + seeds_per_chunk
                                    : std::min(begin + seeds_per_chunk, options_.seeds);
      Tally tally = run_chunk(runner, begin, end);
      if (is_last(tally)) {
        // Nobody need look behind it, but what lies before it must still be done.
        std::uint64_t last = last_chunk_.load();
        while (chunk < last && !last_chunk_.compare_exchange_weak(last, chunk)) {
        }
      }
      hand_in(chunk, std::move(tally));
    }
  }

  /// Does the campaign end with it?
  [[nodiscard]] bool is_last(const Tally& tally) const {
    return tally.failure != nullptr || (!tally.violations.empty() && !options_.keeps_going);
  }

  Tally run_chunk(Runner& runner, std::uint64_t begin, std::uint64_t end) {
    Tally tally;
    tally.probe_counts.resize(probe_count_);
    const FaultCounts faults_before = runner.fault_counts();
    const FaultCounts enabled_before = runner.fault_enabled_counts();
    try_to(tally, [&] { run_seeds(runner, begin, end, tally); });
    // Counted before anything is run a second time.
    tally.faults = difference(runner.fault_counts(), faults_before);
    tally.faults_enabled = difference(runner.fault_enabled_counts(), enabled_before);
    try_to(tally, [&] {
      for (std::uint64_t i = 0; i < tally.runs; ++i) {
        compare_with_second_run(runner, options_.first_seed + begin + i, tally.fingerprints[i],
                                tally);
      }
    });
    return tally;
  }

  template <class Work>
  static void try_to(Tally& tally, Work work) {
    try {
      work();
    } catch (...) {
      tally.failure = std::current_exception();
    }
  }

  void run_seeds(Runner& runner, std::uint64_t begin, std::uint64_t end, Tally& tally) const {
    for (std::uint64_t i = begin; i < end && !must_stop(); ++i) {
      const std::uint64_t seed = options_.first_seed + i;
      const RunReport run = runner.run(seed);
      ++tally.runs;
      tally.steps += run.steps;
      tally.decided += run.is_decided ? 1 : 0;
      tally.healed += run.ending == Ending::healed ? 1 : 0;
      tally.survivors += run.ending == Ending::survivors ? 1 : 0;
      const bool is_limited = !run.limit.empty();
      const bool is_cut_short = run.verdict == Verdict::inconclusive && run.is_decided;
      tally.cut_short += is_cut_short && !is_limited ? 1 : 0;
      add_limited(tally, is_limited ? 1 : 0, run.limit);
      ++tally.undemanded[static_cast<std::size_t>(run.undemanded)];
      for (std::size_t probe = 0; probe < tally.probe_counts.size(); ++probe) {
        tally.probe_counts[probe] += run.probes >> probe & 1U;
      }
      tally.fingerprints.push_back(run.fingerprint);
      if (run.verdict == Verdict::violated) {
        add_violation(tally.violations, {std::string(run.finding.property), run.finding.text,
                                         shape_of(run.finding.text), seed, run.steps, 1});
        if (!options_.keeps_going) {
          break;
        }
      }
    }
  }

  void compare_with_second_run(Runner& runner, std::uint64_t seed, std::uint64_t fingerprint,
                               Tally& tally) {
    constexpr std::uint64_t purpose = 0x64657465726d696eULL;  // which seeds, whatever the order
    const auto drawn = static_cast<std::uint32_t>(mix(seed ^ purpose) >> 32U);
    const std::uint64_t place =
        static_cast<std::uint64_t>(drawn) * options_.determinism.denominator >> 32U;
    if (place >= options_.determinism.numerator) {
      return;
    }
    ++tally.compared;
    const RunReport again = runner.run(seed);
    if (again.fingerprint == fingerprint) {
      return;
    }
    const std::string difference =
        first_difference(runner.record(seed), make_runner(options_.choices)->record(seed));
    add_violation(tally.violations,
                  {"determinism", fmt::format("two runs of one seed differ: {}", difference),
                   "two runs of one seed differ", seed, again.steps, 1});
  }

  void hand_in(std::uint64_t chunk, Tally tally) {
    const std::lock_guard lock(mutex_);
    waiting_.emplace(chunk, std::move(tally));
    while (!waiting_.empty() && waiting_.begin()->first == chunks_added_) {
      if (is_over_) {
        waiting_.clear();
        break;
      }
      add(waiting_.begin()->second);
      waiting_.erase(waiting_.begin());
      ++chunks_added_;
    }
    if (is_over_) {
      waiting_.clear();
    }
  }

  void add(const Tally& tally) {
    if (is_over_) {
      return;
    }
    sum_.runs += tally.runs;
    sum_.steps += tally.steps;
    sum_.decided += tally.decided;
    sum_.healed += tally.healed;
    sum_.survivors += tally.survivors;
    sum_.cut_short += tally.cut_short;
    add_limited(sum_, tally.limited, tally.limit);
    sum_.compared += tally.compared;
    add_counts(sum_.undemanded, tally.undemanded);
    add_counts(sum_.probe_counts, tally.probe_counts);
    add_counts(sum_.faults, tally.faults);
    add_counts(sum_.faults_enabled, tally.faults_enabled);
    for (const std::uint64_t fingerprint : tally.fingerprints) {
      hasher_.add(fingerprint);
    }
    for (const Violation& violation : tally.violations) {
      add_violation(sum_.violations, violation);
    }
    is_over_ = is_last(tally);
    failure_ = tally.failure;
  }

  [[nodiscard]] CampaignProgress progress() const {
    CampaignProgress progress;
    progress.runs = sum_.runs;
    progress.steps = sum_.steps;
    progress.decided = sum_.decided;
    for (const Violation& violation : sum_.violations) {
      progress.violations += violation.count;
    }
    progress.seconds = seconds_since(start_);
    progress.share_done = options_.seconds
                              ? progress.seconds / *options_.seconds
                              : static_cast<double>(sum_.runs) /
                                    static_cast<double>(std::max<std::uint64_t>(1, options_.seeds));
    return progress;
  }

  [[nodiscard]] CampaignReport report() const {
    CampaignReport report;
    report.is_interrupted = stop_.load();
    report.runs = sum_.runs;
    report.steps = sum_.steps;
    report.decided = sum_.decided;
    report.healed = sum_.healed;
    report.survivors = sum_.survivors;
    report.cut_short = sum_.cut_short;
    report.undemanded = sum_.undemanded;
    report.limited = sum_.limited;
    report.limit = sum_.limit;
    report.compared = sum_.compared;
    report.probe_counts = sum_.probe_counts;
    report.faults = sum_.faults;
    report.faults_enabled = sum_.faults_enabled;
    report.violations = sum_.violations;
    report.refused = message_of(failure_);
    report.fingerprint = hasher_.value();
    report.seconds = seconds_since(start_);
    if (!report.violations.empty()) {
      report.verdict = Verdict::violated;
      return report;
    }
    report.inconclusive = why_inconclusive(report);
    report.verdict = report.inconclusive.empty() ? Verdict::holds : Verdict::inconclusive;
    return report;
  }

  static std::string why_inconclusive(const CampaignReport& report) {
    if (report.runs == 0) {
      return "not one run was finished";
    }
    if (report.is_interrupted) {
      return "interrupted before the end; no run until then broke a property";
    }
    if (report.limited > 0) {
      return fmt::format("a limit of the simulator ended {} of {} runs: {}", report.limited,
                         report.runs, report.limit);
    }
    if (report.undemanded[static_cast<std::size_t>(Undemanded::out_of_steps)] == report.runs) {
      return "the limit of steps ended every run before its end";
    }
    if (report.decided == 0) {
      return "nothing was ever chosen";
    }
    if (report.cut_short == report.decided) {
      return "no run that chose something came to its end: the limit of steps came first";
    }
    return why_without_a_fault(report);
  }

  /// Each fault that was enabled and never happened.
  static std::string why_without_a_fault(const CampaignReport& report) {
    std::vector<std::string> faults;
    for (std::size_t i = 0; i < report.faults.size(); ++i) {
      if (report.faults_enabled[i] > 0 && report.faults[i] == 0) {
        faults.push_back(fmt::format("{} was enabled in {} run{}",
                                     text_of(static_cast<Fault>(i)).name, report.faults_enabled[i],
                                     report.faults_enabled[i] == 1 ? "" : "s"));
      }
    }
    if (faults.empty()) {
      return {};
    }
    return faults.size() == 1 ? fmt::format("the fault {} and never happened", faults.front())
                              : fmt::format("faults never happened: {}", fmt::join(faults, ", "));
  }

  const CampaignOptions& options_;
  const std::atomic<bool>& stop_;
  const std::size_t probe_count_;
  const Clock::time_point start_ = Clock::now();
  std::atomic<std::uint64_t> next_chunk_{0};
  std::atomic<std::uint64_t> last_chunk_{UINT64_MAX};  ///< nothing behind it counts
  Workers workers_;
  std::mutex mutex_;                        ///< guards what follows
  std::exception_ptr failure_;              ///< of the first seed that had one
  std::map<std::uint64_t, Tally> waiting_;  ///< done, but something before them is not
  std::uint64_t chunks_added_ = 0;
  Tally sum_;
  Hasher hasher_;
  bool is_over_ = false;
};

}  // namespace

CampaignReport run_campaign(const CampaignOptions& options, const std::atomic<bool>& stop,
                            const OnProgress& on_progress) {
  return Campaign(options, stop).run(on_progress);
}

}  // namespace synod
