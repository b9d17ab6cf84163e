// The learner: what the node knows of the decision, and the clients that wait to hear it.
//
// A decision is known once it cannot be lost: when it was on disk at the start, or when the Decide
// that the node sent to itself, held back until the write was durable, has come back.
#pragma once

#include "core/one_decision.h"
#include "core/two_phase_commit/context.h"
#include "core/waiting_clients.h"

namespace synod::two_phase_commit {

class Learner {
 public:
  /// `decided` is what the node found that it had decided.
  void start(const Context& context, Decision decided);
  void on(const Context& context, const Request& request);
  /// The node's own word, and so on its disk.
  void on_own(const Context& context, const Decide& decide);
  /// `decided` is what the node has decided, which may not be known yet.
  void on_catch_up_timer(const Context& context, Decision decided);

  /// For a client that still waits it has asked the coordinator twice to begin.
  [[nodiscard]] bool has_asked_twice() const { return has_asked_twice_; }
  [[nodiscard]] bool has_learned() const { return decision_ != Decision::none; }

  bool operator==(const Learner&) const = default;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("decision", self.decision_);
    visit("waiting", self.waiting_);
    visit("has_asked_twice", self.has_asked_twice_);
  }

 private:
  void learn(const Context& context, Decision decision);
  void ask(const Context& context);

  Decision decision_ = Decision::none;  ///< none until learned; then it never changes
  WaitingClients waiting_;
  bool has_asked_twice_ = false;
};

}  // namespace synod::two_phase_commit
