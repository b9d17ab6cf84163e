#include "scenarios/protocols/paxos_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <variant>

#include "core/quorum.h"
#include "sim/world/swarm.h"

namespace synod {

bool PaxosOptions::are_majorities(const Configuration& configuration) const {
  const std::uint32_t majority = configuration.node_count / 2 + 1;
  return phase1_quorum == majority && phase2_quorum == majority;
}

bool PaxosOptions::must_meet(const Configuration& configuration) const {
  return phase1_quorum + phase2_quorum > configuration.node_count;
}

std::string PaxosOptions::complaint(const Configuration& configuration) const {
  const auto quorums = make_quorums(configuration.node_count, phase1_quorum, phase2_quorum);
  if (const auto* error = std::get_if<QuorumError>(&quorums);
      error != nullptr && quorums_may_miss == 0) {
    return "phase1_quorum, phase2_quorum: " + error->message;
  }
  const auto too_large = [&](std::string_view name, std::uint32_t size) {
    return size <= configuration.node_count
               ? std::string()
               : fmt::format("{} is {}: give 1 to {}", name, size, configuration.node_count);
  };
  const std::string of_phase1 = too_large("phase1_quorum", phase1_quorum);
  return of_phase1.empty() ? too_large("phase2_quorum", phase2_quorum) : of_phase1;
}

void PaxosOptions::draw(const Configuration& configuration, const OptionLuck& luck) {
  Draws cluster = luck.cluster;
  *this = for_nodes(configuration.node_count);
  if (cluster.chance({1, 10})) {  // Flexible Paxos
    phase2_quorum = 1 + cluster.below(configuration.node_count);
    phase1_quorum = configuration.node_count + 1 - phase2_quorum;
  } else if (cluster.chance({1, 32})) {
    phase1_quorum = phase2_quorum = configuration.node_count;
  }
  Draws clients = luck.clients;
  constexpr std::array<Ratio, 4> shares = {{{1, 8}, {1, 4}, {1, 4}, {1, 2}}};
  constexpr std::array<Ratio, 4> quorum_shares = {{{0, 1}, {1, 8}, {1, 4}, {1, 2}}};
  reads = shares[clients.below(shares.size())];
  quorum_reads = quorum_shares[clients.below(quorum_shares.size())];
  if (is_rush(luck.luck)) {
    reads = {7, 8};
    quorum_reads = {};
    if (Draws(luck.luck, Stream::by_name, entity_of("quorums in a rush")).chance({1, 2})) {
      phase1_quorum = configuration.node_count;  // whose promises take the longest to come together
      phase2_quorum = 1;
    }
  }
}

void PaxosOptions::draw_uniform(const Configuration& /*configuration*/, const Luck& /*luck*/) {
  reads = {1, 4};
  quorum_reads = {1, 4};
}

std::vector<PaxosOptions> PaxosOptions::with_a_node_less(const Configuration& configuration) const {
  const std::uint32_t nodes = configuration.node_count - 1;
  PaxosOptions fewer = *this;
  if (are_majorities(configuration)) {
    fewer.phase1_quorum = fewer.phase2_quorum = nodes / 2 + 1;
    return {fewer};
  }
  std::vector<PaxosOptions> result;
  const std::uint32_t phase1_max = std::min(phase1_quorum, nodes);
  const std::uint32_t phase2_max = std::min(phase2_quorum, nodes);
  for (fewer.phase1_quorum = 1; fewer.phase1_quorum <= phase1_max; ++fewer.phase1_quorum) {
    for (fewer.phase2_quorum = 1; fewer.phase2_quorum <= phase2_max; ++fewer.phase2_quorum) {
      const bool meet = fewer.phase1_quorum + fewer.phase2_quorum > nodes;
      if (meet == must_meet(configuration)) {
        result.push_back(fewer);
      }
    }
  }
  return result;
}

std::vector<PaxosOptions> PaxosOptions::others(const Configuration& configuration) const {
  std::vector<PaxosOptions> result;
  const std::uint32_t size_max = must_meet(configuration) ? configuration.node_count : 0;
  for (std::uint32_t size = 1; size <= size_max; ++size) {
    PaxosOptions& other = result.emplace_back(*this);
    other.phase1_quorum = size;
    other.phase2_quorum = configuration.node_count + 1 - size;
  }
  return result;
}

std::string PaxosOptions::sentence(const Configuration& configuration) const {
  return are_majorities(configuration)
             ? std::string()
             : fmt::format("A quorum is any {} of the {} nodes for promises, and any {} for votes.",
                           phase1_quorum, configuration.node_count, phase2_quorum);
}

std::string PaxosOptions::cluster_text(const Configuration& configuration) const {
  return are_majorities(configuration)
             ? std::string()
             : fmt::format(" with quorums of {} and {}", phase1_quorum, phase2_quorum);
}

}  // namespace synod
