// Campaigns and kept traces as tests of somebody's own test program. tools/guest/gtest.h makes them
// tests of GoogleTest; this knows no framework.
//
// Who runs the tests, and not who wrote them, says how much is to be done, by the environment:
//
//   SYNOD_SEEDS=N        each campaign runs so many seeds
//   SYNOD_TIME=30s       … or for so long; with both, until the first of them is up
//   SYNOD_FIRST_SEED=S   … from this seed on
//   SYNOD_SEED=S         … that one seed, as a failure prints it: all of the above is then ignored
//   SYNOD_JOBS=J         threads of each campaign; one where nobody says so, as tests run beside
//                        each other
//   SYNOD_OUT=FOLDER     where the traces of failures go; "synod-traces" where nobody says so
//
// What makes no sense is no success: the test fails, with one line that says so.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/format/verdict.h"

namespace synod {

/// A campaign, as `fuzz` runs it; of what is run twice and compared there are some in a hundred.
struct FuzzTest {
  // With initializers, tests name only what they say.
  // NOLINTBEGIN(readability-redundant-member-init)
  std::string protocol = {};              ///< its name; empty: the scenario's, or the only one
  std::vector<std::string> mutants = {};  ///< bugs to plant
  std::string scenario = {};              ///< a random one, by name or file; empty: all is drawn
  /// Options of the protocol's own that are not drawn: {{"phase1_quorum", "2"}}
  std::map<std::string, std::string> options = {};
  std::uint64_t seeds = 10000;                         ///< at least 1
  std::optional<std::chrono::milliseconds> time = {};  ///< instead of so many seeds
  // NOLINTEND(readability-redundant-member-init)
  std::uint64_t first_seed = 1;
};

/// Which test that is.
struct TestPlace {
  std::string name;    ///< "Register.Holds": what its traces are kept under
  std::string repeat;  ///< the command that runs this test alone
};

/// What came of a test.
struct Tested {
  Verdict verdict = Verdict::inconclusive;
  /// For who expected something else, in several lines: what was found, its story, the file that
  /// has it and the line that repeats it. Called once at most; shrinks, and writes the trace then.
  std::function<std::string()> tell;
};

/// Throws nothing: what cannot be run is inconclusive, and `tell` says why.
Tested fuzz_test(const FuzzTest& test, const TestPlace& place);

/// Replays every trace of that folder, as `regress` does: all must come to what they came to when
/// they were kept. A folder without any is inconclusive. Throws nothing.
Tested regress_test(const std::string& folder, const TestPlace& place);

/// As it was typed; where that cannot be known, what it was started from.
std::string test_program();

}  // namespace synod
