#include <array>

#include "properties/atomic_commit/three_phase_commit.h"
#include "scenarios/explore/ladder.h"
#include "scenarios/protocols/atomic_commit_setup.h"
#include "scenarios/run/registered_protocol.h"

namespace synod {
namespace {

struct ThreePhaseCommitPart {
  static constexpr std::string_view about =
      "three-phase commit, for fail-stop nodes and true time-outs; Skeen, Nonblocking Commit "
      "Protocols";
  using Words = atomic_commit::ThreePhaseCommitWords;
  static constexpr bool are_participants_alike = false;  // they take over in the order of names
  using Options = AtomicCommitOptions;

  /// Fail-stop nodes and true time-outs: crashes for good, and nothing else but doubled messages.
  static void fit(Configuration& c, const Luck& luck) {
    c.tail = c.slow_links = c.slow_kinds = c.drop = c.slow_write = {};
    c.cut_interval = c.hold_interval = c.pause_interval = c.skew_interval = {};
    c.crash_forever = {1, 1};
    c.ending = Ending::survivors;
    // A node crashes once at most. Where writes choose the moment, little else should; where none
    // does, most runs are to see some crash while there is much to lose.
    Draws draws(luck, Stream::transaction, 1);
    const bool has_crashes = c.crash_interval.max.ticks > 0;
    if (!c.crash_at_write.is_zero() || (!has_crashes && draws.chance({7, 8}))) {
      constexpr std::array<Ratio, 4> rates = {{{1, 12}, {1, 8}, {1, 5}, {1, 4}}};
      c.crash_at_write = rates[draws.below(rates.size())];
      c.crash_mid_effects = {1, 2};
      c.crashed_max = 1 + draws.below(c.node_count);
      const std::uint64_t every = 20 + draws.below(100);
      c.crash_interval = {{every}, {every * 4}};
    } else if (has_crashes) {
      const std::uint64_t every = 1 + draws.below(40);
      c.crash_interval = {{every}, {every * 4}};
    }
  }
  static three_phase_commit::Config make_config(const Configuration& configuration,
                                                const Transaction& transaction) {
    three_phase_commit::Config config;
    config.transaction = transaction;
    config.timing.hop = configuration.delay.max + configuration.disk.max;
    config.timing.catch_up = config.timing.hop * 20;
    return config;
  }
  static std::uint32_t survivor_count(const Configuration& /*configuration*/) { return 0; }
  static bool can_decide(const Configuration& /*configuration*/, NodeSet up) {
    return !up.is_empty();
  }
  /// It takes whom it does not hear for dead: with a cut it promises nothing at all.
  static constexpr AmidCuts amid_cuts{};
  /// Time-outs tell the truth: with others, the correct protocol breaks as well.
  static std::vector<Rung> ladder(std::string_view /*breaks*/) {
    const auto crashes = [](std::uint32_t count) {
      return ExploreBounds{.timeouts_max = ExploreBounds::unlimited,
                           .crashes_max = count,
                           .timeouts = Timeouts::truth,
                           .has_slow_writes = true};
    };
    ExploreBounds broken_broadcasts = crashes(2);
    broken_broadcasts.crash_effects_max =
        4;  // some of those told have heard, and the rest have not
    return {{cluster_of(2, 1), crashes(1)}, {cluster_of(3, 1), crashes(1)},
            {cluster_of(3, 1), crashes(2)}, {refusing_cluster(4), crashes(0)},
            {cluster_of(4, 1), crashes(2)}, {cluster_of(3, 1), broken_broadcasts}};
  }
};

const RegisteredProtocol<AtomicCommitSetup<ThreePhaseCommitPart>> registered(3);

}  // namespace
}  // namespace synod
