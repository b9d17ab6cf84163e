// What the parts of a node share while they handle one input.
#pragma once

#include <cstddef>

#include "core/atomic_commit.h"
#include "core/ids.h"
#include "core/paxos/rules.h"
#include "core/paxos_commit/liveness.h"
#include "core/paxos_commit/messages.h"
#include "core/paxos_commit/rules.h"
#include "core/quorum.h"

namespace synod::paxos_commit {

/// The same acceptors and the same leader serve every instance (Gray and Lamport 4.2).
struct Config {
  Transaction transaction;
  QuorumSystem acceptors;
  Rules rules;
  paxos::Rules paxos_rules;  ///< of each instance
  Timing timing;

  /// The tables that a node asks: its own, and that of each instance.
  static auto rule_tables(auto& self, auto&& use) { return use(self.rules, self.paxos_rules); }
};

/// As many acceptors as there are nodes, or one fewer: 2F + 1 of them bear the loss of F, and one
/// more would bear no more.
constexpr std::size_t acceptor_count_for(std::size_t node_count) {
  return node_count - (node_count + 1) % 2;
}

/// What goes to the disk, and what comes back from it.
Durable to_store(const Config& config, const Durable& state);
Durable recovered(const Config& config, const Durable& stored);

struct Context {
  const Config& config;
  NodeId self;
  Durable& durable;  ///< memory's image of the disk: `store` changes both
  Output& out;

  /// Changes the state and writes it, if it changed.
  void store(const Durable& state) const {
    if (durable != state) {
      durable = state;
      out.persist(to_store(config, durable));
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
  [[nodiscard]] NodeSet others() const { return config.transaction.nodes() - NodeSet::only(self); }
};

}  // namespace synod::paxos_commit
