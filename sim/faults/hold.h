// Links hold back what is sent on them, and let it go at once. Nobody is told, and nothing is lost.
#pragma once

#include <algorithm>

#include "core/ids.h"
#include "sim/faults/fault.h"
#include "sim/faults/trouble.h"
#include "sim/mix.h"
#include "sim/packet.h"
#include "sim/time.h"

namespace synod::faults {

struct Hold {
  enum Kind : std::uint8_t { hold };
  static constexpr std::array<NamedText, 1> kinds = {
      {{"hold", "links hold back what is sent on them, and let it go at once"}}};

  /// One after every `hold_interval` (0 to 0 is never), let go after `hold_duration`. What is sent
  /// meanwhile on the links held arrives afterwards, each message with a delay of its own.
  struct Fields {
    DurationRange hold_interval;
    DurationRange hold_duration{{20}, {200}};
    static constexpr void fields(auto& self, auto&& visit) {
      visit("hold_interval", self.hold_interval);
      visit("hold_duration", self.hold_duration);
    }
    bool operator==(const Fields&) const = default;
  };
  static constexpr std::array<FieldText, 2> field_texts = {
      {{"hold_interval",
        "Links hold back what is sent on them, after each of these; 0..0 is never."},
       {"hold_duration", "Until they let it go. Default 20..200."}}};

  static void check(const auto& c, auto& validator) {
    validator.interval("hold_interval", c.hold_interval);
    validator.range("hold_duration", c.hold_duration);
  }
  static bool is_enabled(const auto& c, Kind /*kind*/) {
    return !is_never(c.hold_interval) && c.node_count > 1;
  }

  static constexpr std::array<std::string_view, 1> fields_that_ask = {"hold_interval"};
  static void refuse(const auto& c, const auto& refuse_if) {
    refuse_if(c.node_count == 1, "hold_interval", {"node_count"}, no_other_node);
  }
  static void find_idle(const auto& c, const auto& add_if) {
    add_if(is_never(c.hold_interval), {"hold_duration"}, {"hold_interval"}, "no link is held");
  }

  static constexpr std::uint32_t swarm_part = 7;
  static void draw(const Mix& mix, Draws& draws, auto& c) {
    if (!mix.is_storm() && draws.chance({1, 3})) {
      c.hold_interval = mix.paced(0, 60 + draws.below(400));
      c.hold_duration = mix.paced(20, 50 + draws.below(400));
    }
  }

  template <class P>
  class Trouble : public TroubleFrom {
   public:
    Trouble() : TroubleFrom(Stream::hold) {}

    void start(auto& plan) {
      held_until_ = {};
      plan_next(plan, plan.configuration.hold_interval);
    }
    /// All links into a node, all out of one, or a single link.
    void draw(auto& plan, const auto& world) {
      plan_next(plan, plan.configuration.hold_interval);
      if (world.node_count < 2) {
        return;
      }
      Draws draws = draws_of(plan);
      const NodeSet all = world.node_ids();
      const NodeSet one = NodeSet::only(draw_node(draws, all));
      const NodeSet other = NodeSet::only(draw_node(draws, all - one));
      const std::uint32_t shape = draws.below(3);
      const NodeSet senders = shape == 0 ? all - one : one;
      const NodeSet receivers = shape == 0 ? one : shape == 1 ? all - one : other;
      const Time until = plan.now + draws.within(plan.configuration.hold_duration);
      for (const NodeId from : senders) {
        for (const NodeId to : receivers) {
          Time& held = held_until_[from.index][to.index];
          held = std::max(held, until);
        }
      }
      keep(draws);
    }
    /// When a message that is sent now leaves, if the link holds it back; else some time past.
    [[nodiscard]] Time held_until(Endpoint from, Endpoint to) const {
      return from.is_node() && to.is_node() ? held_until_[from.index][to.index] : Time{};
    }

   private:
    using ByLink = std::array<std::array<Time, node_count_max>, node_count_max>;
    ByLink held_until_{};  ///< by sender and receiver
  };
};

}  // namespace synod::faults
