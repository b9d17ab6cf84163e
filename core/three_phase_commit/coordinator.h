// The coordinator: asks for the votes, and goes on to pre-commit or aborts.
#pragma once

#include "core/three_phase_commit/context.h"
#include "core/three_phase_commit/pre_committing.h"

namespace synod::three_phase_commit {

class Coordinator {
 public:
  /// Resumes from the disk. That is for a world in which nodes come back: by the fault model of
  /// timing.h they do not.
  void start(const Context& context, PreCommitting& pre_committing);
  /// Once: the transaction that has begun is never begun again.
  void begin(const Context& context);
  void on(const Context& context, NodeId from, const VoteYes& vote, PreCommitting& pre_committing);
  void on(const Context& context, NodeId from, const VoteNo& vote, PreCommitting& pre_committing);
  void on_votes_timer(const Context& context, PreCommitting& pre_committing);

  bool operator==(const Coordinator&) const = default;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("yes", self.yes_);
    visit("no", self.no_);
  }

 private:
  void go_on(const Context& context, bool is_time_up, PreCommitting& pre_committing);

  NodeSet yes_;
  NodeSet no_;
};

}  // namespace synod::three_phase_commit
