// Runs of three-phase commit in its own fault model: synchronous and fail-stop. Nodes stop for ever
// between any two effects; nothing is lost on the way to a node that is up, and nothing takes
// longer than a hop. The simulator's own engine plays them; who stops where is counted through.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/text.h"
#include "core/three_phase_commit/node.h"
#include "sim/luck.h"
#include "sim/world/engine.h"

namespace synod::three_phase_commit {

/// How long everything takes: for each message and write either no time at all or all that the
/// model grants, by a draw; for those are what races are made of.
struct Pace {
  static constexpr std::uint64_t delay_max = 3;
  static constexpr std::uint64_t disk_max = 2;
  static constexpr Timing timing{.hop = {delay_max + disk_max}, .catch_up = {400}};

  std::uint64_t seed = 0;          ///< 0: everything takes as long as it may
  bool are_timers_first = false;   ///< of what is due at one moment
  std::uint8_t writes_kept = 255;  ///< of those that are under way when a node stops

  [[nodiscard]] bool is_slow(std::uint64_t number) const {
    return seed == 0 || (mix(seed * 1000003 + number) & 1U) != 0;
  }
};

struct Case {
  std::size_t node_count = 3;
  NodeSet refusing;
  NodeId asked;  ///< by a client, as the run starts
  Pace pace;
  /// Each node stops before this effect of its own, counted from 0; never, when none.
  std::array<std::optional<std::uint8_t>, node_count_max> stops{};
};

inline std::string described(const Case& one) {
  std::string text =
      fmt::format("{} nodes, refusing {}, {} asked, seed {}, timers {}, {} kept", one.node_count,
                  to_text(one.refusing), to_text(one.asked), one.pace.seed,
                  one.pace.are_timers_first ? "first" : "last", one.pace.writes_kept);
  for (const NodeId node : NodeSet::first(one.node_count)) {
    if (const auto stop = one.stops[node.index]) {
      text += fmt::format(", {} stops before effect {}", to_text(node), *stop);
    }
  }
  return text;
}

/// What came of a run.
struct Result {
  NodeSet committed;  ///< on disk, the disks of the dead included
  NodeSet aborted;
  NodeSet voted_yes;
  NodeSet dead;
  NodeSet undecided;                 ///< of those alive at the end
  bool is_known_to_nobody = false;   ///< nobody alive has ever heard of the transaction
  std::set<std::string> complaints;  ///< about how it went: see FailStopRun

  [[nodiscard]] bool is_atomic() const { return committed.is_empty() || aborted.is_empty(); }
  [[nodiscard]] bool is_commit_valid(NodeSet participants) const {
    return committed.is_empty() || voted_yes == participants;
  }
};

class FailStopRun {
 public:
  explicit FailStopRun(const Case& one, const Rules& rules = {})
      : case_(one),
        config_{Transaction::of(one.node_count, one.refusing), rules, Pace::timing},
        engine_(config_, *this) {}

  Result run() {
    engine_.start(world_, case_.node_count, 1);
    for (const NodeId node : world_.node_ids()) {
      if (const auto stop = case_.stops[node.index]) {
        engine_.apply(world_, {world_.now, CrashStep{node, *stop, case_.pace.writes_kept}});
      }
    }
    const Request request{{ClientId{0}, 1}, {OperationKind::read, {}}};
    engine_.apply(world_, {world_.now, AskStep{case_.asked, request}});
    constexpr Time end{2000};
    for (std::optional<Due> next = next_due(); next && next->at <= end; next = next_due()) {
      engine_.apply(world_, {next->at, next->action});
    }
    return result();
  }

  // What it watches.

  void on(const World<Protocol>& world, const Sent<Protocol>& sent) {
    if (arrivals_.size() <= sent.slot) {
      arrivals_.resize(sent.slot + 1U);
    }
    const bool is_slow = case_.pace.is_slow(draws_++) && sent.packet.from != sent.packet.to;
    arrivals_[sent.slot] = {world.now.ticks + (is_slow ? Pace::delay_max : 0)};
    const auto* message = std::get_if<Message>(&sent.packet.payload);
    if (message != nullptr && std::holds_alternative<StateRequest>(*message)) {
      check_takeover(world, sent.packet.from.node());
    }
  }
  void on(const World<Protocol>& world, const WriteIssued& issued) {
    Time& free = disk_free_[issued.node.index];
    const bool is_slow = case_.pace.is_slow(draws_++);
    free = std::max(free, Time{world.now.ticks + (is_slow ? Pace::disk_max : 0)});
    writes_.push_back({issued.node, issued.number, free});
  }
  void on(const World<Protocol>& /*world*/, const Stored<Protocol>& stored) {
    const State before = stored.before.state;
    const State after = stored.after.state;
    if (is_decided(before) && after != before) {
      result_.complaints.insert("a decision on disk has changed");
    }
    if (after == State::waiting) {
      result_.voted_yes.insert(stored.node);
    }
    if (after == State::committed) {
      result_.committed.insert(stored.node);
    }
    if (after == State::aborted) {
      result_.aborted.insert(stored.node);
    }
  }
  void on(const World<Protocol>& world, const Learned<Protocol>& learned) {
    if (value_of(decision_of(world[learned.node].disk.state)) != learned.value) {
      result_.complaints.insert("a node has learned what is not on its disk");
    }
  }
  void on(const World<Protocol>& /*world*/, const Broken& broken) {
    result_.complaints.insert(broken.invariant);
  }
  void on(const World<Protocol>& /*world*/, const auto& /*event*/) {}

 private:
  struct Write {
    NodeId node;
    std::uint32_t number = 0;
    Time due;
  };
  struct Due {
    Time at;
    Action<Protocol> action;
  };

  /// The lemma of timing.h: everyone with a lower id is dead, or has decided, or has no vote; and
  /// nothing that one of them sent is still on its way.
  void check_takeover(const World<Protocol>& world, NodeId leader) {
    for (const NodeId node : world.node_ids()) {
      const State state = world[node].disk.state;
      if (node < leader && world[node].is_up && state != State::initial && !is_decided(state)) {
        result_.complaints.insert("two at a time lead");
      }
    }
    for (std::uint16_t slot = 0; slot < world.in_flight.slot_end(); ++slot) {
      if (!world.in_flight.holds(slot)) {
        continue;
      }
      const Packet<Protocol>& packet = world.in_flight[slot];
      const auto* message = std::get_if<Message>(&packet.payload);
      if (message != nullptr && packet.from.node() < leader && packet.to.node() >= leader &&
          world[packet.to.node()].is_up && is_word(*message)) {
        result_.complaints.insert("a leader's word comes after its successor has taken over");
      }
    }
  }
  static bool is_word(const Message& message) {
    return std::holds_alternative<VoteRequest>(message) ||
           std::holds_alternative<PreCommit>(message) ||
           std::holds_alternative<StateRequest>(message);
  }

  [[nodiscard]] std::optional<Due> next_due() const {
    std::optional<Due> next;
    const auto offer = [&](Time at, const Action<Protocol>& action) {
      if (!next || at < next->at) {
        next = Due{std::max(at, world_.now), action};
      }
    };
    if (case_.pace.are_timers_first) {
      offer_timers(offer);
    }
    for (std::uint16_t slot = 0; slot < world_.in_flight.slot_end(); ++slot) {
      if (!world_.in_flight.holds(slot)) {
        continue;
      }
      const Packet<Protocol>& packet = world_.in_flight[slot];
      if (packet.to.is_node() && !world_[packet.to.node()].is_up) {
        return Due{world_.now, DropStep<Protocol>{{packet, {slot}}}};
      }
      offer(arrivals_[slot], DeliverStep<Protocol>{{packet, {slot}}});
    }
    for (const PendingWrite<Protocol>& pending : world_.writes) {
      const auto write = std::find_if(writes_.begin(), writes_.end(), [&](const Write& w) {
        return w.node == pending.node && w.number == pending.number;
      });
      offer(write->due, FinishWriteStep{pending.node});
    }
    if (!case_.pace.are_timers_first) {
      offer_timers(offer);
    }
    return next;
  }
  void offer_timers(const auto& offer) const {
    for (const NodeId node : world_.node_ids()) {
      for (std::size_t i = 0; i < timer_count; ++i) {
        const ArmedTimer& timer = world_[node].timers[i];
        if (timer.is_armed) {
          offer(Time{static_cast<std::uint64_t>(timer.earliest.ticks)},
                FireStep<Protocol>{node, static_cast<Timer>(i)});
        }
      }
    }
  }

  [[nodiscard]] Result result() const {
    Result result = result_;
    result.is_known_to_nobody = true;
    for (const NodeId node : world_.node_ids()) {
      const State state = world_[node].disk.state;
      if (!world_[node].is_up) {
        result.dead.insert(node);
      } else if (!is_decided(state)) {
        result.undecided.insert(node);
      }
      result.is_known_to_nobody &= !world_[node].is_up || state == State::initial;
    }
    return result;
  }

  Case case_;
  Config config_;
  Engine<Protocol, FailStopRun> engine_;
  World<Protocol> world_;
  std::vector<Time> arrivals_;  ///< by slot
  std::vector<Write> writes_;
  std::array<Time, node_count_max> disk_free_{};
  std::uint64_t draws_ = 0;
  Result result_;
};

/// Plays a case with every choice of at most `stops_max` nodes that stop, each before every effect
/// of its own that it comes to. `look(case, result)` returns false to end the search.
class EveryStop {
 public:
  using Look = std::function<bool(const Case&, const Result&)>;

  EveryStop(std::size_t stops_max, Rules rules, Look look)
      : stops_max_(stops_max), rules_(rules), look_(std::move(look)) {}

  /// Returns false when the search was ended.
  bool search(Case one) {
    one.stops = {};
    explore(one, {0}, stops_max_);
    return !is_ended_;
  }
  [[nodiscard]] std::uint64_t run_count() const { return run_count_; }

 private:
  /// Returns who stopped in any of the runs.
  NodeSet explore(Case& one, NodeId node, std::size_t stops_left) {
    if (node.index == one.node_count) {
      const Result result = FailStopRun(one, rules_).run();
      ++run_count_;
      is_ended_ = is_ended_ || !look_(one, result);
      return result.dead;
    }
    const NodeId next{static_cast<std::uint8_t>(node.index + 1U)};
    NodeSet dead = explore(one, next, stops_left);
    if (stops_left > 0) {
      bool has_stopped = true;  // a node that lived through fewer effects than that is not asked
      for (std::uint8_t effect = 0; has_stopped && !is_ended_; ++effect) {
        one.stops[node.index] = effect;
        const NodeSet dead_now = explore(one, next, stops_left - 1);
        has_stopped = dead_now.contains(node);
        dead = dead | dead_now;
      }
      one.stops[node.index] = std::nullopt;
    }
    return dead;
  }

  std::size_t stops_max_;
  Rules rules_;
  Look look_;
  std::uint64_t run_count_ = 0;
  bool is_ended_ = false;
};

}  // namespace synod::three_phase_commit
