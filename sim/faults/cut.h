// Links are cut, and heal: the network comes apart in one of several shapes.
#pragma once

#include <fmt/format.h>

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "core/fields.h"
#include "core/ids.h"
#include "core/inline_vector.h"
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

/// By sender: whom it cannot reach.
using Cuts = std::array<EndpointSet, endpoint_count_max>;

/// Links from each of `from` to each of `to`, in that direction.
struct LinkStep {
  EndpointSet from;
  EndpointSet to;
  /// Links in all. A node always reaches itself, so that is none.
  [[nodiscard]] constexpr std::size_t count() const {
    return from.size() * to.size() - (from & to).size();
  }
  /// Those of them that leave `sender`.
  [[nodiscard]] constexpr EndpointSet of(std::uint8_t sender) const {
    // It reaches itself.
    return from.contains({sender}) ? EndpointSet{static_cast<std::uint16_t>(
                                         to.bits & ~(1U << static_cast<unsigned>(sender)))}
                                   : EndpointSet{};
  }
  /// Those of them that are among these.
  [[nodiscard]] std::size_t count_in(const Cuts& cuts) const {
    std::size_t count = 0;
    for (std::uint8_t sender = 0; sender < endpoint_count_max; ++sender) {
      count += (cuts[sender] & of(sender)).size();
    }
    return count;
  }
  /// Returns false where nothing changes, as all of them were among these, or none.
  bool try_add_to(Cuts& cuts) const {
    return try_change(cuts,
                      [](EndpointSet cut, EndpointSet others) { return cut.bits | others.bits; });
  }
  bool try_take_from(Cuts& cuts) const {
    return try_change(cuts,
                      [](EndpointSet cut, EndpointSet others) { return cut.bits & ~others.bits; });
  }
  static constexpr void fields(auto& self, auto&& visit) {
    visit("from", self.from);
    visit("to", self.to);
  }
  bool operator==(const LinkStep&) const = default;

 private:
  template <class Change>
  bool try_change(Cuts& cuts, Change change) const {
    bool is_changed = false;
    for (std::uint8_t sender = 0; sender < endpoint_count_max; ++sender) {
      const EndpointSet changed{static_cast<std::uint16_t>(change(cuts[sender], of(sender)))};
      is_changed |= changed != cuts[sender];
      cuts[sender] = changed;
    }
    return is_changed;
  }

 protected:
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
struct HealStep;

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
  [[nodiscard]] HealStep undone() const;
  [[nodiscard]] bool try_apply(auto& world, auto& /*hand*/) const { return try_add_to(world.cut); }
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
    return try_take_from(world.cut);
  }
};

inline HealStep CutStep::undone() const { return {{from, to}}; }

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
  using Timed = std::tuple<CutStep, HealStep>;
  static constexpr std::array<NamedText, 2> timed_texts = {
      {{CutStep::name, "Nothing arrives over these links any more, until they are healed."},
       {HealStep::name, "What is sent over these links arrives again."}}};

  template <class P>
  class Trouble : public TroubleFrom {
   public:
    Trouble() : TroubleFrom(Stream::cut) {}

    void start(auto& plan) {
      cuts_.clear();
      kept_ = {};
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
      const bool lasts = plan.is_settling() && plan.configuration.ending == Ending::partitioned;
      if (world.count_cut(cuts_[event.number]) > 0 && !lasts) {
        heal(plan, world, cuts_[event.number]);
      }
    }
    void repair(auto& plan, const auto& world) {
      const auto heal_all = [&](const LinkStep& links) {
        if (world.count_cut(links) > 0) {
          plan.add(HealStep{links});
        }
      };
      if (plan.configuration.ending != Ending::partitioned) {
        return heal_all({EndpointSet::all(), EndpointSet::all()});
      }
      const EndpointSet nodes = EndpointSet::of(NodeSet::first(node_count_max));
      const EndpointSet clients{static_cast<std::uint16_t>(EndpointSet::all().bits & ~nodes.bits)};
      heal_all({clients, EndpointSet::all()});
      heal_all({nodes, clients});
    }
    void note(const CutStep& step) { step.try_add_to(kept_); }
    void note(const HealStep& step) { step.try_take_from(kept_); }
    void come(auto& plan, const auto& world, const CutStep& step) const {
      if (world.count_cut(step) < step.count()) {
        plan.add(step);
      }
    }
    void come(auto& plan, const auto& world, const HealStep& step) const {
      if (world.count_cut(step) > 0) {
        plan.add(step);
      }
    }
    /// In a world that settles while some cuts stay: those between nodes that there are, where the
    /// scenario's file says so or `who_must(cuts)` is not empty. Else others are drawn, so that it
    /// is not, if possible. Returns who that is in the end.
    template <class WhoMust>
    NodeSet keep_some(auto& plan, const auto& world, WhoMust who_must) const {
      Cuts cuts = world.cut;
      for (std::uint8_t sender = 0; sender < endpoint_count_max; ++sender) {
        const EndpointSet nodes =
            EndpointSet::of(sender < node_count_max ? world.node_ids() : NodeSet());
        cuts[sender] = cuts[sender] & nodes;
      }
      NodeSet who = who_must(cuts);
      const bool is_as_it_should_be = cuts != Cuts{} && (kept_ != Cuts{} || !who.is_empty());
      if (is_as_it_should_be || world.node_count < 2) {
        return who;
      }
      if (cuts != Cuts{}) {
        plan.add(HealStep{{EndpointSet::all(), EndpointSet::all()}});
      }
      who = {};
      constexpr std::uint32_t lasting = 1;  // an entity of its own
      constexpr std::uint32_t tries = 16;
      Links links;
      Draws draws(plan.luck, Stream::cut, lasting);
      for (std::uint32_t i = 0; i < tries && who.is_empty(); ++i) {
        cuts = {};
        links = draw_some(world, draws, cuts);
        who = who_must(cuts);
      }
      for (const LinkStep& some : links) {
        plan.add(CutStep{some});
      }
      return who;
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
    /// But for those that the scenario's file wants cut.
    void heal(auto& plan, const auto& world, const LinkStep& links) const {
      if (links.count_in(kept_) == 0) {
        plan.add(HealStep{links});
        return;
      }
      for (std::uint8_t sender = 0; sender < endpoint_count_max; ++sender) {
        const unsigned free = links.of(sender).bits & ~unsigned{kept_[sender].bits};
        const HealStep step{
            {{static_cast<std::uint16_t>(1U << sender)}, {static_cast<std::uint16_t>(free)}}};
        if (world.count_cut(step) > 0) {
          plan.add(step);
        }
      }
    }

    /// Two cuts at most, of which a ring has a link for each node.
    using Links = InlineVector<LinkStep, 2UL * node_count_max>;

    static void add_between(NodeSet from, NodeSet to, bool is_two_way, Links& links) {
      static_cast<void>(links.try_push({EndpointSet::of(from), EndpointSet::of(to)}));
      if (is_two_way) {
        static_cast<void>(links.try_push({EndpointSet::of(to), EndpointSet::of(from)}));
      }
    }
    /// One cut, or two at once, each of whose links adds to `cuts`.
    static Links draw_some(const auto& world, Draws& draws, Cuts& cuts) {
      Links drawn;
      const std::uint32_t count = 1 + draws.below(2);
      const auto shapes = static_cast<std::uint32_t>(cut_shape_names.size());
      for (std::uint32_t i = 0; i < count; ++i) {
        const bool has_rings = world.node_count >= ring_nodes_min;
        draw_links(world, static_cast<CutShape>(draws.below(has_rings ? shapes : shapes - 1)),
                   draws, drawn);
      }
      Links links;
      for (const LinkStep& some : drawn) {
        if (some.try_add_to(cuts)) {
          static_cast<void>(links.try_push(some));
        }
      }
      return links;
    }
    /// Adds those that a cut of this shape cuts.
    static void draw_links(const auto& world, CutShape shape, Draws& draws, Links& links) {
      const NodeSet all = world.node_ids();
      switch (shape) {
        case CutShape::two_way:
        case CutShape::one_way: {
          const NodeId a = draw_node(draws, all);
          const NodeId b = draw_node(draws, all - NodeSet::only(a));
          return add_between(NodeSet::only(a), NodeSet::only(b), shape == CutShape::two_way, links);
        }
        case CutShape::alone: {
          const NodeSet one = NodeSet::only(draw_node(draws, all));
          return add_between(one, all - one, true, links);
        }
        case CutShape::halves: {
          NodeSet side;
          const std::uint32_t size = 1 + draws.below(world.node_count - 1U);
          while (side.size() < size) {
            side.insert(draw_node(draws, all - side));
          }
          return add_between(side, all - side, true, links);
        }
        case CutShape::ring:
          for (const NodeId node : all) {
            const auto neighbour = [&](std::uint32_t away) {
              return NodeSet::only({static_cast<std::uint8_t>((node.index + away) % all.size())});
            };
            const NodeSet near = NodeSet::only(node) | neighbour(1) |
                                 neighbour(static_cast<std::uint32_t>(all.size()) - 1);
            add_between(NodeSet::only(node), all - near, false, links);
          }
          return;
      }
    }

    /// Where some of it is not cut already.
    void cut(auto& plan, const auto& world, CutShape shape, Draws& draws) {
      Links all;
      draw_links(world, shape, draws, all);
      for (const LinkStep& links : all) {
        if (world.count_cut(links) < links.count()) {
          cuts_.push_back(links);
          plan.add(CutStep{links});
        }
      }
    }

    std::vector<LinkStep> cuts_;  ///< all that were made, by their number
    Cuts kept_{};                 ///< by the scenario's file
  };
};

}  // namespace faults
}  // namespace synod
