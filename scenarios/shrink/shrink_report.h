// What came of shrinking a trace.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "properties/finding.h"
#include "scenarios/format/trace.h"

namespace synod {

struct ShrinkProgress {
  std::uint64_t steps_before = 0;
  std::uint64_t steps = 0;  ///< of the shortest so far
  std::uint64_t replays = 0;
};
/// Told every now and then. Returns false to be told no more: the shortest so far is the result.
using OnShrink = std::function<bool(const ShrinkProgress&)>;

struct ShrinkReport {
  /// The shortest that was found, or the original where nothing could go.
  Trace trace;
  Finding finding;  ///< what that trace violates, and how
  std::uint64_t steps_before = 0;
  std::uint64_t steps_after = 0;
  std::uint64_t replays = 0;
  bool is_interrupted = false;
  /// Why it is the original; empty when it is not.
  std::string why_original;
  /// It is no part of the original, but another run that goes on for ever
  /// (tools/shrink/livelock.h).
  bool is_found_anew = false;
};

}  // namespace synod
