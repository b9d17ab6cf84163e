// Irrevocability: a node that has decided stays with it, restarts and all.
#pragma once

#include <fmt/format.h>

#include "core/text.h"
#include "properties/atomic_commit/events.h"
#include "properties/atomic_commit/history.h"
#include "properties/finding.h"

namespace synod::atomic_commit {

struct Irrevocability {
  static constexpr PropertyText text = {
      "irrevocability", "a node never changes its decision, restarts and all",
      "Babaoglu and Toueg, Non-Blocking Atomic Commitment, AC4; BHG 7.3, AC2"};

  void on(const History& history, const NodeDecided& decided, Findings& findings) const {
    const Decision before = history.decision(decided.node);
    findings.expect(before == Decision::none || before == decided.decision, text, [&] {
      return fmt::format("{} decided {} after it had decided {}", decided.node, decided.decision,
                         before);
    });
  }
};

}  // namespace synod::atomic_commit
