// What the parts of a node share while they handle one input.
#pragma once

#include "core/three_phase_commit/messages.h"
#include "core/three_phase_commit/rules.h"
#include "core/three_phase_commit/timing.h"

namespace synod::three_phase_commit {

struct Config {
  Transaction transaction;
  Rules rules;
  Timing timing;
};

struct Context {
  const Config& config;
  NodeId self;
  Durable& durable;  ///< memory's image of the disk: `store` changes both
  Output& out;

  [[nodiscard]] bool is_coordinator() const { return self == config.transaction.coordinator; }
  [[nodiscard]] State state() const { return durable.state; }
  [[nodiscard]] bool has_decided() const { return is_decided(durable.state); }
  [[nodiscard]] NodeSet other_nodes() const {
    return config.transaction.nodes() - NodeSet::only(self);
  }
  [[nodiscard]] NodeSet other_participants() const {
    return config.transaction.participants - NodeSet::only(self);
  }

  /// Changes the state and writes it, if it changed.
  void store(State state) const {
    if (durable.state != state) {
      out.expect(!has_decided(), "a node decides once");
      durable.state = state;
      out.persist(durable);
    }
  }
  /// Decides, and tells itself so when the decision is durable.
  void adopt(Decision decision) const {
    store(decision == Decision::commit ? State::committed : State::aborted);
    out.send(self, Decide{decision});
  }
  /// Decides, and tells everyone once the decision is durable.
  void decide(Decision decision) const {
    adopt(decision);
    out.send_all(other_nodes(), Decide{decision});
  }
  /// To the moment: every bound of timing.h rests on it.
  void set_timer(Timer timer, Duration duration) const { out.set_timer(timer, duration, duration); }
};

}  // namespace synod::three_phase_commit
