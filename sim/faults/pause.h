// A node stands still, and its messages and timers pile up until it goes on.
#pragma once

#include <fmt/format.h>

#include <concepts>
#include <string>

#include "core/ids.h"
#include "core/text.h"
#include "sim/faults/fault.h"
#include "sim/faults/trouble.h"
#include "sim/mix.h"

namespace synod {

struct Crashed;
struct CrashStep;
struct Restarted;
struct ResumeStep;

/// The node stands still: nothing arrives, no timer fires, no write is seen to finish.
struct PauseStep {
  static constexpr std::string_view name = "pause";
  NodeId node;
  static constexpr void fields(auto& self, auto&& visit) { visit("node", self.node); }
  bool operator==(const PauseStep&) const = default;

  [[nodiscard]] std::string text() const { return fmt::format("{} stands still", node); }
  [[nodiscard]] bool try_apply(auto& world, auto& /*hand*/) const {
    if (node.index >= world.node_count || !world[node].is_up || world[node].is_paused) {
      return false;
    }
    world[node].is_paused = true;
    return true;
  }
  [[nodiscard]] ResumeStep undone() const;
  static constexpr bool is_explored = false;
};
/// The node goes on.
struct ResumeStep {
  static constexpr std::string_view name = "resume";
  NodeId node;
  static constexpr void fields(auto& self, auto&& visit) { visit("node", self.node); }
  bool operator==(const ResumeStep&) const = default;

  [[nodiscard]] std::string text() const { return fmt::format("{} goes on", node); }
  [[nodiscard]] bool try_apply(auto& world, auto& /*hand*/) const {
    if (node.index >= world.node_count || !world[node].is_paused) {
      return false;
    }
    world[node].is_paused = false;
    return true;
  }
  static constexpr bool is_explored = false;
};

inline ResumeStep PauseStep::undone() const { return {node}; }

namespace faults {

struct Pause {
  enum Kind : std::uint8_t { pause, shuffle };
  static constexpr std::array<NamedText, 2> kinds = {
      {{"pause", "a node stands still and its messages and timers pile up"},
       {"shuffle", "… and what piled up comes in another order"}}};

  /// One after every `pause_interval` (0 to 0 is never), resumed after `pause_duration`.
  struct Fields {
    DurationRange pause_interval;
    DurationRange pause_duration{{20}, {200}};
    Ratio pause_shuffles;  ///< of pauses, after which what piled up comes in a drawn order
    static constexpr void fields(auto& self, auto&& visit) {
      visit("pause_interval", self.pause_interval);
      visit("pause_duration", self.pause_duration);
      visit("pause_shuffles", self.pause_shuffles);
    }
    bool operator==(const Fields&) const = default;
  };
  static constexpr std::array<FieldText, 3> field_texts = {
      {{"pause_interval", "A pause after each of these; 0..0 is never."},
       {"pause_duration", "Until the node resumes. Default 20..200."},
       {"pause_shuffles", "Of pauses, those after which what piled up comes in a drawn order."}}};

  static void check(const auto& c, auto& validator) {
    validator.interval("pause_interval", c.pause_interval);
    validator.range("pause_duration", c.pause_duration);
    validator.ratio("pause_shuffles", c.pause_shuffles);
  }
  static bool is_enabled(const auto& c, Kind kind) {
    return !is_never(c.pause_interval) && (kind == pause || !c.pause_shuffles.is_zero());
  }

  static constexpr std::string_view shown_by = PauseStep::name;
  static constexpr std::array<std::string_view, 1> fields_that_ask = {"pause_interval"};
  static void refuse(const auto& c, const auto& refuse_if) {
    refuse_if(is_never(c.pause_interval), "pause_shuffles", {"pause_interval"},
              "no node pauses: give pause_interval too");
  }
  static void find_idle(const auto& c, const auto& add_if) {
    add_if(is_never(c.pause_interval), {"pause_duration"}, {"pause_interval"}, "no node pauses");
  }

  static constexpr std::uint32_t swarm_part = 9;
  static void draw(const Mix& mix, Draws& draws, auto& c) {
    if (!mix.has(draws, {3, 8})) {
      return;
    }
    if (mix.is_storm()) {
      draw_short_spells(mix, draws, c.pause_interval, c.pause_duration);
    } else {
      c.pause_interval = mix.paced(0, 60 + draws.below(400));
      c.pause_duration = mix.paced(20, 100 + draws.below(400));
    }
    c.pause_shuffles = {draws.below(2), 2};
  }
  static void draw_uniform(auto& c) {
    c.pause_interval = range(1, 200);
    c.pause_duration = range(1, 100);
  }

  template <class P>
  using Steps = std::tuple<PauseStep, ResumeStep>;
  using Timed = std::tuple<PauseStep, ResumeStep>;
  static constexpr std::array<NamedText, 2> timed_texts = {
      {{PauseStep::name, "The node stands still; what is sent to it, and its timers, pile up."},
       {ResumeStep::name, "The node goes on."}}};

  template <class P>
  class Trouble : public TroubleFrom {
   public:
    Trouble() : TroubleFrom(Stream::pause) {}

    void start(auto& plan) {
      pauses_ = {};
      kept_still_ = {};
      plan_next(plan, plan.configuration.pause_interval);
    }
    void take_over(auto& plan, const auto& world, NodeId node) {
      if (world[node].is_up && world[node].is_paused && !kept_still_.contains(node)) {
        Draws draws = draws_of(plan);
        plan_resume(plan, node, draws.within(plan.configuration.pause_duration));
        keep(draws);
      }
    }
    void undo(auto& plan, const auto& world, const Event& event) {
      // Else a crash has ended that pause, or it is the file's.
      if (event.number == pauses_[event.subject] && !kept_still_.contains({event.subject})) {
        resume(plan, world, {event.subject});
      }
    }
    void repair(auto& plan, const auto& world, NodeId node) {
      if (world[node].is_paused) {
        resume(plan, world, node);
      }
    }
    template <std::same_as<Crashed> Event>
    void on(auto& /*plan*/, const auto& /*world*/, const Event& crashed) {
      ++pauses_[crashed.node.index];
    }
    template <std::same_as<Restarted> Event>
    void on(auto& plan, const auto& /*world*/, const Event& restarted) {
      if (kept_still_.contains(restarted.node) && !plan.is_settling()) {
        plan.add(PauseStep{restarted.node});
      }
    }
    /// It does not come back from that standing still.
    template <std::same_as<CrashStep> Step>
    void note(const Step& step) {
      kept_still_.erase(step.node);
    }
    void note(const PauseStep& step) { kept_still_.insert(step.node); }
    void note(const ResumeStep& step) { kept_still_.erase(step.node); }
    void come(auto& plan, const auto& world, const PauseStep& step) const {
      if (world[step.node].is_up && !world[step.node].is_paused) {
        plan.template count_if<Pause>(true, pause);
        plan.add(step);
      }
    }
    void come(auto& plan, const auto& world, const ResumeStep& step) const {
      if (world[step.node].is_paused) {
        resume(plan, world, step.node);
      }
    }

    void draw(auto& plan, const auto& world) {
      plan_next(plan, plan.configuration.pause_interval);
      Draws draws = draws_of(plan);
      const NodeId node = draw_node(draws, world.node_ids());
      const Duration duration = draws.within(plan.configuration.pause_duration);
      keep(draws);
      if (world[node].is_up && !world[node].is_paused) {
        plan.template count_if<Pause>(true, pause);
        plan.add(PauseStep{node});
        plan_resume(plan, node, duration);
      }
    }

   private:
    void plan_resume(auto& plan, NodeId node, Duration duration) {
      plan_undo(plan, duration, node.index, ++pauses_[node.index]);
    }
    void resume(auto& plan, const auto& world, NodeId node) const {
      if (world[node].is_paused) {
        plan.add(ResumeStep{node});
      }
      constexpr std::uint32_t draws_a_pause = 1U << 12U;
      Draws draws(plan.luck, Stream::shuffle, node.index, pauses_[node.index] * draws_a_pause);
      if (plan.configuration.pause_shuffles.is_zero() || plan.is_settling() ||
          !draws.chance(plan.configuration.pause_shuffles)) {
        plan.unpark(node, plan.now);
        return;
      }
      const std::size_t count =
          plan.unpark(node, plan.now, [&] { return draws.within(plan.configuration.delay); });
      plan.template count_if<Pause>(count > 1, shuffle);
    }

    std::array<std::uint32_t, node_count_max> pauses_{};  ///< an event of an earlier pause is void
    NodeSet kept_still_;                                  ///< by the scenario's file
  };
};

}  // namespace faults
}  // namespace synod
