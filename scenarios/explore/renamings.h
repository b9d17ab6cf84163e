// Symmetry: the renamings under which a search's states behave alike. Of the states that are one
// another renamed, one is enough.
//
// A protocol compares values only for being the same, and does with a client's request what it does
// with another's. So clients can be taken for one another, each with the values that it writes; but
// only those that may ask the same nodes. Nodes can, where nothing but their names tells them
// apart: not where they propose, because ballots of the same round are in the order of the nodes.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <vector>

#include "core/ids.h"
#include "scenarios/explore/bounds.h"
#include "scenarios/explore/state_bytes.h"
#include "sim/world/configuration.h"

namespace synod {

/// The given names in all orders, and all others as they are.
template <std::uint8_t Count>
std::vector<Names<Count>> orders_of(const std::vector<std::uint8_t>& places) {
  std::vector<Names<Count>> all;
  std::vector<std::uint8_t> order = places;
  do {
    Names<Count>& names = all.emplace_back(Names<Count>::own());
    for (std::size_t i = 0; i < places.size(); ++i) {
      names.call(places[i], order[i]);
    }
  } while (std::next_permutation(order.begin(), order.end()));
  return all;
}

/// Each state is written in all their orders: of more it would take seconds. Those beyond are told
/// apart, which misses nothing.
inline constexpr std::size_t like_nodes_max = 7;

inline bool does_each_ask_once(const ExploreBounds& bounds) {
  return bounds.requests_max == 1 && bounds.abandons_max == 0;
}

/// Nodes that do not propose, of those that are interchangeable then; or where one alone does, any.
inline std::vector<std::uint8_t> like_nodes(const Configuration& configuration,
                                            const ExploreBounds& bounds, NodeSet interchangeable) {
  NodeSet nodes = interchangeable;
  if (bounds.retries_max > 0) {
    return {};  // which ask any node, and so may every one propose
  }
  if (bounds.requests == Requests::own) {
    nodes = nodes - NodeSet::first(std::min(configuration.client_count, configuration.node_count));
  } else if (configuration.client_count > 1 || !does_each_ask_once(bounds)) {
    nodes = {};
  }
  std::vector<std::uint8_t> like;
  for (const NodeId node : nodes) {
    if (like.size() < like_nodes_max) {
      like.push_back(node.index);
    }
  }
  return like;
}

/// Who asks node by node in turn has a node of its own, up to as many clients as nodes. Who asks
/// any node asks for the first time in the order of the clients' numbers; so where one asks again,
/// they are told apart.
inline bool are_like(ClientId a, ClientId b, const Configuration& configuration,
                     const ExploreBounds& bounds) {
  if (a == b) {
    return true;
  }
  return bounds.requests == Requests::own
             ? a.index % configuration.node_count == b.index % configuration.node_count
             : does_each_ask_once(bounds);
}

/// All of them but the one that changes nothing.
inline std::vector<Renaming> renamings(const Configuration& configuration,
                                       const ExploreBounds& bounds, NodeSet interchangeable) {
  std::vector<std::uint8_t> clients(configuration.client_count);
  std::iota(clients.begin(), clients.end(), std::uint8_t{0});
  std::vector<Renaming> all;
  for (const auto& names : orders_of<client_count_max>(clients)) {
    const bool is_symmetry = std::all_of(clients.begin(), clients.end(), [&](std::uint8_t client) {
      return are_like({client}, {names.to[client]}, configuration, bounds);
    });
    if (!is_symmetry) {
      continue;
    }
    for (const auto& nodes :
         orders_of<node_count_max>(like_nodes(configuration, bounds, interchangeable))) {
      all.push_back({nodes, names, configuration.client_count});
    }
  }
  all.erase(all.begin());
  return all;
}

}  // namespace synod
