// Links are cut, and heal: the network comes apart in one of several shapes.
#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "core/fields.h"
#include "core/ids.h"
#include "sim/ending.h"
#include "sim/faults/fault.h"
#include "sim/faults/trouble.h"
#include "sim/mix.h"
#include "sim/packet.h"

namespace synod {

/// The ways in which a network comes apart.
enum class CutShape : std::uint8_t {
  two_way,  ///< two nodes, both directions
  one_way,  ///< two nodes, one direction
  alone,    ///< one node from all others
  halves,   ///< two groups
  ring,     ///< every node reaches its two neighbours only
};
inline constexpr std::array<std::string_view, 5> cut_shape_names = {"two_way", "one_way", "alone",
                                                                    "halves", "ring"};

/// A set of cut shapes, as bits.
struct CutShapes {
  std::uint8_t bits = 0;
  [[nodiscard]] constexpr bool contains(CutShape shape) const {
    return (bits >> static_cast<unsigned>(shape) & 1U) != 0;
  }
  bool operator==(const CutShapes&) const = default;
};

/// Links from each of `from` to each of `to`, in that direction.
struct LinkStep {
  EndpointSet from;
  EndpointSet to;
  /// Links in all. A node always reaches itself, so that is none.
  [[nodiscard]] constexpr std::size_t count() const {
    return from.size() * to.size() - (from & to).size();
  }
  static constexpr void fields(auto& self, auto&& visit) {
    visit("from", self.from);
    visit("to", self.to);
  }
  bool operator==(const LinkStep&) const = default;

 protected:
  template <class Change>
  [[nodiscard]] bool try_change(auto& world, Change change) const {
    bool is_changed = false;
    for (std::uint8_t sender = 0; sender < endpoint_count_max; ++sender) {
      if (!from.contains({sender})) {
        continue;
      }
      EndpointSet others = to;
      others.bits = static_cast<std::uint16_t>(others.bits & ~(1U << sender));  // it reaches itself
      const EndpointSet changed{static_cast<std::uint16_t>(change(world.cut[sender], others))};
      is_changed |= changed != world.cut[sender];
      world.cut[sender] = changed;
    }
    return is_changed;
  }
  /// Fewer links, each time with one endpoint less.
  template <class Link>
  static void add_fewer(const Link& step, const auto& add) {
    for (std::uint8_t index = 0; index < endpoint_count_max; ++index) {
      for (EndpointSet Link::* side : {static_cast<EndpointSet Link::*>(&Link::from),
                                       static_cast<EndpointSet Link::*>(&Link::to)}) {
        Link fewer = step;
        (fewer.*side).bits = static_cast<std::uint16_t>((fewer.*side).bits & ~(1U << index));
        if (fewer.*side != step.*side && fewer.count() > 0) {
          add(fewer);
        }
      }
    }
  }
};
/// Nothing arrives over these links until they heal.
struct CutStep : LinkStep {
  static constexpr std::string_view name = "cut";
  static constexpr void fields(auto& self, auto&& visit) {
    visit_parts(visit, as_base<LinkStep>(self));
  }
  bool operator==(const CutStep&) const = default;

  [[nodiscard]] std::string text() const {
    return fmt::format("cut: {} no longer reach {}", to_text(from), to_text(to));
  }
  static constexpr bool tells_itself = true;
  void simpler(const auto& add) const { add_fewer(*this, add); }
  [[nodiscard]] bool try_apply(auto& world, auto& /*hand*/) const {
    return try_change(world,
                      [](EndpointSet cut, EndpointSet others) { return cut.bits | others.bits; });
  }
};
struct HealStep : LinkStep {
  static constexpr std::string_view name = "heal";
  static constexpr void fields(auto& self, auto&& visit) {
    visit_parts(visit, as_base<LinkStep>(self));
  }
  bool operator==(const HealStep&) const = default;

  [[nodiscard]] std::string text() const {
    return from == EndpointSet::all() && to == EndpointSet::all()
               ? std::string("every link is healed")
               : fmt::format("heal: {} reach {} again", to_text(from), to_text(to));
  }
  static constexpr bool tells_itself = true;
  void simpler(const auto& add) const { add_fewer(*this, add); }
  [[nodiscard]] bool try_apply(auto& world, auto& /*hand*/) const {
    return try_change(world,
                      [](EndpointSet cut, EndpointSet others) { return cut.bits & ~others.bits; });
  }
};

namespace faults {

struct Cut {
  /// The first are those of the shapes, in the same order.
  enum Kind : std::uint8_t { two_way, one_way, alone, halves, ring, forever };
  static constexpr std::array<NamedText, 6> kinds = {
      {{"cut_two_way", "two nodes lose each other"},
       {"cut_one_way", "one node hears another that does not hear it"},
       {"cut_alone", "one node loses all others"},
       {"cut_halves", "the cluster falls into two groups"},
       {"cut_ring", "every node reaches its two neighbours only"},
       {"cut_forever", "a cut that nobody heals"}}};
  static constexpr Kind kind_of(CutShape shape) { return static_cast<Kind>(shape); }
  static_assert(static_cast<Kind>(CutShape::ring) == ring && cut_shape_names.size() == forever);

  /// One after every `cut_interval` (0 to 0 is never), healed after `cut_duration`.
  struct Fields {
    DurationRange cut_interval;
    DurationRange cut_duration{{20}, {200}};
    CutShapes cut_shapes{0x1f};
    Ratio cut_forever;  ///< of cuts, never healed unless the world is
    static constexpr void fields(auto& self, auto&& visit) {
      visit("cut_interval", self.cut_interval);
      visit("cut_duration", self.cut_duration);
      visit("cut_shapes", self.cut_shapes);
      visit("cut_forever", self.cut_forever);
    }
    bool operator==(const Fields&) const = default;
  };
  static constexpr std::array<FieldText, 4> field_texts = {
      {{"cut_interval", "A cut of links after each of these; 0..0 is never."},
       {"cut_duration", "Until it heals. Default 20..200."},
       {"cut_shapes", "Default: all of them."},
       {"cut_forever", "Of cuts, never healed unless the world is."}}};

  static void check(const auto& c, auto& validator) {
    validator.interval("cut_interval", c.cut_interval);
    validator.range("cut_duration", c.cut_duration);
    validator.within("cut_shapes", c.cut_shapes.bits, is_never(c.cut_interval) ? 0 : 1, 0x1f);
    validator.ratio("cut_forever", c.cut_forever);
  }
  /// In a ring of three, everybody is everybody's neighbour.
  static constexpr std::uint32_t ring_nodes_min = 4;
  static bool is_enabled(const auto& c, Kind kind) {
    if (is_never(c.cut_interval)) {
      return false;
    }
    if (kind == forever) {
      return !c.cut_forever.is_zero();
    }
    return c.cut_shapes.contains(static_cast<CutShape>(kind)) &&
           c.node_count >= (kind == ring ? ring_nodes_min : 2);
  }

  static constexpr std::string_view shown_by = CutStep::name;
  static constexpr std::array<std::string_view, 2> fields_that_ask = {"cut_interval",
                                                                      "cut_forever"};
  static void refuse(const auto& c, const auto& refuse_if) {
    refuse_if(c.node_count == 1, "cut_interval", {"node_count"}, no_other_node);
    refuse_if(is_never(c.cut_interval), "cut_forever", {"cut_interval"},
              "no link is cut: give cut_interval too");
  }
  static void find_idle(const auto& c, const auto& add_if) {
    add_if(is_never(c.cut_interval), {"cut_duration", "cut_shapes"}, {"cut_interval"},
           "no link is cut");
  }

  static constexpr std::uint32_t swarm_part = 6;
  static void draw(const Mix& mix, Draws& draws, auto& c) {
    if (!mix.has(draws, {1, 2})) {
      return;
    }
    if (mix.is_storm()) {
      draw_short_spells(mix, draws, c.cut_interval, c.cut_duration);
    } else {
      c.cut_interval = mix.paced(0, 80 + draws.below(300));
      c.cut_duration = mix.paced(20, 50 + draws.below(400));
    }
    c.cut_shapes.bits = static_cast<std::uint8_t>(1 + draws.below(0x1f));
    if (c.ending == Ending::broken && draws.chance({1, 4})) {
      c.cut_forever = {1, 4};
    }
  }
  static void draw_uniform(auto& c) {
    c.cut_interval = range(1, 200);
    c.cut_duration = range(1, 100);
    c.cut_shapes.bits = 0x3;  // one link at a time
  }

  template <class P>
  using Steps = std::tuple<CutStep, HealStep>;

  template <class P>
  class Trouble : public TroubleFrom {
   public:
    Trouble() : TroubleFrom(Stream::cut) {}

    void start(auto& plan) {
      cuts_.clear();
      plan_next(plan, plan.configuration.cut_interval);
    }
    void take_over(auto& plan, const auto& world) {
      for (std::uint8_t from = 0; from < endpoint_count_max; ++from) {
        if (world.cut[from].size() > 0) {
          Draws draws = draws_of(plan);
          const Duration duration = draws.within(plan.configuration.cut_duration);
          cuts_.push_back({EndpointSet{static_cast<std::uint16_t>(1U << from)}, world.cut[from]});
          if (!draws.chance(plan.configuration.cut_forever)) {
            plan_heal(plan, cuts_.size() - 1, duration);
          }
          keep(draws);
        }
      }
    }
    void undo(auto& plan, const auto& world, const Event& event) {
      if (world.count_cut(cuts_[event.number]) > 0) {
        plan.add(HealStep{cuts_[event.number]});
      }
    }
    void repair(auto& plan, const auto& world) {
      const LinkStep all_links{EndpointSet::all(), EndpointSet::all()};
      if (world.count_cut(all_links) > 0) {
        plan.add(HealStep{all_links});
      }
    }

    void draw(auto& plan, const auto& world) {
      plan_next(plan, plan.configuration.cut_interval);
      Draws draws = draws_of(plan);
      const std::uint32_t first = draws.below(static_cast<std::uint32_t>(cut_shape_names.size()));
      const Duration duration = draws.within(plan.configuration.cut_duration);
      const bool is_forever = draws.chance(plan.configuration.cut_forever);
      for (std::uint32_t i = 0; i < cut_shape_names.size(); ++i) {
        const auto shape = static_cast<CutShape>((first + i) % cut_shape_names.size());
        if (is_enabled(plan.configuration, kind_of(shape))) {
          const std::size_t cuts_before = cuts_.size();
          cut(plan, world, shape, draws);
          const bool is_new = cuts_.size() > cuts_before;
          plan.template count_if<Cut>(is_new, kind_of(shape));
          plan.template count_if<Cut>(is_new && is_forever, forever);
          for (std::size_t n = cuts_before; n < cuts_.size() && !is_forever; ++n) {
            plan_heal(plan, n, duration);
          }
          break;
        }
      }
      keep(draws);
    }

   private:
    void plan_heal(auto& plan, std::size_t cut_index, Duration duration) const {
      plan_undo(plan, duration, 0, static_cast<std::uint32_t>(cut_index));
    }

    void cut(auto& plan, const auto& world, CutShape shape, Draws& draws) {
      const NodeSet all = world.node_ids();
      switch (shape) {
        case CutShape::two_way:
        case CutShape::one_way: {
          const NodeId a = draw_node(draws, all);
          const NodeId b = draw_node(draws, all - NodeSet::only(a));
          cut_links(plan, world, NodeSet::only(a), NodeSet::only(b), shape == CutShape::two_way);
          return;
        }
        case CutShape::alone: {
          const NodeSet one = NodeSet::only(draw_node(draws, all));
          cut_links(plan, world, one, all - one, true);
          return;
        }
        case CutShape::halves: {
          NodeSet side;
          const std::uint32_t size = 1 + draws.below(world.node_count - 1U);
          while (side.size() < size) {
            side.insert(draw_node(draws, all - side));
          }
          cut_links(plan, world, side, all - side, true);
          return;
        }
        case CutShape::ring:
          for (const NodeId node : all) {
            const auto neighbour = [&](std::uint32_t away) {
              return NodeSet::only({static_cast<std::uint8_t>((node.index + away) % all.size())});
            };
            cut_links(plan, world, NodeSet::only(node),
                      all - NodeSet::only(node) - neighbour(1) -
                          neighbour(static_cast<std::uint32_t>(all.size()) - 1),
                      false);
          }
          return;
      }
    }

    void cut_links(auto& plan, const auto& world, NodeSet from, NodeSet to, bool is_two_way) {
      const auto one_way = [&](NodeSet a, NodeSet b) {
        const LinkStep links{EndpointSet::of(a), EndpointSet::of(b)};
        if (world.count_cut(links) < links.count()) {
          cuts_.push_back(links);
          plan.add(CutStep{links});
        }
      };
      one_way(from, to);
      if (is_two_way) {
        one_way(to, from);
      }
    }

    std::vector<LinkStep> cuts_;  ///< all that were made, by their number
  };
};

}  // namespace faults
}  // namespace synod
