// A message takes long, and others overtake it: now and then, or every one on some links, or every
// one of some kinds.
#pragma once

#include <algorithm>

#include "core/ids.h"
#include "sim/faults/fault.h"
#include "sim/mix.h"
#include "sim/time.h"

namespace synod::faults {

/// Whatever this node sends, and is sent, takes `delay` instead.
struct SlowNode {
  static constexpr std::string_view name = "slow";
  NodeId node;
  DurationRange delay;
  Time until;  ///< 0: as long as faults go on
  static constexpr void fields(auto& self, auto&& visit) {
    visit("node", self.node);
    visit("delay", self.delay);
    visit("until", self.until);
  }
  bool operator==(const SlowNode&) const = default;
};

struct LateMessage {
  enum Kind : std::uint8_t { late, slow_link, slow_kind };
  static constexpr std::array<NamedText, 3> kinds = {
      {{"delay", "a message takes a heavy-tailed delay and others overtake it"},
       {"slow_link", "a message takes a link on which all are slow"},
       {"slow_kind", "a message is of a kind that is slow from its sender"}}};

  /// A message takes `delay`; a share of them takes `tail_delay` instead.
  struct Fields {
    DurationRange delay{{1}, {10}};
    Ratio tail;        ///< of messages
    Ratio slow_links;  ///< of links, one way each, on which every message takes it
    Ratio slow_kinds;  ///< of kinds of message, for each sender, of which every one takes it
    DurationRange tail_delay{{20}, {200}};
    static constexpr void fields(auto& self, auto&& visit) {
      visit("delay", self.delay);
      visit("tail", self.tail);
      visit("slow_links", self.slow_links);
      visit("slow_kinds", self.slow_kinds);
      visit("tail_delay", self.tail_delay);
    }
    bool operator==(const Fields&) const = default;
  };
  static constexpr std::array<FieldText, 5> field_texts = {
      {{"delay", "A message takes so long. Default 1..10."},
       {"tail", "Of messages, those that take tail_delay instead."},
       {"slow_links", "Of links, one way each, on which every message takes tail_delay."},
       {"slow_kinds",
        "Of kinds of message, for each sender, those of which every one takes tail_delay."},
       {"tail_delay", "Default 20..200."}}};

  static void check(const auto& c, auto& validator) {
    validator.range("delay", c.delay);
    validator.ratio("tail", c.tail);
    validator.ratio("slow_links", c.slow_links);
    validator.ratio("slow_kinds", c.slow_kinds);
    validator.range("tail_delay", c.tail_delay);
  }
  static bool is_enabled(const auto& c, Kind kind) {
    return kind == late        ? !c.tail.is_zero()
           : kind == slow_link ? !c.slow_links.is_zero()
                               : !c.slow_kinds.is_zero();
  }

  static constexpr std::array<std::string_view, 3> fields_that_ask = {"tail", "slow_links",
                                                                      "slow_kinds"};
  static void refuse(const auto& c, const auto& refuse_if) {
    refuse_if(c.node_count == 1, "slow_kinds", {"node_count"}, no_other_node);
    for (const std::string_view field : fields_that_ask) {
      refuse_if(is_within(c.tail_delay, c.delay), field, {"tail_delay", "delay"},
                "that is like any other message: give a longer tail_delay");
    }
  }
  static void find_idle(const auto& c, const auto& add_if) {
    const bool has_late = !c.tail.is_zero() || !c.slow_links.is_zero() || !c.slow_kinds.is_zero();
    add_if(!has_late, {"tail_delay"}, {"tail", "slow_links", "slow_kinds"}, "no message is late");
    add_if(has_late && c.tail_delay.max <= c.delay.max, {"tail", "slow_links", "slow_kinds"},
           {"tail_delay", "delay"}, "none is later than any other");
  }

  /// `delay` itself is drawn before.
  static constexpr std::uint32_t swarm_part = network_part;
  static void draw(const Mix& mix, Draws& draws, auto& c) {
    constexpr std::array<Ratio, 3> tails = {{{1, 30}, {1, 10}, {1, 4}}};
    if (mix.has(draws, {3, 8})) {
      c.tail = mix.rate(draws, tails);
    }
    if (!mix.is_storm() && draws.chance({1, 4})) {
      c.slow_links = {1, 2 + draws.below(6)};
    }
    if (!mix.is_storm() && draws.chance({1, 4})) {
      c.slow_kinds = {1, 4 + draws.below(12)};
    }
    c.tail_delay = at_most_the_longest({c.delay.max * 2, c.delay.max * (4 + draws.below(30))});
  }
  static void draw_uniform(auto& c) {
    c.delay = range(1, 20);
    c.tail = {1, 20};
  }

  using Timed = std::tuple<SlowNode>;
  static constexpr std::array<NamedText, 1> timed_texts = {
      {{SlowNode::name, "What the node sends, and is sent, takes `delay` instead."}}};
};

}  // namespace synod::faults
