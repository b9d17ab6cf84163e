// What the runner needs of Paxos (see protocol_runner.h).
#pragma once

#include <algorithm>
#include <string>

#include "core/paxos/node.h"
#include "properties/paxos/witness.h"
#include "properties/progress.h"
#include "scenarios/play/decision_clients.h"
#include "scenarios/play/planted.h"
#include "scenarios/protocols/paxos_options.h"
#include "sim/world/configuration.h"
#include "sim/world/reach.h"
#include "sim/world/settling.h"

namespace synod {

struct PaxosSetup {
  using Protocol = paxos::Protocol;
  using Witness = paxos::Witness;
  using Clients = DecisionClients;
  using Options = PaxosOptions;

  static constexpr const PropertyText& survivors_text = progress_text;
  static constexpr bool nodes_restart = true;

  Planted<Protocol> planted;

  static void fit(Configuration& /*configuration*/, const Luck& /*luck*/) {}
  static std::uint32_t survivor_count(const Configuration& configuration) {
    const auto options = options_of<Options>(configuration);
    return std::max(options.phase1_quorum, options.phase2_quorum);
  }
  static std::string outside_fault_model(const Configuration& configuration) {
    const bool must_meet = options_of<Options>(configuration).must_meet(configuration);
    return must_meet ? "" : "its quorums can miss each other";
  }
  static bool can_decide(const Configuration& configuration, NodeSet up) {
    return up.size() >= survivor_count(configuration);
  }
  /// Who exchanges messages with a quorum for promises and one for votes runs ballots of its own,
  /// whoever else is out of its reach; rivals that only others reach are refused sooner or later.
  static bool decides_amid_cuts(const Configuration& configuration, NodeId /*node*/,
                                NodeSet reached) {
    return can_decide(configuration, reached);
  }
  static constexpr AmidCuts amid_cuts{&decides_amid_cuts, "reaches a quorum both ways"};

  /// Acceptors that propose nothing: ballots, which are ordered by node too, are never theirs.
  static NodeSet interchangeable(const Configuration& configuration) {
    return NodeSet::first(configuration.node_count);
  }

  [[nodiscard]] paxos::Config make_config(const Configuration& configuration) const {
    const auto options = options_of<Options>(configuration);
    paxos::Config config;
    config.quorums = {static_cast<std::uint8_t>(configuration.node_count),
                      static_cast<std::uint8_t>(options.phase1_quorum),
                      static_cast<std::uint8_t>(options.phase2_quorum)};
    config.timing = paxos::timing_for(configuration.delay.max, configuration.disk.max,
                                      usual_phase(configuration));
    return config;
  }
  void start(Witness& witness, const paxos::Config& config,
             const Configuration& /*configuration*/) const {
    witness.start(config.quorums, planted.gives_up());
  }
};

}  // namespace synod
