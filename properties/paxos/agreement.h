// Agreement (S1, S7): no two values are ever chosen, crashes and restarts and all.
#pragma once

#include <fmt/format.h>

#include "core/text.h"
#include "properties/finding.h"
#include "properties/paxos/events.h"
#include "properties/paxos/history.h"

namespace synod::paxos {

struct Agreement {
  static constexpr PropertyText text = {
      "agreement", "no two values are ever chosen",
      "Lamport, Paxos Made Simple, 1: \"Only a single value is chosen\"", "Consensus.tla: Inv"};

  void on(const History& history, const ValueChosen& chosen, Findings& findings) const {
    const Vote first = history.chosen();
    findings.expect(first.is_none() || first.value == chosen.vote.value, text, [&] {
      return fmt::format("{} was chosen in ballot {} by {}, and {} in ballot {} by {}", first.value,
                         first.ballot, history.voters(first), chosen.vote.value, chosen.vote.ballot,
                         chosen.voters);
    });
  }
};

}  // namespace synod::paxos
