// Commit validity: nothing is committed that a participant has not voted for.
#pragma once

#include <fmt/format.h>

#include "core/text.h"
#include "properties/atomic_commit/events.h"
#include "properties/atomic_commit/history.h"
#include "properties/finding.h"

namespace synod::atomic_commit {

struct CommitValidity {
  static constexpr PropertyText text = {
      "commit_validity", "a commit is decided only if all participants have voted yes",
      "Babaoglu and Toueg, Non-Blocking Atomic Commitment, AC2; BHG 7.3, AC3"};

  void on(const History& history, const NodeDecided& decided, Findings& findings) const {
    const NodeSet missing = history.transaction().participants - history.voted_yes();
    findings.expect(decided.decision != Decision::commit || missing.is_empty(), text, [&] {
      const NodeSet against = missing & history.voted_no();
      return against.is_empty()
                 ? fmt::format("{} decided commit, and {} had not voted", decided.node, missing)
                 : fmt::format("{} decided commit, and {} had voted no", decided.node, against);
    });
  }
};

}  // namespace synod::atomic_commit
