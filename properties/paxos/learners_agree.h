// Learners agree (S3): all decisions are equal, a node's own before and after a restart included.
#pragma once

#include <fmt/format.h>

#include "core/text.h"
#include "properties/finding.h"
#include "properties/paxos/events.h"
#include "properties/paxos/history.h"

namespace synod::paxos {

struct LearnersAgree {
  static constexpr PropertyText text = {
      "learners_agree", "all nodes learn the same value, before and after restarts",
      "agreement as seen by learners; Lamport, Paxos Made Simple, 2.3"};

  void on(const History& history, const DecisionLearned& learned, Findings& findings) const {
    const Value first = history.learned();
    findings.expect(first.is_none() || first == learned.value, text, [&] {
      return fmt::format("{} learned {}, but {} was learned before", learned.node, learned.value,
                         first);
    });
  }
};

}  // namespace synod::paxos
