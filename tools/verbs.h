// The verbs of the command line. Each takes its options as they were given, prints to standard
// output, and returns the exit status: 0 holds, 1 violated, 3 inconclusive. Bad input throws
// InputError, which `main` prints as one line and turns into 2.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/luck.h"

namespace synod {

/// What to run: shared by `fuzz` and `run`.
struct Choices {
  std::string program;   ///< as it was called, for commands to repeat
  std::string scenario;  ///< a name or a file; empty: everything is drawn
  std::string protocol;  ///< empty: the scenario's, or paxos
  std::vector<std::string> mutants;
};

struct FuzzOptions {
  Choices choices;
  std::uint64_t first_seed = 1;
  std::uint64_t seeds = 100000;
  std::optional<double> seconds;
  unsigned jobs = 0;  ///< 0: as many as the machine has cores
  std::string out = "synod-traces";
  std::string json;               ///< file; empty: none
  bool has_observations = false;  ///< in the traces
  bool keeps_going = false;
  Ratio determinism;
};
int fuzz(const FuzzOptions& options);

struct RunOptions {
  Choices choices;
  std::optional<std::uint64_t> seed;
  std::string trace;              ///< file; empty: none
  bool has_observations = false;  ///< in the trace
  bool has_log = false;
};
int run(const RunOptions& options);

struct ReplayOptions {
  std::string file;
  std::string trace;              ///< file for what was replayed; empty: none
  bool has_observations = false;  ///< in that file
  bool has_log = false;
  bool is_bisect = false;   ///< 125 instead of 3, which git bisect takes for "cannot be tested"
  bool is_correct = false;  ///< without the planted bugs that the trace names
};
int replay(const ReplayOptions& options);

/// `what` is one of scenarios, protocols, mutants, properties, faults.
int list(const std::string& what);

struct CompareOptions {
  std::string program;  ///< as it was called, for commands to repeat
  std::uint64_t seeds = 1000;
  std::string json;      ///< file; empty: none
  std::string markdown;  ///< file; empty: none
};
int compare(const CompareOptions& options);

struct HuntOptions {
  std::vector<std::string> mutants;  ///< slugs; "all" is every one that is a bug; empty: all
  std::string strategy = "both";     ///< or default, or uniform
  std::uint64_t trials = 100;
  std::uint64_t budget = 100000;  ///< runs of each trial
  unsigned jobs = 0;              ///< 0: as many as the machine has cores
  std::string json;               ///< file; empty: none
  std::string markdown;           ///< file; empty: none
};
/// Returns 0 when the hunt came to what it should, and 1 when a bug escaped it.
int hunt(const HuntOptions& options);

struct BenchOptions {
  std::string json;  ///< file; empty: none
};
int bench(const BenchOptions& options);

}  // namespace synod
