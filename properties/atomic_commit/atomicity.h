// Atomicity: no two nodes decide differently. Uniform: crashed nodes and the coordinator count.
#pragma once

#include <fmt/format.h>

#include "core/text.h"
#include "properties/atomic_commit/events.h"
#include "properties/atomic_commit/history.h"
#include "properties/finding.h"

namespace synod::atomic_commit {

struct Atomicity {
  static constexpr PropertyText text = {
      "atomicity", "no two nodes decide differently, whether they crash or not",
      "Babaoglu and Toueg, Non-Blocking Atomic Commitment, AC1; BHG 7.3, AC1",
      "TCommit.tla: TCConsistent"};

  void on(const History& history, const NodeDecided& decided, Findings& findings) const {
    const Decision other =
        decided.decision == Decision::commit ? Decision::abort : Decision::commit;
    // A node that differs from itself alone is for irrevocability to name.
    const NodeSet others = history.deciders(other) - NodeSet::only(decided.node);
    findings.expect(others.is_empty(), text, [&] {
      return fmt::format("{} decided {}, and {} decided {}", others, other, decided.node,
                         decided.decision);
    });
  }
};

}  // namespace synod::atomic_commit
