#include "properties/atomic_commit/paxos_commit.h"
#include "scenarios/atomic_commit_runner.h"
#include "scenarios/atomic_commit_setup.h"
#include "sim/settling.h"

namespace synod {
namespace {

struct PaxosCommitPart {
  using Words = atomic_commit::PaxosCommitWords;
  static constexpr bool are_participants_alike = false;  // any may lead, and ballots go by names
  static constexpr bool has_acceptors = true;

  static void fit(Configuration& configuration, const Luck& luck) {
    Draws draws(luck, Stream::transaction, 1);
    if (draws.chance({1, 4})) {  // fewer acceptors than nodes
      configuration.acceptor_count = 1 + 2 * draws.below((configuration.node_count + 1) / 2);
    }
  }
  static std::size_t acceptor_count(const Configuration& configuration) {
    return configuration.acceptor_count != 0
               ? configuration.acceptor_count
               : paxos_commit::acceptor_count_for(configuration.node_count);
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
};

}  // namespace

ProtocolEntry paxos_commit_entry() {
  return atomic_commit_entry<PaxosCommitPart>(
      "Paxos Commit: an instance of Paxos for each participant's vote; Gray and Lamport, Consensus "
      "on Transaction Commit");
}

}  // namespace synod
