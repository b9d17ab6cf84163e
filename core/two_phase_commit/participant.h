// A participant: votes once, and having voted yes waits for the decision of others.
//
// While it has not voted yes it may abort whenever it likes. Once it has, it is *prepared*, BHG's
// uncertain: it can neither commit, for another may have voted no, nor abort, for all may have
// voted yes. So it asks everybody, for as long as it takes (BHG 7.4, cooperative termination). When
// those who could tell are gone it waits for ever: two-phase commit blocks.
#pragma once

#include "core/two_phase_commit/context.h"

namespace synod::two_phase_commit {

class Participant {
 public:
  void start(const Context& context);
  void on(const Context& context, const VoteRequest& request);
  void on(const Context& context, const Decide& decide);
  void on(const Context& context, NodeId from, const DecisionRequest& request);
  void on(const Context& context, NodeId from, const Prepared& prepared);
  void on_decision_timer(const Context& context);
  void on_vote_request_missing(const Context& context);

  bool operator==(const Participant&) const = default;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("prepared_peers", self.prepared_peers_);
  }

 private:
  void ask(const Context& context);

  NodeSet prepared_peers_;  ///< who has answered the latest DecisionRequest with Prepared
};

}  // namespace synod::two_phase_commit
