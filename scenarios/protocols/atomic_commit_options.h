// What can be chosen about a transaction besides what can about every protocol's runs: who votes
// no, and with Paxos Commit, who accepts.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/world/configuration.h"
#include "sim/world/declared_options.h"

namespace synod {

struct AtomicCommitOptions {
  NodeSet refusing;

  static constexpr void fields(auto& self, auto&& visit) {
    visit(
        OptionText{.name = "refusing", .about = "The participants (all nodes but n1) that vote no"},
        self.refusing);
  }

  [[nodiscard]] std::string complaint(const Configuration& configuration) const;
  /// Most often nobody, or one; now and then some, which may be all.
  void draw(const Configuration& configuration, const OptionLuck& luck);
  void draw_uniform(const Configuration& configuration, const Luck& luck);
  [[nodiscard]] std::string cluster_text(const Configuration& configuration) const;
};

struct PaxosCommitOptions : AtomicCommitOptions {
  std::uint32_t acceptor_count = 0;

  static constexpr void fields(auto& self, auto&& visit) {
    AtomicCommitOptions::fields(self, visit);
    visit(OptionText{.name = "acceptor_count",
                     .about = "How many nodes are acceptors: an odd number, or 0 for as many as "
                              "there are",
                     .max = node_count_max},
          self.acceptor_count);
  }

  [[nodiscard]] std::string complaint(const Configuration& configuration) const;
  void draw(const Configuration& configuration, const OptionLuck& luck);
  void draw_uniform(const Configuration& configuration, const Luck& luck);
  [[nodiscard]] std::vector<PaxosCommitOptions> with_a_node_less(
      const Configuration& configuration) const;
  [[nodiscard]] std::string cluster_text(const Configuration& configuration) const;
};

}  // namespace synod
