// The coordinator: asks all participants for their votes, decides, and tells the decision.
//
// It begins once, ever. A commit is on its disk before anybody hears of it. An abort is not written
// at all (presumed abort, Mohan and Lindsay): that it has begun is on disk before the first vote is
// asked for, and a restart that finds this and no commit aborts. When a participant did not wait
// for it to begin and has aborted, it begins only to abort as well.
#pragma once

#include "core/two_phase_commit/context.h"

namespace synod::two_phase_commit {

class Coordinator {
 public:
  void start(const Context& context);
  /// Somebody wants the transaction done.
  void on_begin(const Context& context);
  void on(const Context& context, NodeId from, const VoteYes& vote);
  void on(const Context& context, NodeId from, const VoteNo& vote);
  void on(const Context& context, NodeId from, const Ack& ack);
  void on(const Context& context, const Decide& decide);
  void on_votes_timer(const Context& context);
  void on_resend_timer(const Context& context);

  /// None while it has not begun, and while votes are missing.
  [[nodiscard]] Decision decision() const { return decision_; }

  bool operator==(const Coordinator&) const = default;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("is_collecting", self.is_collecting_);
    visit("yes_votes", self.yes_votes_);
    visit("decision", self.decision_);
    visit("informed", self.informed_);
  }

 private:
  void decide(const Context& context, Decision decision);
  void decide_if_unanimous(const Context& context);
  void tell(const Context& context) const;

  bool is_collecting_ = false;  ///< Invariant: then decision_ is none
  NodeSet yes_votes_;
  Decision decision_ = Decision::none;  ///< a commit is on disk, or on its way there
  NodeSet informed_;                    ///< who has the decision on disk, and need not be told
};

}  // namespace synod::two_phase_commit
