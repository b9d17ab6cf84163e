// Ballots rise (I6): a proposer's ballots strictly increase, across restarts too, and it proposes
// only after a quorum of different acceptors has promised that very ballot.
#pragma once

#include <fmt/format.h>

#include "core/per_id.h"
#include "core/text.h"
#include "properties/finding.h"
#include "properties/paxos/events.h"
#include "properties/paxos/history.h"

namespace synod::paxos {

class BallotsRise {
 public:
  static constexpr PropertyText text = {
      "ballots_rise",
      "a proposer's ballots rise, restarts included; it proposes on a quorum's promises only",
      "Lamport, Paxos Made Simple, 2.2, phase 2(a), and 2.5"};

  void start() {
    latest_ = {};
    restarted_ = {};
  }
  static constexpr void fields(auto& self, auto&& visit) {
    visit("latest", self.latest_);
    visit("restarted", self.restarted_);
  }

  void on(const History& /*history*/, const PrepareSpoken& prepare, Findings& findings) {
    Ballot& latest = latest_[prepare.proposer];
    const bool is_new_ballot = prepare.ballot > latest;
    // One Prepare goes to several acceptors; after a restart it is another attempt.
    const bool is_same_attempt = prepare.ballot == latest && !restarted_.contains(prepare.proposer);
    findings.expect(is_new_ballot || is_same_attempt, text, [&] {
      return fmt::format("{} prepared ballot {} after it had prepared {}{}", prepare.proposer,
                         prepare.ballot, latest,
                         restarted_.contains(prepare.proposer) ? " before a restart" : "");
    });
    latest = prepare.ballot;
    restarted_.erase(prepare.proposer);
  }
  void on(const History& /*history*/, const NodeRestarted& restarted, Findings& /*findings*/) {
    restarted_.insert(restarted.node);
  }
  void on(const History& history, const AcceptSpoken& accept, Findings& findings) const {
    if (!accept.is_first) {
      return;
    }
    const BallotRecord* record = history.find(accept.proposal.ballot);
    const NodeSet promised_by = record == nullptr ? NodeSet() : record->promised_by;
    findings.expect(history.quorums().is_phase1_quorum(promised_by), text, [&] {
      return fmt::format("{} proposed {} in ballot {} on the promises of {}: no phase-1 quorum",
                         accept.proposer, accept.proposal.value, accept.proposal.ballot,
                         promised_by);
    });
  }

 private:
  PerNode<Ballot> latest_{};
  NodeSet restarted_;  ///< since they last prepared
};

}  // namespace synod::paxos
