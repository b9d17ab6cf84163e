// What `bench` can measure: runs, of any protocol; and what others have it measure.
#pragma once

#include <atomic>
#include <string>
#include <string_view>

#include "tools/bench/bench_measure.h"

namespace synod {

/// What was measured, for people and for machines.
struct Measured {
  std::string text;
  std::string json;
};

struct Bench {
  std::string_view name;  ///< behind the verb; a literal
  /// Prints nothing. Throws Stopped when `interrupt` is set before all is measured.
  Measured (*measure)(const std::atomic<bool>& interrupt, const OnRound& on_round) = nullptr;
};

/// Defined at namespace scope, it adds one.
class RegisteredBench {
 public:
  explicit RegisteredBench(const Bench& bench);
};

}  // namespace synod
