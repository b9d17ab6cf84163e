// Progress (L1 to L4): in a healed world, a decision comes. Judged at the end of a run, because at
// no earlier moment is it too late.
//
// Where some links stay cut (`Ending::partitioned`), the same is asked of the nodes that reach
// enough others both ways; what is enough, the protocol says (sim/world/reach.h).
//
// With everybody up, every client is answered and, where there is something to learn, every node
// learns. On a copy of the world, one
// proposer acts alone with one surviving quorum, messages arrive at once, and it decides; that is
// asked for every proposer and every surviving quorum, so it also covers the loss of any minority.
#pragma once

#include <fmt/format.h>

#include <string>

#include "core/ids.h"
#include "core/text.h"
#include "properties/finding.h"
#include "sim/world/observation.h"
#include "sim/world/world.h"

namespace synod {

inline constexpr PropertyText progress_text = {
    "progress",
    "in a healed world every client is answered and every node learns, in time; where cuts stay, "
    "each that reaches enough others",
    "Lamport, Paxos Made Simple, 2.4; liveness after the network has become synchronous"};

/// The same, of a protocol whose nodes learn nothing.
inline constexpr PropertyText answers_text = {progress_text.name,
                                              "in a healed world every client is answered, in time",
                                              progress_text.source};

/// Who knows a decision now. A restart forgets it.
class LearnedBy {
 public:
  void start() { nodes_ = {}; }
  [[nodiscard]] NodeSet nodes() const { return nodes_; }

  template <class P>
  void on(const World<P>& /*world*/, const Learned<P>& learned) {
    nodes_.insert(learned.node);
  }
  void insert(NodeId node) { nodes_.insert(node); }
  void on(const auto& /*world*/, const Crashed& crashed) { nodes_.erase(crashed.node); }

 private:
  NodeSet nodes_;
};

/// Empty when every client has its answer and each of these nodes knows, where there is something
/// to know; otherwise who does not.
template <Protocol P>
std::string who_waits(const World<P>& world, NodeSet nodes, NodeSet learned) {
  std::string waiting;
  const auto add = [&](const std::string& who) { waiting += (waiting.empty() ? "" : ", ") + who; };
  for (std::uint8_t i = 0; i < world.client_count; ++i) {
    if (world.clients[i].is_waiting) {
      add(fmt::format("{} waits for an answer", ClientId{i}));
    }
  }
  for (const NodeId node : learns<P> ? nodes - learned : NodeSet()) {
    add(fmt::format("{} has learned nothing", node));
  }
  return waiting;
}

}  // namespace synod
