// What the parts of a node share while they handle one input.
#pragma once

#include <string>
#include <vector>

#include "core/ids.h"
#include "core/paxos/liveness.h"
#include "core/paxos/messages.h"
#include "core/paxos/rules.h"
#include "core/quorum.h"

namespace synod::paxos {

struct Config {
  QuorumSystem quorums;
  Rules rules;
  Timing timing;

  /// What explains another answer of a rule: where its quorums are not the right ones.
  [[nodiscard]] std::vector<std::string> unlike(const Config& right) const;
};

struct Context {
  const Config& config;
  NodeId self;
  Durable& durable;  ///< memory's image of the disk: `store` changes both
  Output& out;

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
  void send_all(const M& message) const {
    out.send_all(config.quorums.nodes(), message);
  }
  /// Arms a timer for `duration`, up to half as long again: equal waits would keep rivals in step.
  void set_timer(Timer timer, Duration duration) const {
    out.set_timer(timer, duration, {duration.ticks + duration.ticks / 2});
  }
};

}  // namespace synod::paxos
