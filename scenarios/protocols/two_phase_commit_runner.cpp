#include "properties/atomic_commit/two_phase_commit.h"
#include "scenarios/explore/ladder.h"
#include "scenarios/protocols/atomic_commit_setup.h"
#include "scenarios/run/registered_protocol.h"

namespace synod {
namespace {

struct TwoPhaseCommitPart {
  static constexpr std::string_view about =
      "two-phase commit with presumed abort; Bernstein, Hadzilacos and Goodman, 7.4";
  using Words = atomic_commit::TwoPhaseCommitWords;
  static constexpr bool are_participants_alike = true;
  using Options = AtomicCommitOptions;

  /// It bears every fault, so long as who is down comes back.
  static void fit(Configuration& /*configuration*/, const Luck& /*luck*/) {}
  static two_phase_commit::Config make_config(const Configuration& configuration,
                                              const Transaction& transaction) {
    two_phase_commit::Config config;
    config.transaction = transaction;
    // Time for there and back and for a write at either end, twice over.
    const Duration phase = configuration.delay.max * 2 + configuration.disk.max * 2;
    config.timing.votes = phase * 2 + Duration{20};
    config.timing.decision = config.timing.votes + configuration.delay.max;
    config.timing.resend = config.timing.votes;
    config.timing.catch_up = config.timing.decision * 3;
    return config;
  }
  /// Everybody is needed.
  static std::uint32_t survivor_count(const Configuration& /*configuration*/) { return 0; }
  static bool can_decide(const Configuration& /*configuration*/, NodeSet up) {
    return !up.is_empty();
  }
  /// The coordinator decides whomever it reaches, for votes that do not come are as good as noes;
  /// of the others, whom it can tell. Who only reaches others who know may be told by them, which
  /// nobody promises.
  static bool decides_amid_cuts(const Configuration& configuration, NodeId /*node*/,
                                NodeSet reached) {
    return reached.contains(Transaction::of(configuration.node_count, {}).coordinator);
  }
  static constexpr AmidCuts amid_cuts{&decides_amid_cuts, "reaches the coordinator both ways"};
  static std::vector<Rung> ladder(std::string_view /*breaks*/) {
    const ExploreBounds slow{
        .timeouts_max = 2, .requests = Requests::writes, .has_slow_writes = true};
    const ExploreBounds crash{.timeouts_max = 2, .crashes_max = 1, .restarts_max = 1};
    return {{cluster_of(2, 1), slow},     {cluster_of(2, 1), crash},
            {refusing_cluster(2), crash}, {cluster_of(3, 1), slow},
            {cluster_of(3, 1), crash},    {refusing_cluster(4), {.has_slow_writes = true}}};
  }
};

const RegisteredProtocol<AtomicCommitSetup<TwoPhaseCommitPart>> registered(2);

}  // namespace
}  // namespace synod
