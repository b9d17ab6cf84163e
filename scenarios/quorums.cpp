#include "scenarios/quorums.h"

#include <fmt/format.h>

namespace synod {

Configuration with_majorities(const Configuration& configuration) {
  Configuration result = configuration;
  result.phase1_quorum = result.phase2_quorum = configuration.node_count / 2 + 1;
  return result;
}

bool has_majorities(const Configuration& configuration) {
  return configuration == with_majorities(configuration);
}

bool do_quorums_meet(const Configuration& configuration) {
  return configuration.phase1_quorum + configuration.phase2_quorum > configuration.node_count;
}

std::vector<Configuration> with_other_quorums(const Configuration& configuration) {
  std::vector<Configuration> result;
  const std::uint32_t size_max = do_quorums_meet(configuration) ? configuration.node_count : 0;
  for (std::uint32_t size = 1; size <= size_max; ++size) {
    Configuration& other = result.emplace_back(configuration);
    other.phase1_quorum = size;
    other.phase2_quorum = configuration.node_count + 1 - size;
  }
  return result;
}

std::string quorums_text(const Configuration& configuration) {
  if (has_majorities(configuration)) {
    return {};
  }
  return fmt::format("A quorum is any {} of the {} nodes for promises, and any {} for votes.",
                     configuration.phase1_quorum, configuration.node_count,
                     configuration.phase2_quorum);
}

}  // namespace synod
