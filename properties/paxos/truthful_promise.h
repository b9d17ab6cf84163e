// Truthful promise (I2): a promise reports exactly the acceptor's highest-numbered vote.
//
// "Up to the promised ballot": a promise for a ballot may be given again after the vote in it.
#pragma once

#include <fmt/format.h>

#include <algorithm>

#include "core/text.h"
#include "properties/finding.h"
#include "properties/paxos/events.h"
#include "properties/paxos/history.h"

namespace synod::paxos {

struct TruthfulPromise {
  static constexpr PropertyText text = {
      "truthful_promise", "a promise reports exactly the acceptor's highest-numbered vote",
      "Lamport, Paxos Made Simple, 2.2, phase 1(b)", "Paxos.tla: MsgInv, of 1b"};

  void on(const History& history, const PromiseSpoken& spoken, Findings& findings) const {
    const Ballot limit = std::max(spoken.promise.ballot, spoken.promise.vote.ballot);
    const Vote highest = history.highest_vote(spoken.acceptor, limit);
    findings.expect(spoken.promise.vote == highest, text, [&] {
      const auto words = [](Vote vote) {
        return vote.is_none() ? std::string("no vote")
                              : fmt::format("a vote for {} in ballot {}", vote.value, vote.ballot);
      };
      return fmt::format("{} promised ballot {} reporting {}, but had cast {}", spoken.acceptor,
                         spoken.promise.ballot, words(spoken.promise.vote), words(highest));
    });
  }
};

}  // namespace synod::paxos
