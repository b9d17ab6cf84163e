// Who must get on where links stay cut: what a protocol promises then is its own word.
#pragma once

#include <string_view>

#include "core/ids.h"
#include "sim/faults/cut.h"
#include "sim/packet.h"
#include "sim/world/configuration.h"

namespace synod {

/// Must this node decide in time, which reaches these and is reached by them, itself among them,
/// however the others are connected? All that are up answer as they should, and clients ask it.
using DecidesAmidCuts = bool (*)(const Configuration& configuration, NodeId node, NodeSet reached);

/// What a protocol promises while links stay cut.
struct AmidCuts {
  DecidesAmidCuts decides = nullptr;  ///< null: nothing
  std::string_view who;               ///< decides: who "reaches a quorum both ways"
};

/// Of a protocol in which any majority is enough.
inline constexpr AmidCuts reaching_most_decide{
    [](const Configuration& configuration, NodeId /*node*/, NodeSet reached) {
      return reached.size() > configuration.node_count / 2;
    },
    "reaches most nodes both ways"};

/// What a setup says, if anything (scenarios/run/protocol_runner.h).
template <class Setup>
constexpr AmidCuts amid_cuts_of() {
  if constexpr (requires { Setup::amid_cuts; }) {
    return Setup::amid_cuts;
  } else {
    return {};
  }
}

/// Of the nodes that are up, those that this one reaches and that reach it.
constexpr NodeSet reached_both_ways(const Cuts& cuts, NodeSet up, NodeId node) {
  NodeSet reached = up & NodeSet::only(node);
  for (const NodeId other : up) {
    const bool is_cut = cuts[node.index].contains(Endpoint::of(other)) ||
                        cuts[other.index].contains(Endpoint::of(node));
    if (!is_cut) {
      reached.insert(other);
    }
  }
  return reached;
}

/// Those who must decide although these links stay cut.
inline NodeSet who_must_decide(const Configuration& configuration, const AmidCuts& promised,
                               const Cuts& cuts, NodeSet up) {
  NodeSet who;
  for (const NodeId node : up) {
    if (promised.decides != nullptr &&
        promised.decides(configuration, node, reached_both_ways(cuts, up, node))) {
      who.insert(node);
    }
  }
  return who;
}

}  // namespace synod
