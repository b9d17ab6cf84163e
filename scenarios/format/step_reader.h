// Reads one step of a trace: strictly, but for its message, which only a protocol can judge.
#pragma once

#include "scenarios/format/located_json.h"
#include "scenarios/format/trace.h"
#include "sim/world/configuration.h"

namespace synod {

/// The nodes and clients that a trace may name.
struct Cluster {
  std::uint32_t node_count = 0;
  std::uint32_t client_count = 0;
};

/// Its fields come in the order of sim/world/step.h, without those that have their default.
TraceStep read_step(const Located& json, Cluster cluster);

/// The name of a node, or a client, of the cluster.
NodeId read_node(const Located& json, std::string_view name, Cluster cluster);
ClientId read_client(const Located& json, std::string_view name, Cluster cluster);

/// A list of nodes and clients of the cluster, each of them once, or of every name that there could
/// be.
EndpointSet read_endpoints(const Located& json, Cluster cluster);
/// A member that must be there.
Time read_time(const Located& object, std::string_view name);

}  // namespace synod
