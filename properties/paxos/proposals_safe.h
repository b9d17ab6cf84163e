// Every proposed ballot is safe (S4, P2c): when a value is first proposed in a ballot, no other
// value is chosen in a *lower* ballot, nor can one still be.
//
// This sees a wrong value several messages before two values are chosen. It must say *lower*: a
// slow proposer with a lower ballot may well propose another value later, and will not get it
// chosen.
#pragma once

#include <fmt/format.h>

#include "core/text.h"
#include "properties/finding.h"
#include "properties/paxos/events.h"
#include "properties/paxos/history.h"

namespace synod::paxos {

struct ProposalsSafe {
  static constexpr PropertyText text = {
      "proposals_safe",
      "when a value is proposed, no other can have been, or still be, chosen in a lower ballot",
      "Lamport, Paxos Made Simple, 2.2: P2c", "Voting.tla: VotesSafe"};

  void on(const History& history, const AcceptSpoken& accept, Findings& findings) const {
    if (!accept.is_first) {
      return;
    }
    for (const BallotRecord& lower : history.ballots()) {
      if (lower.ballot >= accept.proposal.ballot || lower.value.is_none() ||
          lower.value == accept.proposal.value) {
        continue;
      }
      NodeSet possible = lower.voters;
      for (const NodeId acceptor : history.quorums().nodes() - lower.voters) {
        if (history.promised(acceptor) <= lower.ballot) {
          possible.insert(acceptor);  // it is free to vote there yet
        }
      }
      findings.expect(!history.quorums().is_phase2_quorum(possible), text, [&] {
        return fmt::format(
            "{} proposed {} in ballot {}, although {} {} chosen in the lower ballot {}: {} {} "
            "voted for it{}",
            accept.proposer, accept.proposal.value, accept.proposal.ballot, lower.value,
            lower.is_chosen ? "was" : "can still be", lower.ballot, lower.voters,
            lower.voters.size() == 1 ? "has" : "have",
            lower.is_chosen ? std::string()
                            : fmt::format(" and {} may yet", possible - lower.voters));
      });
    }
  }
};

}  // namespace synod::paxos
