// Decided implies chosen (S2). Not implied by agreement, and the only judge of counting mistakes: a
// learner that counts wrongly changes no vote.
#pragma once

#include <fmt/format.h>

#include "core/text.h"
#include "properties/finding.h"
#include "properties/paxos/events.h"
#include "properties/paxos/history.h"

namespace synod::paxos {

struct DecidedImpliesChosen {
  static constexpr PropertyText text = {
      "decided_implies_chosen", "a node learns only what has been chosen",
      "Lamport, Paxos Made Simple, 1: \"A process never learns that a value has been chosen unless "
      "it actually has been\""};

  void on(const History& history, const DecisionLearned& learned, Findings& findings) const {
    findings.expect(history.is_chosen(learned.value), text, [&] {
      return fmt::format("{} learned {}, which no quorum has voted for in one ballot", learned.node,
                         learned.value);
    });
  }
};

}  // namespace synod::paxos
