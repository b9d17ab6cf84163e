// Promises kept (I1, I3, I5): no vote below a promise; what is stored never goes back.
//
// I1 counts promises only, not votes: an acceptor that keeps its highest vote may answer an older
// ballot that it never promised away, and is safe. That the highest vote is kept is judged by what
// is stored.
#pragma once

#include <fmt/format.h>

#include "core/text.h"
#include "properties/finding.h"
#include "properties/paxos/events.h"
#include "properties/paxos/history.h"

namespace synod::paxos {

struct PromisesKept {
  static constexpr PropertyText text = {
      "promises_kept", "no vote below a promise; a stored promise or vote never goes back",
      "Lamport, Paxos Made Simple, 2.2: P1a"};

  void on(const History& history, const VoteCast& cast, Findings& findings) const {
    findings.expect(cast.vote.ballot >= history.promised(cast.acceptor), text, [&] {
      return fmt::format("{} voted for {} in ballot {} after it had promised ballot {}",
                         cast.acceptor, cast.vote.value, cast.vote.ballot,
                         history.promised(cast.acceptor));
    });
  }
  void on(const History& /*history*/, const DiskChanged& disk, Findings& findings) const {
    findings.expect(disk.after.promised >= disk.before.promised, text, [&] {
      return fmt::format("the promise on {}'s disk went back from ballot {} to {}", disk.node,
                         disk.before.promised, disk.after.promised);
    });
    findings.expect(disk.after.vote.ballot >= disk.before.vote.ballot, text, [&] {
      return fmt::format("the vote on {}'s disk went back from {} to {}", disk.node,
                         disk.before.vote, disk.after.vote);
    });
  }
};

}  // namespace synod::paxos
