// What can be chosen about a run of Paxos besides what can about every protocol's: its quorums, and
// which of its clients' operations are reads.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/world/configuration.h"
#include "sim/world/declared_options.h"

namespace synod {

struct PaxosOptions {
  std::uint32_t phase1_quorum = 2;
  std::uint32_t phase2_quorum = 2;
  std::uint32_t quorums_may_miss = 0;
  Ratio reads;
  Ratio quorum_reads;

  static constexpr void fields(auto& self, auto&& visit) {
    visit(OptionText{.name = "phase1_quorum",
                     .about = "Nodes in a quorum that promises",
                     .min = 1,
                     .max = node_count_max},
          self.phase1_quorum);
    visit(OptionText{.name = "phase2_quorum",
                     .about = "Nodes in a quorum that chooses",
                     .min = 1,
                     .max = node_count_max},
          self.phase2_quorum);
    visit(OptionText{.name = "quorums_may_miss",
                     .about = "1: phase-1 and phase-2 quorums need not meet, which is outside the "
                              "fault model",
                     .max = 1},
          self.quorums_may_miss);
    visit(OptionText{.name = "reads",
                     .about = "Of operations, reads through the protocol",
                     .part = OptionPart::workload},
          self.reads);
    visit(OptionText{.name = "quorum_reads",
                     .about = "Of operations, quorum reads",
                     .part = OptionPart::workload},
          self.quorum_reads);
  }

  /// Majorities.
  static constexpr PaxosOptions for_nodes(std::uint32_t node_count) {
    PaxosOptions options;
    options.phase1_quorum = options.phase2_quorum = node_count / 2 + 1;
    return options;
  }

  /// As everybody expects who reads of a run.
  [[nodiscard]] bool are_majorities(const Configuration& configuration) const;
  [[nodiscard]] bool must_meet(const Configuration& configuration) const;

  [[nodiscard]] std::string complaint(const Configuration& configuration) const;
  void draw(const Configuration& configuration, const OptionLuck& luck);
  void draw_uniform(const Configuration& configuration, const Luck& luck);
  /// With quorums that are majorities if they were; else with any others that are not larger and
  /// meet if they did.
  [[nodiscard]] std::vector<PaxosOptions> with_a_node_less(
      const Configuration& configuration) const;
  /// Any quorums that meet and are no larger than that takes; none for quorums that can miss each
  /// other.
  [[nodiscard]] std::vector<PaxosOptions> others(const Configuration& configuration) const;
  /// About quorums that are not majorities.
  [[nodiscard]] std::string sentence(const Configuration& configuration) const;
  [[nodiscard]] std::string cluster_text(const Configuration& configuration) const;
};

}  // namespace synod
