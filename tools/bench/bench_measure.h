// What a run costs, measured: `synod bench` prints it.
//
// All figures are of one process, and each is a median over rounds: every round measures everything
// once, so that a machine that slows down for a while slows all of it. The work is the same every
// time; only how long it takes differs.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace synod {

/// How much to do.
struct BenchEffort {
  std::uint64_t seeds = 2000;            ///< from 1 on; each is run twice before anything is timed
  std::uint64_t floor_events = 1000000;  ///< in each round
  std::uint64_t campaign_seeds = 10000;  ///< from 1 on
  std::uint32_t rounds = 11;
};

/// One kind of run, on one thread, each seed once a round. Times are the thread's processor time.
struct BenchRow {
  std::string name;  ///< of the protocol
  std::uint32_t nodes = 0;
  bool has_checkers = true;
  std::uint64_t steps = 0;  ///< in each round
  double runs_per_second = 0;
  double steps_per_second = 0;
  double ns_per_step = 0;
  std::optional<double> allocations_per_step;  ///< none in a build with sanitizers
  double floor_ns_per_step = 0;  ///< pop, one draw and push, with as many events pending
  double pending = 0;            ///< events in the schedule's queue, on average before a step
};

/// A whole campaign with every checker on and everything drawn, on so many threads. Times are those
/// of a clock on the wall.
struct BenchCampaign {
  unsigned jobs = 0;
  std::uint64_t steps = 0;  ///< in each round
  double runs_per_second = 0;
  double steps_per_second = 0;
  double cores_used = 0;  ///< processor time for each second; below `jobs` where others were busy
};

struct BenchReport {
  BenchEffort effort;
  std::vector<BenchRow> rows;            ///< 3, 5 and 9 nodes with checkers, then without
  std::vector<BenchCampaign> campaigns;  ///< one job, two jobs
  double two_jobs_ratio = 0;  ///< work that two jobs do in the time in which one job does one
  /// The same of event queues that have nothing to do with each other: what the machine allows.
  double two_floors_ratio = 0;
  unsigned cores = 0;
};

/// Prints nothing.
/// Told before each round, which is counted from 1.
using OnRound = std::function<void(std::uint32_t round, std::uint32_t rounds)>;

/// Throws Stopped when `interrupt` is set before all is measured.
BenchReport measure(const BenchEffort& effort, const std::atomic<bool>& interrupt,
                    const OnRound& on_round = {});

}  // namespace synod
