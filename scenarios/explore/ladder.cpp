#include "scenarios/explore/ladder.h"

#include "scenarios/format/configuration_json.h"

namespace synod {

Configuration cluster_of(std::uint32_t nodes, std::uint32_t clients) {
  Configuration configuration;
  set_node_count(configuration, nodes);
  configuration.client_count = clients;
  return configuration;
}

std::vector<Rung> usual_ladder() {
  std::vector<Rung> rungs;
  for (const std::uint32_t nodes : {1U, 2U, 3U}) {
    for (const std::uint32_t clients : {1U, 2U}) {
      const Configuration cluster = cluster_of(nodes, clients);
      rungs.push_back({cluster, {.has_slow_writes = true}});
      rungs.push_back({cluster, {.timeouts_max = 1, .has_slow_writes = true}});
      rungs.push_back({cluster, {.crashes_max = 1, .restarts_max = 1}});
      rungs.push_back({cluster, {.duplicates_max = 1}});
    }
  }
  return rungs;
}

}  // namespace synod
