// The learner: the clients that wait for the outcome, and when a node knows it.
//
// A node has decided when it issues the write of its decision. It knows the decision, and says so
// to clients, only when that write is durable: until then a crash could still take it back.
#pragma once

#include "core/three_phase_commit/context.h"
#include "core/waiting_clients.h"

namespace synod::three_phase_commit {

class Learner {
 public:
  void start(const Context& context);
  /// Returns true when the transaction is asked for that nobody here waited for yet.
  bool try_add(const Context& context, const Request& request);
  void on(const Context& context, NodeId from, const Decide& decide);
  void on(const Context& context, NodeId from, const Inquiry& inquiry) const;
  void on_catch_up_timer(const Context& context) const;

  bool operator==(const Learner&) const = default;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("knows", self.knows_);
    visit("waiting", self.waiting_);
  }

 private:
  void become_knowing(const Context& context);
  static void set_catch_up_timer(const Context& context);

  bool knows_ = false;  ///< Invariant: the decision is on disk
  WaitingClients waiting_;
};

}  // namespace synod::three_phase_commit
