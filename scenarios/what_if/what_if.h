// What would have come of a run, had the rest of it been drawn anew at one of its steps? The answer
// for each step, and which one mattered.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sim/time.h"

namespace synod {

struct WhatIfOptions {
  std::uint64_t samples = 100;         ///< worlds for each step
  std::optional<std::size_t> without;  ///< index of a step that is left out
};

/// In how many of the samples the violation came, when all that followed this step was drawn.
struct WhatIfStep {
  std::size_t step = 0;  ///< index into the steps of the trace
  Time at;
  std::string text;  ///< as the story has it
  std::uint64_t violated = 0;
  std::uint64_t samples = 0;
};

struct WhatIf {
  std::string property;     ///< that the trace violates; empty if it violates none
  WhatIfStep at_the_start;  ///< before the first step
  /// Up to the violation; without the step that is left out, and those that then do not apply.
  std::vector<WhatIfStep> steps;
  bool is_stopped = false;  ///< after these steps, before the others
  /// Where the trace draws no faults of its own: the rest has those of the uniform baseline.
  bool has_faults_of_baseline = false;

  /// The critical step: from it on the violation was nearly bound to come. Into `steps`.
  [[nodiscard]] std::optional<std::size_t> critical() const;
};

/// Nearly bound to come: in this share of the samples or more.
inline constexpr std::uint64_t bound_percent = 95;

inline std::optional<std::size_t> WhatIf::critical() const {
  std::optional<std::size_t> first;
  for (std::size_t i = steps.size(); i-- > 0;) {
    if (steps[i].violated * 100 < steps[i].samples * bound_percent) {
      break;
    }
    first = i;
  }
  return first;
}

struct WhatIfProgress {
  std::size_t steps_done = 0;
  std::size_t steps = 0;
  std::uint64_t samples_done = 0;  ///< after the next step
  std::uint64_t samples = 0;
};
/// Told every now and then, and after each step. Returns false to stop there.
using OnWhatIf = std::function<bool(const WhatIfProgress&)>;

}  // namespace synod
