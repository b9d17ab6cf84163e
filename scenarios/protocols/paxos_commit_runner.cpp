#include "properties/atomic_commit/paxos_commit.h"
#include "scenarios/explore/ladder.h"
#include "scenarios/protocols/atomic_commit_setup.h"
#include "scenarios/run/registered_protocol.h"
#include "sim/world/settling.h"

namespace synod {
namespace {

struct PaxosCommitPart {
  static constexpr std::string_view about =
      "Paxos Commit: an instance of Paxos for each participant's vote; Gray and Lamport, Consensus "
      "on Transaction Commit";
  using Words = atomic_commit::PaxosCommitWords;
  static constexpr bool are_participants_alike = false;  // any may lead, and ballots go by names
  using Options = PaxosCommitOptions;

  static void fit(Configuration& /*configuration*/, const Luck& /*luck*/) {}
  static std::size_t acceptor_count(const Configuration& configuration) {
    const std::uint32_t chosen = options_of<Options>(configuration).acceptor_count;
    return chosen != 0 ? chosen : paxos_commit::acceptor_count_for(configuration.node_count);
  }
  static paxos_commit::Config make_config(const Configuration& configuration,
                                          const Transaction& transaction) {
    paxos_commit::Config config;
    config.transaction = transaction;
    config.acceptors = QuorumSystem::majority(acceptor_count(configuration));
    config.timing =
        paxos_commit::timing_for(on_fastest_clock(configuration, configuration.delay.max),
                                 on_fastest_clock(configuration, configuration.disk.max));
    return config;
  }
  /// The smallest number among which there is a majority of the acceptors, whoever they are.
  static std::uint32_t survivor_count(const Configuration& configuration) {
    return configuration.node_count - static_cast<std::uint32_t>(acceptor_count(configuration) / 2);
  }
  static bool can_decide(const Configuration& configuration, NodeSet up) {
    const std::size_t count = acceptor_count(configuration);
    return (up & NodeSet::first(count)).size() > count / 2;
  }
  /// Any node may lead, and who exchanges messages with a majority of the acceptors decides: where
  /// the coordinator or a participant is out of reach, abort.
  static bool decides_amid_cuts(const Configuration& configuration, NodeId /*node*/,
                                NodeSet reached) {
    return can_decide(configuration, reached);
  }
  static constexpr AmidCuts amid_cuts{&decides_amid_cuts, "reaches most acceptors both ways"};
  static std::vector<Rung> ladder(std::string_view /*breaks*/) {
    std::vector<Rung> rungs;
    for (const std::uint32_t nodes : {2U, 3U}) {
      rungs.push_back({cluster_of(nodes, 1), {.timeouts_max = 1, .has_slow_writes = true}});
      rungs.push_back({refusing_cluster(nodes), {.timeouts_max = 1, .has_slow_writes = true}});
      rungs.push_back(
          {cluster_of(nodes, 1), {.timeouts_max = 1, .crashes_max = 1, .restarts_max = 1}});
    }
    rungs.push_back(
        {cluster_of(2, 2), {.crashes_max = 2, .restarts_max = 2, .requests = Requests::writes}});
    rungs.push_back({refusing_cluster(4), {.rounds_max = 1}});
    return rungs;
  }
};

const RegisteredProtocol<AtomicCommitSetup<PaxosCommitPart>> registered(4);

}  // namespace
}  // namespace synod
