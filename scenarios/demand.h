// What must have come about when a run is over, besides safety.
#pragma once

#include <fmt/format.h>

#include <string>

#include "properties/progress.h"
#include "sim/world.h"

namespace synod {

struct Demand {
  enum class Kind : std::uint8_t {
    nothing,            ///< "nothing"
    everybody_decides,  ///< "everybody decides": all clients are answered, all nodes know
    one_decides,        ///< "n2 decides"
  };
  Kind kind = Kind::nothing;
  NodeId node{};  ///< with one_decides
  bool operator==(const Demand&) const = default;
};

std::string to_text(const Demand& demand);

/// Empty when it is met; otherwise who waits for what.
template <Protocol P>
std::string unmet(const Demand& demand, const World<P>& world, NodeSet learned) {
  switch (demand.kind) {
    case Demand::Kind::nothing:
      return {};
    case Demand::Kind::everybody_decides:
      return who_waits(world, learned);
    case Demand::Kind::one_decides:
      if (!learned.contains(demand.node)) {
        NodeSet up;
        for (const NodeId node : world.node_ids()) {
          if (world[node].is_up) {
            up.insert(node);
          }
        }
        return fmt::format("{}, acting alone while {} are up, cannot decide", demand.node, up);
      }
      return {};
  }
  return {};
}

}  // namespace synod
