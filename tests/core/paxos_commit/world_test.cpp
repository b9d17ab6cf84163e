// Paxos Commit in worlds: calm ones, ones in which everybody crashes at every moment, wild ones.
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "scenarios/play/decision_clients.h"
#include "sim/schedule/fair_schedule.h"
#include "sim/schedule/random_schedule.h"
#include "sim/world/engine.h"
#include "sim/world/swarm.h"
#include "tests/core/paxos_commit/fixture.h"

namespace synod::paxos_commit {
namespace {

using testing::Each;
using testing::ElementsAre;

/// Sees what nodes decide, and what they say to one another.
struct Watcher {
  std::vector<Value> decided;
  NodeSet knowing;
  std::vector<std::string> said;
  std::vector<std::string> broken;

  void on(const World<Protocol>& /*world*/, const Learned<Protocol>& learned) {
    decided.push_back(learned.value);
    knowing.insert(learned.node);
  }
  void on(const World<Protocol>& /*world*/, const Crashed& crashed) { knowing.erase(crashed.node); }
  void on(const World<Protocol>& /*world*/, const Broken& news) {
    broken.emplace_back(news.invariant);
  }
  void on(const World<Protocol>& /*world*/, const Sent<Protocol>& sent) {
    if (const auto* message = std::get_if<Message>(&sent.packet.payload)) {
      const std::string_view name =
          std::visit([]<class M>(const M&) { return std::string_view(M::name); }, *message);
      said.push_back(fmt::format("{} {} {}", sent.packet.from, name, sent.packet.to));
    }
  }
};

/// A world without faults, in which only some nodes' timers fire.
class Play {
 public:
  explicit Play(const Config& config)
      : config_(config), observers_(schedule_, watcher_), engine_(config_, observers_) {
    engine_.start(world_, config_.transaction.nodes().size(), 2);
  }
  // The engine and the observers refer to the object's own parts.
  Play(const Play&) = delete;
  Play& operator=(const Play&) = delete;
  Play(Play&&) = delete;
  Play& operator=(Play&&) = delete;
  ~Play() = default;

  void ask(NodeId node, const Request& request) { take(AskStep{node, request}); }
  void run(NodeSet active, std::size_t steps_max) {
    schedule_.start(world_, active);
    Step<Protocol> step;
    for (std::size_t i = 0;
         i < steps_max && watcher_.knowing != world_.nodes_up() && schedule_.try_next(world_, step);
         ++i) {
      timers_fired_ += std::holds_alternative<FireStep<Protocol>>(step.action) ? 1U : 0U;
      engine_.apply(world_, step);
    }
  }
  /// Only what is on their disks is left.
  void crash_everybody() {
    for (const NodeId node : world_.node_ids()) {
      take(CrashStep{node, 0, 0});
    }
    for (InFlight<Protocol>::Slot slot = 0; slot < world_.in_flight.slot_end(); ++slot) {
      if (world_.in_flight.holds(slot)) {
        take(DropStep<Protocol>{{world_.in_flight[slot], {slot}}});
      }
    }
  }
  void restart(NodeSet nodes) {
    for (const NodeId node : nodes) {
      take(RestartStep{{node}});
    }
  }
  [[nodiscard]] const Watcher& watcher() const { return watcher_; }
  [[nodiscard]] std::size_t timers_fired() const { return timers_fired_; }

 private:
  void take(const Action<Protocol>& action) { engine_.apply(world_, {world_.now, action}); }

  Config config_;
  FairSchedule<Protocol> schedule_;
  Watcher watcher_;
  Observers<FairSchedule<Protocol>, Watcher> observers_;
  Engine<Protocol, Observers<FairSchedule<Protocol>, Watcher>> engine_;
  World<Protocol> world_;
  std::size_t timers_fired_ = 0;
};

constexpr std::size_t steps_enough = 5000;

// GL, abstract: "The classic Two-Phase Commit algorithm is obtained as the special F = 0 case".
TEST(PaxosCommitWorld, WithOneAcceptorTheMessagesAreThoseOfTwoPhaseCommit) {
  Play play(cluster_of(3, 1));
  play.ask(n1, request(c1));
  play.run({}, steps_enough);
  EXPECT_THAT(play.watcher().said, ElementsAre("n1 vote_request n2", "n1 vote_request n3",
                                               "n2 accept n1", "n3 accept n1", "n1 accepted n1",
                                               "n1 accepted n1", "n1 decide n2", "n1 decide n3"));
  EXPECT_THAT(play.watcher().decided, ElementsAre(commit_value, commit_value, commit_value));
}

TEST(PaxosCommitWorld, CommitsWithoutFaultsAndWithoutTimers) {
  for (std::size_t node_count = 2; node_count <= node_count_max; ++node_count) {
    const std::size_t acceptors = acceptor_count_for(node_count);
    Play play(cluster_of(node_count, acceptors));
    play.ask(n2, request(c1));
    play.run({}, steps_enough);
    EXPECT_THAT(play.watcher().decided, testing::SizeIs(node_count));
    EXPECT_THAT(play.watcher().decided, Each(commit_value));
    const std::size_t participants = node_count - 1;  // Begin, requests, votes there and back
    EXPECT_LE(play.watcher().said.size(), 1 + participants * (2 + 2 * acceptors));
  }
}

TEST(PaxosCommitWorld, AbortsWhenAnyoneRefuses) {
  for (std::uint8_t refusing = 1; refusing < 5; ++refusing) {
    Play play(cluster_of(5, 5, NodeSet::only({refusing})));
    play.ask(n1, request(c1));
    play.run({}, steps_enough);
    EXPECT_THAT(play.watcher().decided, testing::SizeIs(5));
    EXPECT_THAT(play.watcher().decided, Each(abort_value));
  }
}

TEST(PaxosCommitWorld, HasAsManyAcceptorsAsAnOddNumberCanBe) {
  EXPECT_EQ(acceptor_count_for(1), 1U);
  EXPECT_EQ(acceptor_count_for(2), 1U);
  EXPECT_EQ(acceptor_count_for(3), 3U);
  EXPECT_EQ(acceptor_count_for(8), 7U);
  EXPECT_EQ(acceptor_count_for(9), 9U);
}

/// Everybody crashes after so many steps, then one node with just enough others is asked.
void expect_decision_after_crash(const Config& config, std::size_t steps, NodeSet survivors,
                                 NodeId asked) {
  SCOPED_TRACE(fmt::format("{} steps, then {} with {}", steps, asked, survivors));
  Play play(config);
  play.ask(n1, request(c1));
  play.run(config.transaction.nodes(), steps);
  play.crash_everybody();
  play.restart(survivors);
  play.ask(asked, request(c2));
  play.run(NodeSet::only(asked), steps_enough);
  ASSERT_TRUE(play.watcher().knowing.contains(asked));
  EXPECT_LE(play.timers_fired(), 4U);
  EXPECT_THAT(play.watcher().decided, Each(play.watcher().decided.front()));
  EXPECT_THAT(play.watcher().broken, testing::IsEmpty());
}

// GL, abstract: it "makes progress if at least F + 1 of them are working properly".
TEST(PaxosCommitWorld, AnyNodeDecidesAfterACrashOfAllAtAnyMomentWithAnyMajority) {
  for (const std::size_t node_count : {2U, 3U, 4U}) {
    const Config config = cluster_of(node_count, acceptor_count_for(node_count));
    for (std::uint16_t bits = 1; bits < 1U << node_count; ++bits) {
      const NodeSet survivors(bits);
      if (survivors.size() != node_count / 2 + 1) {
        continue;
      }
      for (const NodeId asked : survivors) {
        for (std::size_t steps = 0; steps < 60; ++steps) {
          expect_decision_after_crash(config, steps, survivors, asked);
        }
      }
    }
  }
}

TEST(PaxosCommitWorld, IsAtomicUnderRandomFaultsAndLiveOnceHealed) {
  std::size_t commits = 0;
  std::size_t aborts = 0;
  for (std::uint64_t seed = 1; seed <= 500; ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    const Configuration configuration = draw_configuration(Luck(seed));
    Config config =
        cluster_of(configuration.node_count, acceptor_count_for(configuration.node_count),
                   seed % 4 == 0 ? NodeSet::only(n2) : NodeSet());
    config.timing = timing_for(configuration.delay.max, configuration.disk.max);
    RandomSchedule<Protocol, DecisionClients> schedule;
    Watcher watcher;
    Observers observers(schedule, watcher);
    Engine<Protocol, decltype(observers)> engine(config, observers);
    World<Protocol> world;
    schedule.start(configuration, seed);
    engine.start(world, configuration.node_count, configuration.client_count);
    for (Step<Protocol> step; schedule.try_next(world, step);) {
      ASSERT_TRUE(engine.apply(world, step));
    }
    using End = RandomSchedule<Protocol, DecisionClients>::End;
    EXPECT_NE(schedule.end(), End::unsettled);
    EXPECT_NE(schedule.end(), End::out_of_steps);
    EXPECT_THAT(watcher.broken, testing::IsEmpty());
    if (!watcher.decided.empty()) {
      const Value decision = watcher.decided.front();
      ASSERT_THAT(watcher.decided, Each(decision));
      ASSERT_TRUE(decision == abort_value || config.transaction.refusing.is_empty());
      ++(decision == commit_value ? commits : aborts);
    }
  }
  EXPECT_GT(commits, 50U);
  EXPECT_GT(aborts, 50U);
}

}  // namespace
}  // namespace synod::paxos_commit
