// What the tests of `sim` and `properties` share: a small world to act on by hand, whole random
// runs, and watchers that keep what an observer is told.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <variant>
#include <vector>

#include "core/paxos/node.h"
#include "properties/paxos/witness.h"
#include "scenarios/play/decision_clients.h"
#include "scenarios/protocols/paxos_options.h"
#include "sim/schedule/fair_schedule.h"
#include "sim/schedule/random_schedule.h"
#include "sim/world/configuration.h"
#include "sim/world/engine.h"
#include "sim/world/run_hash.h"
#include "sim/world/swarm.h"
#include "sim/world/world.h"

namespace synod::sim_testing {

using P = paxos::Protocol;
using End = RandomSchedule<P, DecisionClients>::End;

inline constexpr NodeId n1{0};
inline constexpr NodeId n2{1};
inline constexpr NodeId n3{2};
inline constexpr ClientId c1{0};
inline constexpr ClientId c2{1};
inline constexpr Value red{1};
inline constexpr Value blue{2};
inline constexpr Value green{3};

inline Request write_of(ClientId client, std::uint16_t number, Value value) {
  return {{client, number}, {OperationKind::write, value}};
}
inline Request read_of(ClientId client, std::uint16_t number) {
  return {{client, number}, {OperationKind::read, {}}};
}
inline Packet<P> packet(NodeId from, NodeId to, const paxos::Message& message) {
  return {Endpoint::of(from), Endpoint::of(to), message};
}
inline Packet<P> packet(NodeId to, const Request& request) {
  return {Endpoint::of(request.id.client), Endpoint::of(to), request};
}
inline Packet<P> packet(NodeId from, const Answer& answer) {
  return {Endpoint::of(from), Endpoint::of(answer.id.client), answer};
}
inline EndpointSet nodes(NodeSet set) { return EndpointSet::of(set); }
inline EndpointSet only(NodeId node) { return EndpointSet::of(NodeSet::only(node)); }

/// The place of a kind of step in the list of all kinds: `count_of<DropStep<P>>(...)`.
template <class S>
constexpr std::size_t kind_of() {
  return Action<P>(std::in_place_type<S>).index();
}

/// Keeps everything that an observer is told.
struct Recorder {
  std::vector<Step<P>> steps;
  std::vector<Packet<P>> sent;
  std::vector<Request> called;
  std::vector<Returned<P>> returned;
  std::vector<Crashed> crashed;
  std::vector<NodeId> restarted;
  std::vector<Learned<P>> learned;
  std::array<std::uint64_t, step_kind_count> step_counts{};

  template <class S>
  [[nodiscard]] std::uint64_t count_of() const {
    return step_counts[kind_of<S>()];
  }

  void on(const World<P>& /*world*/, const Applied<P>& applied) {
    steps.push_back(applied.step);
    ++step_counts[applied.step.action.index()];
  }
  void on(const World<P>& /*world*/, const Sent<P>& event) { sent.push_back(event.packet); }
  void on(const World<P>& /*world*/, const Called<P>& event) { called.push_back(event.request); }
  void on(const World<P>& /*world*/, const Returned<P>& event) { returned.push_back(event); }
  void on(const World<P>& /*world*/, const Crashed& event) { crashed.push_back(event); }
  void on(const World<P>& /*world*/, const Restarted& event) { restarted.push_back(event.node); }
  void on(const World<P>& /*world*/, const Learned<P>& event) { learned.push_back(event); }
};

/// A world to act on step by step. The properties watch all the while.
class Lab {
 public:
  explicit Lab(std::size_t node_count = 3, std::size_t client_count = 1,
               const paxos::Rules& rules = {})
      : observers_(seen, witness), engine_(config, observers_) {
    config.quorums = QuorumSystem::majority(node_count);
    config.rules = rules;
    witness.start(config.quorums);
    engine_.start(world, node_count, client_count);
  }

  /// At the world's own time, unless a later one is given.
  bool apply(const Action<P>& action, Time at = {}) { return engine_.apply(world, {at, action}); }

  bool ask(NodeId to, const Request& request) { return apply(AskStep{to, request}); }
  bool deliver(const Packet<P>& packet, SlotHint hint = {}) {
    return apply(DeliverStep<P>{{packet, hint}});
  }
  bool drop(const Packet<P>& packet) { return apply(DropStep<P>{{packet, {}}}); }
  bool duplicate(const Packet<P>& packet) { return apply(DuplicateStep<P>{{packet, {}}}); }
  bool finish_write(NodeId node) { return apply(FinishWriteStep{node}); }
  bool crash(NodeId node, std::uint8_t after_effects = 0, std::uint8_t writes_kept = 0) {
    return apply(CrashStep{node, after_effects, writes_kept});
  }
  bool restart(NodeId node) { return apply(RestartStep{{node}}); }

  /// A client asks, the node hears it and writes down its ballot: its prepares leave.
  void begin_ballot(NodeId proposer, const Request& request) {
    ask(proposer, request);
    deliver(packet(proposer, request));
    finish_write(proposer);
  }
  /// A message arrives, and what its receiver wrote is durable.
  bool deliver_and_store(const Packet<P>& packet) {
    const bool has_arrived = deliver(packet);
    finish_write(packet.to.node());
    return has_arrived;
  }

  [[nodiscard]] std::size_t count_in_flight(const Packet<P>& packet) const {
    std::size_t count = 0;
    for (InFlight<P>::Slot slot = 0; slot < world.in_flight.slot_end(); ++slot) {
      count += world.in_flight.holds(slot) && world.in_flight[slot] == packet ? 1U : 0U;
    }
    return count;
  }

  /// Fault-free from here on, until nothing is left to do. Returns false if that takes too long.
  bool run_fairly(NodeSet active, int steps_max = 10000) {
    FairSchedule<P> schedule;
    Observers observers(seen, witness, schedule);
    Engine<P, decltype(observers)> engine(config, observers);
    schedule.start(world, active);
    Step<P> step;
    while (steps_max-- > 0) {
      if (!schedule.try_next(world, step)) {
        return true;
      }
      engine.apply(world, step);
    }
    return false;
  }
  bool run_fairly() { return run_fairly(world.node_ids()); }

  /// Everybody is up, running and connected.
  void repair() {
    for (const NodeId node : world.node_ids()) {
      apply(ResumeStep{{node}});
      restart(node);
    }
    apply(HealStep{{EndpointSet::all(), EndpointSet::all()}});
  }

  World<P> world;
  Recorder seen;
  paxos::Witness witness;
  paxos::Config config;

 private:
  Observers<Recorder, paxos::Witness> observers_;
  Engine<P, Observers<Recorder, paxos::Witness>> engine_;
};

inline Configuration draw_paxos(std::uint64_t seed) {
  return draw_configuration(Luck(seed), declared_options<PaxosOptions>());
}

/// The configuration's quorums, and an attempt that outlasts a round trip.
inline paxos::Config config_for(const Configuration& c, const paxos::Rules& rules = {}) {
  const auto options = options_of<PaxosOptions>(c);
  paxos::Config config;
  config.quorums = {static_cast<std::uint8_t>(c.node_count),
                    static_cast<std::uint8_t>(options.phase1_quorum),
                    static_cast<std::uint8_t>(options.phase2_quorum)};
  config.rules = rules;
  config.timing.attempt = {c.delay.max.ticks * 4 + c.disk.max.ticks * 2 + 20};
  return config;
}

/// A run drawn from a seed, watched by the properties and by `watchers`. Its objects serve for any
/// number of runs, one after the other.
template <class... Watchers>
class RandomRun {
 public:
  explicit RandomRun(Watchers&... watchers)
      : observers_(schedule, witness, hash, watchers...), engine_(config, observers_) {}

  void start(const Configuration& configuration, std::uint64_t seed,
             const paxos::Rules& rules = {}) {
    config = config_for(configuration, rules);
    witness.start(config.quorums);
    hash.start();
    refused_steps = 0;
    schedule.start(configuration, seed);
    engine_.start(world, configuration.node_count, configuration.client_count);
  }
  /// Returns false when the run is over, or something was found.
  bool try_step() {
    if (witness.findings().has_any() || !schedule.try_next(world, step)) {
      return false;
    }
    refused_steps += engine_.apply(world, step) ? 0 : 1;
    return true;
  }
  void finish() {
    while (try_step()) {
    }
  }
  void run(const Configuration& configuration, std::uint64_t seed, const paxos::Rules& rules = {}) {
    start(configuration, seed, rules);
    finish();
  }
  /// The seed draws the configuration too.
  void run(std::uint64_t seed, const paxos::Rules& rules = {}) {
    run(draw_paxos(seed), seed, rules);
  }
  /// Takes over another run where it stands.
  template <class Other>
  void copy_from(const Other& other) {
    config = other.config;
    world = other.world;
    schedule = other.schedule;
    witness = other.witness;
    hash = other.hash;
    step = other.step;
    refused_steps = other.refused_steps;
  }
  [[nodiscard]] std::uint64_t count(Fault fault) const {
    return schedule.fault_counts()[static_cast<std::size_t>(fault)];
  }

  World<P> world;
  RandomSchedule<P, DecisionClients> schedule;
  paxos::Witness witness;
  RunHash<P> hash;
  paxos::Config config;
  Step<P> step;
  int refused_steps = 0;  ///< a schedule's own steps always apply, so this stays 0

 private:
  using All =
      Observers<RandomSchedule<P, DecisionClients>, paxos::Witness, RunHash<P>, Watchers...>;
  All observers_;
  Engine<P, All> engine_;
};

}  // namespace synod::sim_testing
