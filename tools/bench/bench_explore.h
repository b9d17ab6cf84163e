// What exploring costs, measured: `synod bench explore` prints it.
//
// All figures are of one process, and each is a median over rounds: every round measures everything
// once, so that a machine that slows down for a while slows all of it.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "tools/bench/bench_measure.h"

namespace synod {

/// How much to do.
struct ExploreBenchEffort {
  std::uint32_t rounds = 11;
  std::uint64_t states_min = 200000;  ///< a small model is searched again until so many were met
  std::uint32_t managers = 8;         ///< of the two-phase commit that two workers share
  std::uint32_t ballots = 2;          ///< rounds of our own Paxos
};

/// One model, searched by one worker. Times are processor time.
struct ExploreBenchRow {
  std::string name;
  std::uint64_t distinct = 0;
  std::uint64_t generated = 0;
  double distinct_per_second = 0;
  double generated_per_second = 0;
  double ns_per_state = 0;  ///< distinct
  double bytes_per_state = 0;
  /// To hash as many random states of that size, and to insert them into such a table.
  double floor_ns_per_state = 0;
};

/// One model, searched by two workers.
struct ExploreSharingRow {
  std::string name;
  double two_workers_ratio = 0;  ///< states a second on the wall, of one worker's
  double cores_used = 0;         ///< by the two workers
  /// Processor time of two workers on one search, of one worker's: says what sharing costs even
  /// where other programs keep them from their cores.
  double two_workers_cost = 0;
};

struct ExploreBenchReport {
  ExploreBenchEffort effort;
  std::vector<ExploreBenchRow> rows;
  std::vector<ExploreSharingRow> shared;
  /// What the machine allows: states a second of two floors that have nothing to do with each
  /// other, of one's.
  double two_floors_ratio = 0;
  unsigned cores = 0;
};

/// Prints nothing. Throws Stopped when `interrupt` is set before all is measured.
ExploreBenchReport measure_explore(const ExploreBenchEffort& effort,
                                   const std::atomic<bool>& interrupt,
                                   const OnRound& on_round = {});

std::string explore_bench_text(const ExploreBenchReport& report);
/// A list with an entry for each model, and one for each that two workers share.
std::string explore_bench_json(const ExploreBenchReport& report);

}  // namespace synod
