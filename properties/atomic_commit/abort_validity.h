// Abort validity: nothing is aborted without a reason, which is a no or something gone wrong. A
// time-out counts as such, since for all its node knows somebody has crashed.
#pragma once

#include <fmt/format.h>

#include "core/text.h"
#include "properties/atomic_commit/events.h"
#include "properties/atomic_commit/history.h"
#include "properties/finding.h"

namespace synod::atomic_commit {

struct AbortValidity {
  static constexpr PropertyText text = {
      "abort_validity", "with no vote against it and nothing gone wrong, nothing is aborted",
      "Babaoglu and Toueg, Non-Blocking Atomic Commitment, AC3; BHG 7.3, AC4"};

  void on(const History& history, const NodeDecided& decided, Findings& findings) const {
    const bool has_reason =
        !history.voted_no().is_empty() || history.has_timed_out() || !decided.accidents.is_empty();
    findings.expect(decided.decision != Decision::abort || has_reason, text, [&] {
      return fmt::format("{} decided abort: nobody had voted no and nothing had gone wrong",
                         decided.node);
    });
  }
};

}  // namespace synod::atomic_commit
