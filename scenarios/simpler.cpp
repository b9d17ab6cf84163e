#include "scenarios/simpler.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "scenarios/configuration_json.h"
#include "scenarios/quorums.h"

namespace synod {
Configuration with_cluster(const Configuration& configuration, const Configuration& cluster) {
  Configuration result = configuration;
  result.node_count = cluster.node_count;
  result.client_count = cluster.client_count;
  result.phase1_quorum = cluster.phase1_quorum;
  result.phase2_quorum = cluster.phase2_quorum;
  result.quorums_may_miss = cluster.quorums_may_miss;
  result.refusing = cluster.refusing;
  result.acceptor_count = cluster.acceptor_count;
  result.crashed_max = std::min(result.crashed_max, result.node_count);
  return result;
}

Configuration plain(const Configuration& configuration) { return with_cluster({}, configuration); }

std::vector<std::string> fields_not_plain(const Configuration& configuration) {
  const auto wanted = to_json(plain(configuration));
  const auto fields = to_json(configuration);
  std::vector<std::string> names;
  for (const auto& [name, field] : fields.items()) {
    if (field != wanted[name]) {
      names.push_back(name);
    }
  }
  return names;
}

Configuration with_plain_field(const Configuration& configuration, const std::string& field) {
  auto fields = to_json(configuration);
  fields[field] = to_json(plain(configuration))[field];
  Configuration result;
  apply_fields(fields, result);
  return result;
}

std::vector<Configuration> with_a_node_less(const Configuration& configuration) {
  std::vector<Configuration> result;
  Configuration fewer = configuration;
  --fewer.node_count;
  if (fewer.acceptor_count > fewer.node_count) {
    fewer.acceptor_count -= 2;  // an odd number
  }
  if (has_majorities(configuration)) {
    return {with_majorities(fewer)};
  }
  const std::uint32_t phase1_max = std::min(configuration.phase1_quorum, fewer.node_count);
  const std::uint32_t phase2_max = std::min(configuration.phase2_quorum, fewer.node_count);
  for (fewer.phase1_quorum = 1; fewer.phase1_quorum <= phase1_max; ++fewer.phase1_quorum) {
    for (fewer.phase2_quorum = 1; fewer.phase2_quorum <= phase2_max; ++fewer.phase2_quorum) {
      if (do_quorums_meet(fewer) == do_quorums_meet(configuration)) {
        result.push_back(fewer);
      }
    }
  }
  return result;
}

}  // namespace synod
