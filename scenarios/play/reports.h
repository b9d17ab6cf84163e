// What came of a run or a replay.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "properties/finding.h"
#include "scenarios/format/undemanded.h"
#include "scenarios/format/verdict.h"
#include "scenarios/mutants/mutant.h"
#include "sim/luck.h"
#include "sim/world/configuration.h"

namespace synod {

struct RunReport {
  Verdict verdict = Verdict::holds;
  Finding finding;                ///< with `violated`
  std::string_view inconclusive;  ///< why, with `inconclusive`; a literal
  std::string_view limit;         ///< of the simulator, that ended the run; empty: none. A literal
  std::uint64_t steps = 0;
  std::uint64_t fingerprint = 0;
  std::uint64_t probes = 0;             ///< bit i: the i-th of the protocol's probes was reached
  bool is_decided = false;              ///< a value was chosen
  bool is_outside_fault_model = false;  ///< with `violated`: the protocol promised no better
  std::string_view unmet;  ///< with `violated`: what did not come about, if that is it; a literal
  Undemanded undemanded = Undemanded::is_demanded;  ///< why only safety was judged, if it was
  Ending ending = Ending::broken;
};

/// Whether a run of a planted bug counts as a find. What a protocol does not promise to bear breaks
/// the correct one as well, and tells nothing of a mutant that does not stand for just that.
inline bool is_find(const RunReport& run, MutantKind kind) {
  return run.verdict == Verdict::violated &&
         (kind == MutantKind::outside_fault_model || !run.is_outside_fault_model);
}

struct PendingReport {
  std::uint64_t steps = 0;  ///< that the schedule drew
  std::uint64_t pending = 0;
};

/// What a run's first decision cost.
struct CostReport {
  bool is_decided = false;     ///< a node learned a decision; else the rest is nothing
  std::uint64_t messages = 0;  ///< between different nodes, sent until then
  std::uint64_t ticks = 0;     ///< from the first client's call
};

/// A fault among the steps of a hand-written list that touched nothing.
struct InertFault {
  std::size_t step = 0;  ///< index into the trace's steps
  std::string why;
};

struct ReplayReport {
  Verdict verdict = Verdict::holds;
  Finding finding;
  std::string inconclusive;
  std::uint64_t steps_applied = 0;
  std::uint64_t steps_skipped = 0;           ///< they did not apply to the world any more
  std::optional<std::size_t> first_skipped;  ///< index into the trace's steps
  std::uint64_t steps_after = 0;             ///< of the continuation, where the trace settles
  std::vector<InertFault> inert;             ///< scenarios/play/inert_faults.h
  std::uint64_t fingerprint = 0;
};

/// Of a trace's steps, the share that must still apply: with less, that nothing was violated says
/// nothing, and the verdict is inconclusive.
inline constexpr Ratio applied_share_min{1, 2};
constexpr bool applies_enough(const ReplayReport& report) {
  const std::uint64_t steps = report.steps_applied + report.steps_skipped;
  return report.steps_applied * applied_share_min.denominator >=
         steps * applied_share_min.numerator;
}

/// Told one line at a time, as the run goes on.
using Log = std::function<void(const std::string& line)>;

}  // namespace synod
