// A node loses everything but its disk, at once or between two effects of what it does next, and
// restarts from its disk. Of its unfinished writes, some may reach the disk all the same.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <concepts>
#include <string>

#include "core/ids.h"
#include "core/text.h"
#include "sim/ending.h"
#include "sim/faults/fault.h"
#include "sim/faults/trouble.h"
#include "sim/mix.h"

namespace synod {

struct Crashed;
struct Restarted;
struct WriteIssued;

struct RestartStep;

/// The node loses everything but its disk: just before its next effect but `after_effects`, or at
/// once when that is 0. Effects are: a write issued, a message sent, a timer set or cancelled, an
/// answer given, a decision learned; a message held for the disk counts when it leaves. Of the
/// unfinished writes, the first `writes_kept` reach the disk all the same.
struct CrashStep {
  static constexpr std::string_view name = "crash";
  NodeId node;
  std::uint8_t after_effects = 0;
  std::uint8_t writes_kept = 0;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("node", self.node);
    visit("after_effects", self.after_effects);
    visit("writes_kept", self.writes_kept);
  }
  bool operator==(const CrashStep&) const = default;

  [[nodiscard]] std::string text() const {
    return after_effects == 0 ? fmt::format("{} crashes", node)
                              : fmt::format("{} is going to crash after {} more effect{}", node,
                                            after_effects, after_effects == 1 ? "" : "s");
  }
  void simpler(const auto& add) const {
    if (after_effects > 0) {
      add(CrashStep{node, 0, writes_kept});
    }
    if (after_effects > 1) {
      add(CrashStep{node, static_cast<std::uint8_t>(after_effects - 1), writes_kept});
    }
    if (writes_kept > 0) {
      add(CrashStep{node, after_effects, static_cast<std::uint8_t>(writes_kept - 1)});
    }
  }
  [[nodiscard]] RestartStep undone() const;
};

/// The node starts anew, from its disk alone.
struct RestartStep {
  static constexpr std::string_view name = "restart";
  NodeId node;
  static constexpr void fields(auto& self, auto&& visit) { visit("node", self.node); }
  bool operator==(const RestartStep&) const = default;

  [[nodiscard]] std::string text() const { return fmt::format("{} restarts from its disk", node); }
};

inline RestartStep CrashStep::undone() const { return {node}; }

namespace faults {

struct Crash {
  enum Kind : std::uint8_t { crash, forever, mid_effects, lose_write, keep_write };
  static constexpr std::array<NamedText, 5> kinds = {
      {{"crash", "a node loses everything but its disk"},
       {"crash_forever", "… and is never restarted"},
       {"crash_mid_effects", "… between two effects: after the write, before the send"},
       {"lose_write", "a write that had not finished when its node crashed is lost"},
       {"keep_write",
        "a write that had not finished when its node crashed is durable all the same"}}};

  /// One after every `crash_interval` (0 to 0 is never), restarted after `crash_duration`.
  struct Fields {
    DurationRange crash_interval;
    DurationRange crash_duration{{20}, {200}};
    Ratio crash_at_write;      ///< of writes, their node crashes as what waited for them leaves
    Ratio crash_mid_effects;   ///< of crashes, between two effects of what the node does next
    Ratio crash_keeps_writes;  ///< of crashes, let some unfinished writes reach the disk
    Ratio crash_forever;       ///< of crashes, never restarted unless the world is healed
    std::uint32_t crashed_max = 1;  ///< nodes down at the same time, 0 to 9
    static constexpr void fields(auto& self, auto&& visit) {
      visit("crash_interval", self.crash_interval);
      visit("crash_duration", self.crash_duration);
      visit("crash_at_write", self.crash_at_write);
      visit("crash_mid_effects", self.crash_mid_effects);
      visit("crash_keeps_writes", self.crash_keeps_writes);
      visit("crash_forever", self.crash_forever);
      visit("crashed_max", self.crashed_max);
    }
    bool operator==(const Fields&) const = default;
  };
  static constexpr std::array<FieldText, 7> field_texts = {
      {{"crash_interval", "A crash after each of these; 0..0 is never."},
       {"crash_duration", "Until the node restarts. Default 20..200."},
       {"crash_at_write", "Of writes, those whose node crashes while what waited for them leaves."},
       {"crash_mid_effects", "Of crashes, between two effects of what the node does next."},
       {"crash_keeps_writes", "Of crashes, those that let some unfinished writes reach the disk."},
       {"crash_forever", "Of crashes, those that no restart follows unless the world is healed."},
       {"crashed_max", "Nodes down at the same time. Default 1.", 0, node_count_max}}};

  static void check(const auto& c, auto& validator) {
    validator.interval("crash_interval", c.crash_interval);
    validator.range("crash_duration", c.crash_duration);
    validator.ratio("crash_at_write", c.crash_at_write);
    validator.ratio("crash_mid_effects", c.crash_mid_effects);
    validator.ratio("crash_keeps_writes", c.crash_keeps_writes);
    validator.ratio("crash_forever", c.crash_forever);
    validator.within("crashed_max", c.crashed_max, 0, node_count_max);
  }
  static bool is_enabled(const auto& c, Kind kind) {
    const bool at_write = !c.crash_at_write.is_zero() && c.crashed_max > 0;
    const bool at_all = (!is_never(c.crash_interval) && c.crashed_max > 0) || at_write;
    switch (kind) {
      case forever:
        return at_all && !c.crash_forever.is_zero();
      case mid_effects:
        return at_write || (at_all && !c.crash_mid_effects.is_zero());
      case keep_write:
        return at_all && !c.crash_keeps_writes.is_zero();
      default:
        return at_all;
    }
  }

  static constexpr std::string_view shown_by = CrashStep::name;
  static constexpr std::array<std::string_view, 2> fields_that_ask = {"crash_interval",
                                                                      "crash_at_write"};
  /// That a crash loses a write is nothing that a field asks for.
  static constexpr bool is_asked_for(Kind kind) { return kind != lose_write; }
  static bool is_none(const auto& c) {
    return is_never(c.crash_interval) && c.crash_at_write.is_zero();
  }
  static void refuse(const auto& c, const auto& refuse_if) {
    for (const std::string_view field : fields_that_ask) {
      refuse_if(c.crashed_max == 0, field, {"crashed_max"},
                "no node may be down: give 1 or more, or leave it out");
    }
    for (const std::string_view field :
         {"crash_mid_effects", "crash_keeps_writes", "crash_forever"}) {
      refuse_if(is_none(c), field, {"crash_interval", "crash_at_write"},
                "no node crashes: give one of them too");
    }
  }
  static void find_idle(const auto& c, const auto& add_if) {
    add_if(is_none(c), {"crash_duration"}, {"crash_interval", "crash_at_write"}, "no node crashes");
  }

  static constexpr std::uint32_t swarm_part = 8;
  static void draw(const Mix& mix, Draws& draws, auto& c) {
    if (!mix.has(draws, {1, 2})) {
      return;
    }
    c.crash_interval = mix.paced(0, 120 + draws.below(200));
    c.crash_duration = mix.paced(0, 20 + draws.below(150));
    c.crashed_max = 1 + std::max(draws.below(c.node_count), draws.below(c.node_count));
    if (draws.chance({2, 3})) {
      c.crash_mid_effects = {1, 2};
    }
    if (draws.chance({1, 3})) {
      c.crash_keeps_writes = {1, 2};
    }
    if (!mix.is_storm() && draws.chance({1, 4})) {
      c.crash_forever = {1, 4};
    }
    if (draws.chance({3, 4})) {  // the moments at which a crash can hurt most
      constexpr std::array<Ratio, 3> rates = {{{1, 30}, {1, 12}, {1, 5}}};
      c.crash_at_write = pick(draws, rates);
    }
  }
  static void draw_uniform(auto& c) {
    c.crash_interval = range(1, 200);
    c.crash_duration = range(1, 100);
    c.crash_mid_effects = {1, 2};
    c.crash_keeps_writes = {1, 2};
    c.crashed_max = 3;
  }

  template <class P>
  using Steps = std::tuple<CrashStep, RestartStep>;
  using Timed = std::tuple<CrashStep, RestartStep>;
  static constexpr std::array<NamedText, 2> timed_texts = {
      {{CrashStep::name,
        "The node loses everything but its disk: at once, or before its next effect but "
        "`after_effects`. Nothing but a restart, or the ending, brings it back."},
       {RestartStep::name, "The node starts anew, from its disk alone."}}};

  template <class P>
  class Trouble : public TroubleFrom {
   public:
    Trouble() : TroubleFrom(Stream::crash) {}

    void start(auto& plan) {
      nodes_down_ = {};
      kept_down_ = {};
      plan_next(plan, plan.configuration.crash_interval);
    }
    void take_over(auto& plan, const auto& world, NodeId node) {
      if (!world[node].is_up) {
        nodes_down_.insert(node);
        plan_restart(plan, node);
      }
    }
    void undo(auto& plan, const auto& world, const Event& event) {
      const NodeId node{event.subject};
      const bool is_too_late = plan.is_settling() && plan.configuration.ending == Ending::survivors;
      if (!world[node].is_up && !is_too_late && !kept_down_.contains(node)) {
        plan.add(RestartStep{node});
      }
    }
    void note(const CrashStep& step) { kept_down_.insert(step.node); }
    void note(const RestartStep& step) { kept_down_.erase(step.node); }
    void come(auto& plan, const auto& world, const CrashStep& step) const {
      if (world[step.node].is_up && world[step.node].crash_countdown < 0) {
        plan.add(step);
      }
    }
    void come(auto& plan, const auto& world, const RestartStep& step) const {
      if (!world[step.node].is_up) {
        plan.add(step);
      }
    }
    /// Unless who is down is to stay so.
    void repair(auto& plan, const auto& world, NodeId node) {
      const bool is_about_to_crash = world[node].crash_countdown >= 0;
      if (is_about_to_crash) {
        plan.add(CrashStep{node, 0, world[node].crash_writes_kept});
      }
      if (plan.configuration.ending != Ending::survivors &&
          (!world[node].is_up || is_about_to_crash)) {
        plan.add(RestartStep{node});
      }
    }

    template <std::same_as<Crashed> Event>
    void on(auto& plan, const auto& world, const Event& crashed) {
      nodes_down_.insert(crashed.node);
      plan.unpark(crashed.node, world.now);
      plan.template count_if<Crash>(true, crash);
      plan.template count_if<Crash>(crashed.is_mid_effects, mid_effects);
      plan.template count_if<Crash>(crashed.writes_lost > 0, lose_write);
      plan.template count_if<Crash>(crashed.writes_kept > 0, keep_write);
      if (!plan.is_settling()) {
        plan_restart(plan, crashed.node);
      }
    }
    template <std::same_as<WriteIssued> Event>
    void on(auto& plan, const auto& world, const Event& issued) {
      if (plan.configuration.crash_at_write.is_zero() || plan.is_settling()) {
        return;
      }
      Draws draws(plan.luck, Stream::crash_at_write, issued.node.index, issued.number * 4);
      if (draws.chance(plan.configuration.crash_at_write)) {
        const CrashStep step{issued.node, draw_effects(draws),
                             static_cast<std::uint8_t>(draws.below(3))};
        if (nodes_that_can_crash(plan, world).contains(step.node)) {
          plan.add(step);
        }
      }
    }
    template <std::same_as<Restarted> Event>
    void on(auto& /*plan*/, const auto& /*world*/, const Event& restarted) {
      nodes_down_.erase(restarted.node);
    }

    void draw(auto& plan, const auto& world) {
      plan_next(plan, plan.configuration.crash_interval);
      Draws draws = draws_of(plan);
      const bool is_mid_effects = draws.chance(plan.configuration.crash_mid_effects);
      const bool keeps_writes = draws.chance(plan.configuration.crash_keeps_writes);
      CrashStep step;
      step.after_effects = is_mid_effects ? draw_effects(draws) : std::uint8_t{0};
      step.writes_kept = static_cast<std::uint8_t>(keeps_writes ? 1 + draws.below(3) : 0);
      const NodeSet up = nodes_that_can_crash(plan, world);
      if (!up.is_empty()) {
        step.node = draw_node(draws, up);
        plan.add(step);
      }
      keep(draws);
    }

   private:
    /// Unless the node stays down.
    void plan_restart(auto& plan, NodeId node) {
      if (kept_down_.contains(node)) {
        return;
      }
      Draws draws = draws_of(plan);
      const Duration duration = draws.within(plan.configuration.crash_duration);
      const bool is_forever = !plan.configuration.crash_forever.is_zero() &&
                              draws.chance(plan.configuration.crash_forever);
      plan.template count_if<Crash>(is_forever, forever);
      if (!is_forever) {
        plan_undo(plan, duration, node.index, 0);
      }
      keep(draws);
    }

    /// How many effects a node still has before it crashes. Often few: a node that has told one and
    /// not the others has done the most harm.
    static std::uint8_t draw_effects(Draws& draws) {
      constexpr std::uint32_t effects_max = 8;
      std::uint32_t effects = 1 + draws.below(effects_max);
      effects = draws.chance({1, 2}) ? std::min(effects, 1 + draws.below(3)) : effects;
      return static_cast<std::uint8_t>(effects);
    }

    /// None when as many are down, or as good as down, as may be at a time.
    NodeSet nodes_that_can_crash(const auto& plan, const auto& world) const {
      NodeSet down = nodes_down_;
      for (const NodeId node : world.node_ids()) {
        if (world[node].crash_countdown >= 0) {
          down.insert(node);
        }
      }
      return down.size() < plan.configuration.crashed_max ? world.node_ids() - down : NodeSet{};
    }

    NodeSet nodes_down_;
    NodeSet kept_down_;  ///< by the scenario's file
  };
};

}  // namespace faults
}  // namespace synod
