// What must have come about when a run is over, besides safety.
#pragma once

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "properties/progress.h"
#include "sim/ending.h"
#include "sim/world/world.h"

namespace synod {

struct Demand {
  enum class Kind : std::uint8_t {
    nothing,            ///< "nothing"
    everybody_decides,  ///< "everybody decides": all clients are answered, all nodes know
    one_decides,        ///< "n2 decides"
    survivors_decide,  ///< "survivors decide": all clients are answered, all nodes that are up know
    connected_decide,  ///< "connected decide": the same of the nodes that reach enough others both
                       ///< ways (sim/world/reach.h), while cuts stay
  };
  Kind kind = Kind::nothing;
  NodeId node{};  ///< with one_decides
  bool operator==(const Demand&) const = default;
};

/// Whoever it is of; empty for nothing.
constexpr std::string_view name_of(Demand::Kind kind) {
  constexpr std::array<std::string_view, 5> names = {"", "everybody", "one", "survivors",
                                                     "connected"};
  return names[static_cast<std::size_t>(kind)];
}

/// Of a run that ends like this, where anything is.
constexpr Demand demand_of(Ending ending) {
  switch (ending) {
    case Ending::healed:
      return {.kind = Demand::Kind::everybody_decides};
    case Ending::survivors:
      return {.kind = Demand::Kind::survivors_decide};
    case Ending::partitioned:
      return {.kind = Demand::Kind::connected_decide};
    case Ending::broken:
      break;
  }
  return {};
}

/// Where nothing is decided that nodes could know, it is "answer" and "answers" instead of "decide"
/// and "decides"; a file may have either.
std::string to_text(const Demand& demand, bool decides = true);

/// Who must decide although cuts stay, and why.
struct Connected {
  NodeSet nodes;
  std::string_view who;  ///< each of them, "reaches a quorum both ways"
};

/// Empty when it is met; otherwise who waits for what.
template <Protocol P>
std::string unmet(const Demand& demand, const World<P>& world, NodeSet learned,
                  const Connected& connected = {}) {
  switch (demand.kind) {
    case Demand::Kind::nothing:
      return {};
    case Demand::Kind::everybody_decides:
      return who_waits(world, world.node_ids(), learned);
    case Demand::Kind::survivors_decide:
      return world.nodes_up().is_empty() ? std::string()
                                         : who_waits(world, world.nodes_up(), learned);
    case Demand::Kind::connected_decide: {
      const std::string waiting =
          connected.nodes.is_empty() ? std::string() : who_waits(world, connected.nodes, learned);
      return waiting.empty()               ? waiting
             : connected.nodes.size() == 1 ? fmt::format("{}, although {} {}", waiting,
                                                         *connected.nodes.begin(), connected.who)
                                           : fmt::format("{}, although each of {} {}", waiting,
                                                         connected.nodes, connected.who);
    }
    case Demand::Kind::one_decides:
      return (learns<P> ? learned.contains(demand.node) : !world.clients[0].is_waiting)
                 ? std::string()
                 : fmt::format("{}, acting alone while {} {} up, cannot {}", demand.node,
                               world.nodes_up(), world.nodes_up().size() == 1 ? "is" : "are",
                               learns<P> ? "decide" : "answer");
  }
  return {};
}

}  // namespace synod
