#include "tools/campaign/campaign.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <exception>
#include <mutex>

#include "core/text.h"
#include "scenarios/format/trace.h"
#include "scenarios/words/finding_shape.h"
#include "sim/hash.h"
#include "tools/long_work/stopped.h"
#include "tools/long_work/workers.h"

namespace synod {
namespace {

using Clock = std::chrono::steady_clock;

// Seeds are taken in chunks: so many that hardly any time goes into taking them, and so few that
// they are soon done.
constexpr std::uint64_t chunk_size_max = 64;
constexpr double chunk_seconds_min = 0.005;
constexpr double chunk_seconds_max = 0.02;

/// For how long the runs under way may go on when the campaign is to stop.
constexpr double grace_seconds = 0.2;

// What is kept of a time limit for what follows, when something has been found.
constexpr double share_to_keep_max = 0.2;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

std::uint64_t next_chunk_size(std::uint64_t size, double seconds) {
  return seconds < chunk_seconds_min   ? std::min(size * 2, chunk_size_max)
         : seconds > chunk_seconds_max ? std::max<std::uint64_t>(size / 2, 1)
                                       : size;
}

/// What a chunk came to. Added up in the order of seeds, the sum is the campaign.
struct Tally {
  std::uint64_t seeds = 0;   ///< of the chunk
  bool is_given_up = false;  ///< not all of them were run, though nothing ended the campaign there
  std::uint64_t runs = 0;
  std::uint64_t steps = 0;
  std::uint64_t decided = 0;
  std::uint64_t healed = 0;
  std::uint64_t survivors = 0;
  std::uint64_t partitioned = 0;
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

auto find_kind(std::vector<Violation>& violations, const Violation& violation) {
  return std::find_if(violations.begin(), violations.end(), [&](const Violation& one) {
    return one.property == violation.property && one.blamed == violation.blamed &&
           one.shape == violation.shape;
  });
}

void add_violation(std::vector<Violation>& violations, const Violation& violation) {
  const auto same = find_kind(violations, violation);
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
  Campaign(const CampaignOptions& options, const Stop& stop)
      : options_(options),
        stop_(stop),
        last_index_(options.seeds ? *options.seeds - 1 : UINT64_MAX - options.first_seed),
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
          give_up_what_lasts();
        });
    for (const auto& [index, tally] : waiting_) {
      add_beyond(tally);
    }
    if (failure_ && sum_.violations.empty()) {
      std::rethrow_exception(failure_);
    }
    return report();
  }

 private:
  [[nodiscard]] bool must_stop() const {
    return workers_.must_end() || stop_.is_asked(seconds_to_keep_.load());
  }

  /// Called again and again while there are workers.
  void give_up_what_lasts() {
    if (!must_stop()) {
      return;
    }
    stopping_since_ = stopping_since_.value_or(Clock::now());
    if (seconds_since(*stopping_since_) >= grace_seconds) {
      has_given_up_.store(true);
    }
  }

  /// What has been taken is done, unless it lasts too long: so there are no gaps.
  void run_chunks(Runner& runner) {
    std::uint64_t begin = 0;
    runner.attend([&](std::uint64_t /*steps*/) { stop_if(is_given_up(begin)); });
    for (std::uint64_t size = 1; !must_stop();) {
      begin = next_index_.fetch_add(size);
      if (begin > last_index_ || begin > end_index_.load()) {
        break;
      }
      const Clock::time_point start = Clock::now();
      Tally tally = run_chunk(runner, begin, std::min(size - 1, last_index_ - begin) + 1);
      size = next_chunk_size(size, seconds_since(start));
      if (is_last(tally)) {
        // Nobody need look behind it, but what lies before it must still be done.
        std::uint64_t end = end_index_.load();
        while (begin < end && !end_index_.compare_exchange_weak(end, begin)) {
        }
      }
      hand_in(begin, std::move(tally));
    }
  }

  [[nodiscard]] bool is_given_up(std::uint64_t begin) const {
    return has_given_up_.load() || begin > end_index_.load();
  }

  /// Does the campaign end with it?
  [[nodiscard]] bool is_last(const Tally& tally) const {
    return tally.failure != nullptr || (!tally.violations.empty() && !options_.keeps_going);
  }

  Tally run_chunk(Runner& runner, std::uint64_t begin, std::uint64_t seeds) const {
    Tally tally;
    tally.seeds = seeds;
    tally.probe_counts.resize(probe_count_);
    try {
      while (tally.runs < seeds && !is_given_up(begin) && !is_last(tally)) {
        run_seed(runner, options_.first_seed + begin + tally.runs, tally);
      }
    } catch (const Stopped&) {
      tally.is_given_up = true;  // that run does not count
    } catch (...) {
      tally.failure = std::current_exception();
    }
    tally.is_given_up |= tally.runs < seeds && !is_last(tally);
    return tally;
  }

  void run_seed(Runner& runner, std::uint64_t seed, Tally& tally) const {
    const FaultCounts faults_before = runner.fault_counts();
    const FaultCounts enabled_before = runner.fault_enabled_counts();
    const double start = stop_.seconds_gone();
    const RunReport run = runner.run(seed);
    const double seconds = stop_.seconds_gone() - start;
    const FaultCounts faults = difference(runner.fault_counts(), faults_before);
    const FaultCounts enabled = difference(runner.fault_enabled_counts(), enabled_before);
    // Before anything of it is counted: it may be given up until then.
    const bool is_compared = is_to_be_compared(seed);
    const std::optional<std::string> other =
        is_compared ? difference_of_second_run(runner, seed, run) : std::nullopt;
    const std::string blamed = run.verdict == Verdict::violated ? blamed_in(runner, seed) : "";
    ++tally.runs;
    tally.steps += run.steps;
    tally.decided += run.is_decided ? 1 : 0;
    tally.healed += run.ending == Ending::healed ? 1 : 0;
    tally.survivors += run.ending == Ending::survivors ? 1 : 0;
    tally.partitioned += run.ending == Ending::partitioned ? 1 : 0;
    const bool is_limited = !run.limit.empty();
    const bool is_cut_short = run.verdict == Verdict::inconclusive && run.is_decided;
    tally.cut_short += is_cut_short && !is_limited ? 1 : 0;
    add_limited(tally, is_limited ? 1 : 0, run.limit);
    ++tally.undemanded[static_cast<std::size_t>(run.undemanded)];
    tally.compared += is_compared ? 1 : 0;
    for (std::size_t probe = 0; probe < tally.probe_counts.size(); ++probe) {
      tally.probe_counts[probe] += run.probes >> probe & 1U;
    }
    add_counts(tally.faults, faults);
    add_counts(tally.faults_enabled, enabled);
    tally.fingerprints.push_back(run.fingerprint);
    Violation violation;
    violation.seed = seed;
    violation.steps = run.steps;
    violation.count = 1;
    violation.seconds = seconds;
    if (run.verdict == Verdict::violated) {
      violation.property = run.finding.property;
      violation.finding = run.finding.text;
      violation.blamed = blamed;
      violation.shape = shape_in(run, blamed);
      add_violation(tally.violations, violation);
    }
    if (other) {
      violation.property = "determinism";
      violation.blamed.clear();
      violation.shape = "two runs of one seed differ";
      violation.finding = fmt::format("{}: {}", violation.shape, *other);
      add_violation(tally.violations, violation);
    }
  }

  static std::string shape_in(const RunReport& run, const std::string& blamed) {
    return !blamed.empty()      ? std::string()
           : !run.unmet.empty() ? std::string(run.unmet)
                                : shape_of(run.finding.text);
  }

  /// Where it takes too long to say, the violation counts all the same.
  static std::string blamed_in(Runner& runner, std::uint64_t seed) {
    try {
      return runner.blamed(seed);
    } catch (const Stopped&) {
      return {};
    }
  }

  [[nodiscard]] bool is_to_be_compared(std::uint64_t seed) const {
    constexpr std::uint64_t purpose = 0x64657465726d696eULL;  // which seeds, whatever the order
    const auto drawn = static_cast<std::uint32_t>(mix(seed ^ purpose) >> 32U);
    const std::uint64_t place =
        static_cast<std::uint64_t>(drawn) * options_.determinism.denominator >> 32U;
    return place < options_.determinism.numerator;
  }

  /// None when it comes to the same.
  std::optional<std::string> difference_of_second_run(Runner& runner, std::uint64_t seed,
                                                      const RunReport& run) const {
    if (runner.run(seed).fingerprint == run.fingerprint) {
      return std::nullopt;
    }
    return first_difference(runner.record(seed), make_runner(options_.choices)->record(seed));
  }

  void hand_in(std::uint64_t begin, Tally tally) {
    const std::lock_guard lock(mutex_);
    waiting_.emplace(begin, std::move(tally));
    while (!is_over_ && !waiting_.empty() && waiting_.begin()->first == index_added_) {
      add(waiting_.begin()->second);
      index_added_ += waiting_.begin()->second.seeds;
      waiting_.erase(waiting_.begin());
    }
    if (has_ended_) {
      waiting_.clear();
    }
  }

  void add(const Tally& tally) {
    sum_.runs += tally.runs;
    sum_.steps += tally.steps;
    sum_.decided += tally.decided;
    sum_.healed += tally.healed;
    sum_.survivors += tally.survivors;
    sum_.partitioned += tally.partitioned;
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
    has_ended_ = is_last(tally);
    is_over_ = has_ended_ || tally.is_given_up;
    failure_ = tally.failure;
    keep_time_for_what_follows();
  }

  /// Behind a gap: only violations that are found nowhere else, for they must not be lost.
  void add_beyond(const Tally& tally) {
    for (const Violation& violation : tally.violations) {
      const auto same = find_kind(sum_.violations, violation);
      if (same == sum_.violations.end()) {
        sum_.violations.push_back(violation);
        sum_.violations.back().is_beyond = true;
      } else if (same->is_beyond) {
        same->count += violation.count;
      }
    }
  }

  void keep_time_for_what_follows() {
    const bool is_worked_on = options_.seconds_to_keep > 0;
    double to_run_again = 0;
    for (const Violation& violation : sum_.violations) {
      to_run_again += violation.seconds * runs_to_record * (is_worked_on ? 2 : 1);
    }
    const double to_work_on =
        static_cast<double>(sum_.violations.size()) * options_.seconds_to_keep;
    const double share_max = share_to_keep_max * stop_.seconds().value_or(0);
    seconds_to_keep_.store(to_run_again + std::min(to_work_on, share_max));
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
    progress.share_done =
        stop_.seconds() ? progress.seconds / *stop_.seconds()
                        : static_cast<double>(sum_.runs) / (static_cast<double>(last_index_) + 1);
    return progress;
  }

  [[nodiscard]] CampaignReport report() const {
    CampaignReport report;
    const bool has_run_all = sum_.runs > 0 && sum_.runs - 1 == last_index_;
    report.is_interrupted = stop_.is_interrupted() && !has_run_all && !has_ended_;
    report.is_out_of_seeds = has_run_all && !options_.seeds;
    report.runs = sum_.runs;
    report.steps = sum_.steps;
    report.decided = sum_.decided;
    report.healed = sum_.healed;
    report.survivors = sum_.survivors;
    report.partitioned = sum_.partitioned;
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
  const Stop& stop_;
  const std::uint64_t last_index_;  ///< of a seed; the first has 0
  const std::size_t probe_count_;
  const Clock::time_point start_ = Clock::now();
  std::atomic<std::uint64_t> next_index_{0};
  std::atomic<std::uint64_t> end_index_{UINT64_MAX};  ///< nothing behind that chunk counts
  std::atomic<double> seconds_to_keep_{0};
  std::atomic<bool> has_given_up_{false};
  std::optional<Clock::time_point> stopping_since_;
  Workers workers_;
  std::mutex mutex_;                        ///< guards what follows
  std::exception_ptr failure_;              ///< of the first seed that had one
  std::map<std::uint64_t, Tally> waiting_;  ///< done, but something before them is not
  std::uint64_t index_added_ = 0;           ///< of the first seed that is not
  Tally sum_;
  Hasher hasher_;
  bool is_over_ = false;    ///< nothing more is added
  bool has_ended_ = false;  ///< by what a run came to
};

}  // namespace

CampaignReport run_campaign(const CampaignOptions& options, const Stop& stop,
                            const OnProgress& on_progress) {
  return Campaign(options, stop).run(on_progress);
}

}  // namespace synod
