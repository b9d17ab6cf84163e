// Validity (S6): only what a client asked for is proposed, so only that can be chosen.
#pragma once

#include <fmt/format.h>

#include "core/text.h"
#include "properties/finding.h"
#include "properties/paxos/events.h"
#include "properties/paxos/history.h"

namespace synod::paxos {

struct Validity {
  static constexpr PropertyText text = {
      "validity", "only a value that a client has asked for is proposed or chosen",
      "Lamport, Paxos Made Simple, 1: \"Only a value that has been proposed may be chosen\""};

  void on(const History& history, const AcceptSpoken& accept, Findings& findings) const {
    if (accept.is_first) {
      findings.expect(history.is_requested(accept.proposal.value), text, [&] {
        return fmt::format("{} proposed {} in ballot {}, which no client has asked for",
                           accept.proposer, accept.proposal.value, accept.proposal.ballot);
      });
    }
  }
  void on(const History& history, const ValueChosen& chosen, Findings& findings) const {
    findings.expect(history.is_requested(chosen.vote.value), text, [&] {
      return fmt::format("{} was chosen in ballot {}, which no client has asked for",
                         chosen.vote.value, chosen.vote.ballot);
    });
  }
};

}  // namespace synod::paxos
