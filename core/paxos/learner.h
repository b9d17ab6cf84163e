// The learner: finds out what was chosen, from votes it hears of or from a node that knows.
#pragma once

#include "core/paxos/context.h"

namespace synod::paxos {

class Learner {
 public:
  void start(const Context& context);
  /// These return true when the node has just learned the decision.
  bool try_learn_from_vote(const Context& context, NodeId from, Vote vote);
  bool try_learn(const Context& context, Vote decision);
  void on_catch_up_timer(const Context& context);

  [[nodiscard]] bool has_learned() const { return !decision_.is_none(); }
  [[nodiscard]] Vote decision() const { return decision_; }

  bool operator==(const Learner&) const = default;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("heard", self.heard_);
    visit("decision", self.decision_);
  }

 private:
  Votes heard_{};  ///< each acceptor's highest-numbered vote that this node has heard of
  Vote decision_;  ///< none until learned; then it never changes
};

}  // namespace synod::paxos
