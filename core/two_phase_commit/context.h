// What the parts of a node share while they handle one input.
#pragma once

#include "core/atomic_commit.h"
#include "core/two_phase_commit/messages.h"
#include "core/two_phase_commit/rules.h"
#include "core/two_phase_commit/timing.h"

namespace synod::two_phase_commit {

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

  [[nodiscard]] NodeId coordinator() const { return config.transaction.coordinator; }
  [[nodiscard]] bool is_coordinator() const { return self == coordinator(); }
  [[nodiscard]] NodeSet others() const { return config.transaction.nodes() - NodeSet::only(self); }

  /// Changes the state and writes it, if it changed.
  void store(const Durable& state) const {
    if (durable != state) {
      durable = state;
      out.persist(config.rules.to_store(durable));
    }
  }
  template <class M>
  void send(NodeId to, const M& message) const {
    out.send(to, message);
  }
  template <class M>
  void send_all(NodeSet to, const M& message) const {
    out.send_all(to, message);
  }
  /// Arms a timer for `duration`, up to half as long again: equal waits would keep nodes in step.
  void set_timer(Timer timer, Duration duration) const {
    out.set_timer(timer, duration, {duration.ticks + duration.ticks / 2});
  }
};

}  // namespace synod::two_phase_commit
