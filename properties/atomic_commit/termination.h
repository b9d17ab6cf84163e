// Termination: whoever is up decides. Judged at the end of a run, because at no earlier moment is
// it too late. Where it fails while somebody is down, that is *blocking*.
#pragma once

#include <fmt/format.h>

#include <string>

#include "core/text.h"
#include "properties/atomic_commit/history.h"
#include "properties/finding.h"

namespace synod::atomic_commit {

inline constexpr PropertyText termination_text = {
    "termination", "in a repaired world every node that is up decides, and answers its clients",
    "Babaoglu and Toueg, Non-Blocking Atomic Commitment, AC5; BHG 7.3, AC5"};

/// Who waits for whom. `up` and `learned` as things are at the end.
inline std::string blocked_text(const History& history, NodeSet up, NodeSet learned) {
  const NodeSet waiting = up - learned;
  const NodeSet down = history.transaction().nodes() - up;
  if (down.is_empty()) {
    return fmt::format("{} cannot decide although everybody is up", waiting);
  }
  const NodeSet prepared = waiting & history.voted_yes();
  return fmt::format("blocked: {} cannot decide{}, and wait{} for {}, down for good", waiting,
                     prepared.is_empty() ? std::string() : fmt::format(" ({} voted yes)", prepared),
                     waiting.size() == 1 ? "s" : "", down);
}

}  // namespace synod::atomic_commit
