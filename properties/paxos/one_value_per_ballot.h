// One value a ballot (S5): a ballot has one proposer and one value.
#pragma once

#include <fmt/format.h>

#include "core/text.h"
#include "properties/finding.h"
#include "properties/paxos/events.h"
#include "properties/paxos/history.h"

namespace synod::paxos {

struct OneValuePerBallot {
  static constexpr PropertyText text = {
      "one_value_per_ballot", "a ballot has one proposer and one value",
      "Lamport, Paxos Made Simple, 2.2: \"different proposals have different numbers\"",
      "Voting.tla: OneValuePerBallot"};

  void on(const History& history, const AcceptSpoken& accept, Findings& findings) const {
    findings.expect(accept.proposal.ballot.node == accept.proposer, text, [&] {
      return fmt::format("{} proposed {} in ballot {}, which is not its own", accept.proposer,
                         accept.proposal.value, accept.proposal.ballot);
    });
    expect_same_value(history, accept.proposal, "proposed", findings);
  }
  void on(const History& history, const VoteCast& cast, Findings& findings) const {
    expect_same_value(history, cast.vote, "voted for", findings);
  }

 private:
  static void expect_same_value(const History& history, Vote vote, const char* verb,
                                Findings& findings) {
    const BallotRecord* record = history.find(vote.ballot);
    const bool is_same =
        record == nullptr || record->value.is_none() || record->value == vote.value;
    findings.expect(is_same, text, [&] {
      return fmt::format("in ballot {}, {} was {} after {}", vote.ballot, vote.value, verb,
                         record->value);
    });
  }
};

}  // namespace synod::paxos
