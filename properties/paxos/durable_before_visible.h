// Durable before visible (I4): what an acceptor says is implied by what is on its disk as it says
// it.
#pragma once

#include <fmt/format.h>

#include "core/text.h"
#include "properties/finding.h"
#include "properties/paxos/events.h"
#include "properties/paxos/history.h"

namespace synod::paxos {

struct DurableBeforeVisible {
  static constexpr PropertyText text = {
      "durable_before_visible", "a promise or vote is on disk before it is spoken",
      "Lamport, Paxos Made Simple, 2.5: \"records its intended response in stable storage before "
      "actually sending the response\""};

  void on(const History& /*history*/, const PromiseSpoken& spoken, Findings& findings) const {
    findings.expect(spoken.disk.promised >= spoken.promise.ballot, text, [&] {
      return fmt::format("{} promised ballot {} while its disk held a promise of {}",
                         spoken.acceptor, spoken.promise.ballot, spoken.disk.promised);
    });
  }
  void on(const History& /*history*/, const AcceptedSpoken& spoken, Findings& findings) const {
    findings.expect(spoken.disk.vote.ballot >= spoken.vote.ballot, text, [&] {
      return fmt::format(
          "{} said that it voted for {} in ballot {} while its disk held the vote {}",
          spoken.acceptor, spoken.vote.value, spoken.vote.ballot, spoken.disk.vote);
    });
  }
};

}  // namespace synod::paxos
