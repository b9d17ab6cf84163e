// What the runner needs of any atomic-commit protocol (see protocol_runner.h). `Part` adds what is
// its own:
//
//   Words                                       see properties/atomic_commit/witness.h
//   Options                                     see scenarios/protocols/atomic_commit_options.h
//   fit(configuration, luck)                    keeps what is drawn inside the fault model
//   make_config(configuration, transaction)
//   survivor_count, can_decide, amid_cuts
//   are_participants_alike                      but for their names and votes
//   about, ladder(breaks)                       see scenarios/run/runner.h
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/atomic_commit.h"
#include "properties/atomic_commit/witness.h"
#include "properties/progress.h"
#include "scenarios/explore/ladder.h"
#include "scenarios/play/decision_clients.h"
#include "scenarios/play/planted.h"
#include "scenarios/protocols/atomic_commit_options.h"
#include "sim/world/reach.h"

namespace synod {

/// Clients of a commit protocol have nothing to read.
struct CommitClients : DecisionClients {
  static void each(std::uint32_t number, auto&& visit) {
    visit(Operation{OperationKind::write, {number}});
  }
};

template <class SomePart>
struct AtomicCommitSetup {
  using Part = SomePart;
  using Protocol = typename Part::Words::Protocol;
  using Options = typename Part::Options;
  using Witness = atomic_commit::Witness<typename Part::Words>;
  using Clients = CommitClients;
  static constexpr std::string_view about = Part::about;
  static constexpr const PropertyText& survivors_text = atomic_commit::termination_text;
  static constexpr bool nodes_restart = Part::Words::nodes_restart;

  Planted<Protocol> planted;

  static void fit(Configuration& configuration, const Luck& luck) {
    Part::fit(configuration, luck);
  }
  static auto make_config(const Configuration& configuration) {
    return Part::make_config(
        configuration,
        Transaction::of(configuration.node_count, options_of<Options>(configuration).refusing));
  }
  void start(Witness& witness, const typename Protocol::Config& config,
             const Configuration& configuration) const {
    witness.start(config.transaction, configuration.delay.max, configuration.disk.max,
                  planted.gives_up());
  }
  static NodeSet interchangeable(const Configuration& configuration) {
    return Part::are_participants_alike
               ? NodeSet::first(configuration.node_count) - NodeSet::only({0}) -
                     options_of<Options>(configuration).refusing
               : NodeSet();
  }
  /// What counts is what happened, and that its witness knows.
  static std::string outside_fault_model(const Configuration& /*configuration*/) { return {}; }
  static std::uint32_t survivor_count(const Configuration& configuration) {
    return Part::survivor_count(configuration);
  }
  static bool can_decide(const Configuration& configuration, NodeSet up) {
    return Part::can_decide(configuration, up);
  }
  static constexpr AmidCuts amid_cuts = Part::amid_cuts;
  static std::vector<Rung> ladder(std::string_view breaks) { return Part::ladder(breaks); }
};

/// For ladders: a cluster in which n2 votes no.
inline Configuration refusing_cluster(std::uint32_t nodes) {
  Configuration configuration = cluster_of(nodes, 1);
  options_in<AtomicCommitOptions>(configuration).refusing = NodeSet::only({1});
  return configuration;
}

}  // namespace synod
