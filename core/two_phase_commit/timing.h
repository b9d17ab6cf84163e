// How long to wait and when to ask again. Nothing here decides what is safe: with any other numbers
// two-phase commit is as safe, and only aborts more often or takes longer.
#pragma once

#include "core/duration.h"

namespace synod::two_phase_commit {

/// Durations are on the node's own clock. The defaults fit a round trip of some 20 ticks.
struct Timing {
  Duration votes{80};      ///< a vote that has not come by then is taken for a no
  Duration decision{100};  ///< how long a prepared participant waits before it asks, and asks again
  Duration resend{100};    ///< how often a commit is told to those who have not acknowledged it
  /// How often a node that is free to abort asks for the decision. A participant whose client still
  /// waits asks once more for the votes to be counted, and the second time aborts.
  Duration catch_up{400};
  static constexpr void fields(auto& self, auto&& visit) {
    visit("votes", self.votes);
    visit("decision", self.decision);
    visit("resend", self.resend);
    visit("catch_up", self.catch_up);
  }
  bool operator==(const Timing&) const = default;
};

}  // namespace synod::two_phase_commit
