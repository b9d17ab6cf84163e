// Phases 2 and 3, as the coordinator and a participant that has taken over both run them: bring
// every participant to pre-committed, then commit.
#pragma once

#include "core/three_phase_commit/context.h"

namespace synod::three_phase_commit {

class PreCommitting {
 public:
  void start(const Context& context);
  void on(const Context& context, NodeId from, const PreCommitAck& ack);
  void on_acks_timer(const Context& context);

  bool operator==(const PreCommitting&) const = default;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("is_running", self.is_running_);
    visit("acked", self.acked_);
  }

 private:
  void go_on(const Context& context, bool is_time_up);

  bool is_running_ = false;
  NodeSet acked_;  ///< participants that are pre-committed for certain
};

}  // namespace synod::three_phase_commit
