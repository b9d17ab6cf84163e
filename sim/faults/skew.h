// A node's clock jumps, and runs at another rate.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "core/ids.h"
#include "core/text.h"
#include "sim/clock.h"
#include "sim/faults/fault.h"
#include "sim/faults/trouble.h"
#include "sim/limits.h"
#include "sim/mix.h"

namespace synod {

/// Told to the observers: the clock of a node has changed; its timers may be due at other moments.
struct Skewed {
  NodeId node;
};

/// The node's clock jumps, and runs at another rate from now on (1024 is true).
struct SkewStep {
  static constexpr std::string_view name = "skew";
  NodeId node;
  std::uint32_t rate = 1024;
  std::int32_t jump_ticks = 0;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("node", self.node);
    visit("rate", self.rate);
    visit("jump_ticks", self.jump_ticks);
  }
  bool operator==(const SkewStep&) const = default;

  [[nodiscard]] std::string text() const {
    return fmt::format("{}'s clock jumps by {} and runs at {}/1024", node, jump_ticks, rate);
  }
  void simpler(const auto& add) const {
    if (rate != SkewStep{}.rate) {
      add(SkewStep{node, SkewStep{}.rate, jump_ticks});
    }
    if (jump_ticks != 0) {
      add(SkewStep{node, rate, 0});
    }
  }
  [[nodiscard]] bool try_apply(auto& world, auto& hand) const {
    if (node.index >= world.node_count || rate < Clock::rate_min || rate > Clock::rate_max) {
      return false;
    }
    Clock& clock = world[node].clock;
    clock.skew(world.now, rate, jump_ticks);
    if (clock.local_at_base.ticks < -clock_ticks_max ||
        clock.local_at_base.ticks > clock_ticks_max) {
      hand.meet(limits::clock);
    }
    hand.tell(Skewed{node});
    return true;
  }
  static constexpr bool is_explored = false;
  static constexpr bool tells_itself = true;
};

namespace faults {

struct Skew {
  enum Kind : std::uint8_t { skew };
  static constexpr std::array<NamedText, 1> kinds = {
      {{"skew", "a node's clock jumps and runs at another rate"}}};

  /// One is skewed after every `skew_interval` (0 to 0 is never).
  struct Fields {
    DurationRange skew_interval;
    std::uint32_t skew_rate_min = 1024;  ///< local ticks in 1024 true ones
    std::uint32_t skew_rate_max = 1024;
    std::uint32_t skew_jump_max = 0;  ///< ticks, forward or back
    static constexpr void fields(auto& self, auto&& visit) {
      visit("skew_interval", self.skew_interval);
      visit("skew_rate_min", self.skew_rate_min);
      visit("skew_rate_max", self.skew_rate_max);
      visit("skew_jump_max", self.skew_jump_max);
    }
    bool operator==(const Fields&) const = default;
  };
  static constexpr std::uint64_t jump_max = 1'000'000;
  static constexpr std::array<FieldText, 4> field_texts = {
      {{"skew_interval", "A clock is skewed after each of these; 0..0 is never."},
       {"skew_rate_min", "Local ticks in 1024 true ones.", Clock::rate_min, Clock::rate_max},
       {"skew_rate_max", "Local ticks in 1024 true ones.", Clock::rate_min, Clock::rate_max},
       {"skew_jump_max", "Ticks, forward or back.", 0, jump_max}}};

  static void check(const auto& c, auto& validator) {
    validator.interval("skew_interval", c.skew_interval);
    validator.within("skew_rate_min", c.skew_rate_min, Clock::rate_min, Clock::rate_max);
    validator.within("skew_rate_max", c.skew_rate_max, c.skew_rate_min, Clock::rate_max);
    validator.within("skew_jump_max", c.skew_jump_max, 0, jump_max);
  }
  static bool is_enabled(const auto& c, Kind /*kind*/) { return !is_never(c.skew_interval); }

  static constexpr std::string_view shown_by = SkewStep::name;
  static constexpr std::array<std::string_view, 1> fields_that_ask = {"skew_interval"};
  static void refuse(const auto& c, const auto& refuse_if) {
    refuse_if(c.skew_rate_min == 1024 && c.skew_rate_max == 1024 && c.skew_jump_max == 0,
              "skew_interval", {"skew_rate_min", "skew_rate_max", "skew_jump_max"},
              "every clock stays right: give another rate, or a jump");
  }
  static void find_idle(const auto& c, const auto& add_if) {
    add_if(is_never(c.skew_interval), {"skew_rate_min", "skew_rate_max", "skew_jump_max"},
           {"skew_interval"}, "no clock is skewed");
  }

  static constexpr std::uint32_t swarm_part = 10;
  static void draw(const Mix& mix, Draws& draws, auto& c) {
    if (mix.has(draws, {3, 8})) {
      c.skew_interval = mix.paced(10, 200);
      c.skew_rate_min = 512;
      c.skew_rate_max = 2048;
      c.skew_jump_max = draws.below(300);
    }
  }
  static void draw_uniform(auto& c) {
    c.skew_interval = range(1, 200);
    c.skew_rate_min = 512;
    c.skew_rate_max = 2048;
    c.skew_jump_max = 100;
  }

  template <class P>
  using Steps = std::tuple<SkewStep>;
  using Timed = std::tuple<SkewStep>;
  static constexpr std::array<NamedText, 1> timed_texts = {
      {{SkewStep::name, "The node's clock jumps, and runs at another rate from then on."}}};

  template <class P>
  class Trouble : public TroubleFrom {
   public:
    Trouble() : TroubleFrom(Stream::skew) {}

    void start(auto& plan) {
      ticks_back_ = {};
      slowest_ = plan.configuration.skew_rate_min;
      plan_next(plan, plan.configuration.skew_interval);
    }
    void draw(auto& plan, const auto& /*world*/) {
      const auto& c = plan.configuration;
      plan_next(plan, c.skew_interval);
      Draws draws = draws_of(plan);
      SkewStep step;
      step.node = draw_node(draws, NodeSet::first(c.node_count));
      step.rate = c.skew_rate_min + draws.below(c.skew_rate_max - c.skew_rate_min + 1);
      step.jump_ticks = static_cast<std::int32_t>(draws.below(2 * c.skew_jump_max + 1)) -
                        static_cast<std::int32_t>(c.skew_jump_max);
      keep(draws);
      note(step);
      plan.template count_if<Skew>(true, skew);
      plan.add(step);
    }
    void note(const SkewStep& step) {
      ticks_back_[step.node.index] +=
          static_cast<std::uint64_t>(std::max<std::int64_t>(0, -std::int64_t{step.jump_ticks}));
      slowest_ = std::min(slowest_, step.rate);
    }
    void come(auto& plan, const auto& world, const SkewStep& step) const {
      const Clock& clock = world[step.node].clock;
      if (clock.base == plan.now && clock.rate == step.rate && plan.now != Time{}) {
        return;  // it has just come, in the world that was taken over
      }
      plan.template count_if<Skew>(true, skew);
      plan.add(step);
    }
    /// By how much the jumps of one clock may have put off what its node waits for, at the most.
    [[nodiscard]] Duration longest_jump_back() const {
      const std::uint64_t ticks = *std::max_element(ticks_back_.begin(), ticks_back_.end());
      return {ticks * Clock::rate_one / slowest_};
    }

   private:
    std::array<std::uint64_t, node_count_max> ticks_back_{};  ///< all jumps back of a node's clock
    std::uint32_t slowest_ = Clock::rate_one;                 ///< rate of any clock
  };
};

}  // namespace faults
}  // namespace synod
