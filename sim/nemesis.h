// The nemesis: crashes, cuts, holds, pauses and skews: what goes wrong with nodes, links and
// clocks, when, and for how long. It also repairs everything when the world is to be healed.
//
// Each kind of trouble draws from a stream of its own, so that more of one moves no other. What
// befalls single messages and writes is not here: the schedule draws that where it plans them.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "core/ids.h"
#include "sim/observation.h"
#include "sim/plan.h"
#include "sim/world.h"

namespace synod {

template <Protocol P>
class Nemesis {
 public:
  /// Plans the first trouble of each kind.
  void start(Plan<P>& plan) {
    cuts_.clear();
    held_until_ = {};
    ticks_back_ = {};
    pauses_ = {};
    draws_ = {};
    nodes_down_ = {};
    plan_next(plan, EventKind::crash, plan.configuration.crash_interval);
    plan_next(plan, EventKind::cut, plan.configuration.cut_interval);
    plan_next(plan, EventKind::pause, plan.configuration.pause_interval);
    plan_next(plan, EventKind::skew, plan.configuration.skew_interval);
    plan_next(plan, EventKind::hold, plan.configuration.hold_interval);
  }

  /// The same in a world where something is broken already: how long that stays so is drawn as if
  /// it had just happened.
  void take_over(Plan<P>& plan, const World<P>& world) {
    start(plan);
    for (const NodeId node : world.node_ids()) {
      if (!world[node].is_up) {
        nodes_down_.insert(node);
        plan_restart(plan, world, node);
      } else if (world[node].is_paused) {
        Draws draws = draws_of(plan, Stream::pause);
        plan_resume(plan, node, draws.within(plan.configuration.pause_duration));
        keep(Stream::pause, draws);
      }
    }
    for (std::uint8_t from = 0; from < endpoint_count_max; ++from) {
      if (world.cut[from].size() > 0) {
        Draws draws = draws_of(plan, Stream::cut);
        const Duration duration = draws.within(plan.configuration.cut_duration);
        cuts_.push_back({EndpointSet{static_cast<std::uint16_t>(1U << from)}, world.cut[from]});
        if (!draws.chance(plan.configuration.cut_forever)) {
          plan_heal(plan, cuts_.size() - 1, duration);
        }
        keep(Stream::cut, draws);
      }
    }
  }

  /// Does what an event of a crash, a cut, a hold, a pause or a skew asks for. Once the world is
  /// settling, nothing new goes wrong.
  void act(Plan<P>& plan, const World<P>& world, const Event& event) {
    switch (event.kind) {
      case EventKind::restart:
        return restart(plan, world, {event.subject});
      case EventKind::heal:
        return heal(plan, world, event.number);
      case EventKind::resume:
        if (event.number == pauses_[event.subject]) {  // else a crash has ended that pause
          resume(plan, world, {event.subject});
        }
        return;
      default:
        if (!plan.is_settling()) {
          draw(plan, world, event.kind);
        }
    }
  }

  /// Heals every link, resumes every node, and restarts every node unless who is down is to stay
  /// so.
  void repair(Plan<P>& plan, const World<P>& world) {
    const bool restarts = plan.configuration.ending == Ending::healed;
    const LinkStep all_links{EndpointSet::all(), EndpointSet::all()};
    if (world.count_cut(all_links) > 0) {
      plan.add(HealStep{all_links});
    }
    for (const NodeId node : world.node_ids()) {
      if (world[node].is_paused) {
        resume(plan, world, node);
      }
      const bool is_about_to_crash = world[node].crash_countdown >= 0;
      if (is_about_to_crash) {
        plan.add(CrashStep{node, 0, world[node].crash_writes_kept});
      }
      if (restarts && (!world[node].is_up || is_about_to_crash)) {
        plan.add(RestartStep{{node}});
      }
    }
  }

  void on(Plan<P>& plan, const World<P>& world, const Crashed& crashed) {
    nodes_down_.insert(crashed.node);
    ++pauses_[crashed.node.index];
    plan.unpark(crashed.node, world.now);
    plan.count(Fault::crash);
    plan.count_if(crashed.is_mid_effects, Fault::crash_mid_effects);
    plan.count_if(crashed.writes_lost > 0, Fault::lose_write);
    plan.count_if(crashed.writes_kept > 0, Fault::keep_write);
    if (!plan.is_settling()) {
      plan_restart(plan, world, crashed.node);
    }
  }

  void on(Plan<P>& plan, const World<P>& world, const WriteIssued& issued) {
    if (plan.configuration.crash_at_write.is_zero() || plan.is_settling()) {
      return;
    }
    Draws draws(plan.luck, Stream::crash_at_write, issued.node.index, issued.number * 4);
    if (draws.chance(plan.configuration.crash_at_write)) {
      add_crash(plan, world,
                {issued.node, draw_effects(draws), static_cast<std::uint8_t>(draws.below(3))});
    }
  }

  /// When a message that is sent now leaves, if the link holds it back; else some time past.
  [[nodiscard]] Time held_until(Endpoint from, Endpoint to) const {
    return from.is_node() && to.is_node() ? held_until_[from.index][to.index] : Time{};
  }

  void on(const Restarted& restarted) { nodes_down_.erase(restarted.node); }

  /// By how much the jumps of one clock may have put off what its node waits for, at the most.
  [[nodiscard]] Duration longest_jump_back(const Configuration& configuration) const {
    const std::uint64_t ticks = *std::max_element(ticks_back_.begin(), ticks_back_.end());
    return {ticks * Clock::rate_one / configuration.skew_rate_min};
  }

 private:
  // When the next trouble comes.

  void plan_next(Plan<P>& plan, EventKind kind, DurationRange interval) {
    if (interval.max.ticks == 0) {
      return;
    }
    const Stream stream = stream_of(kind);
    Draws draws = draws_of(plan, stream);
    plan.queue.push(plan.now + draws.within(interval), {.kind = kind});
    keep(stream, draws);
  }

  /// Unless the node stays down.
  void plan_restart(Plan<P>& plan, const World<P>& world, NodeId node) {
    Draws draws = draws_of(plan, Stream::crash);
    const Duration duration = draws.within(plan.configuration.crash_duration);
    const bool is_forever = !plan.configuration.crash_forever.is_zero() &&
                            draws.chance(plan.configuration.crash_forever);
    plan.count_if(is_forever, Fault::crash_forever);
    if (!is_forever) {
      plan.queue.push(world.now + duration, {.kind = EventKind::restart, .subject = node.index});
    }
    keep(Stream::crash, draws);
  }
  void plan_resume(Plan<P>& plan, NodeId node, Duration duration) {
    plan.queue.push(
        plan.now + duration,
        {.kind = EventKind::resume, .subject = node.index, .number = ++pauses_[node.index]});
  }
  static void plan_heal(Plan<P>& plan, std::size_t cut_index, Duration duration) {
    plan.queue.push(plan.now + duration,
                    {.kind = EventKind::heal, .number = static_cast<std::uint32_t>(cut_index)});
  }

  static Stream stream_of(EventKind kind) {
    switch (kind) {
      case EventKind::crash:
        return Stream::crash;
      case EventKind::cut:
        return Stream::cut;
      case EventKind::pause:
        return Stream::pause;
      case EventKind::hold:
        return Stream::hold;
      default:
        return Stream::skew;
    }
  }

  /// The draws of one kind of trouble, from where the last one stopped; `keep` says where that is.
  Draws draws_of(const Plan<P>& plan, Stream stream) const {
    return Draws(plan.luck, stream, 0, draws_[static_cast<std::size_t>(stream)]);
  }
  void keep(Stream stream, const Draws& draws) {
    draws_[static_cast<std::size_t>(stream)] = draws.index();
  }

  static NodeId draw_node(Draws& draws, NodeSet nodes) {
    std::uint32_t skip = draws.below(static_cast<std::uint32_t>(nodes.size()));
    auto node = nodes.begin();
    for (; skip > 0; --skip) {
      ++node;
    }
    return *node;
  }

  void draw(Plan<P>& plan, const World<P>& world, EventKind kind) {
    switch (kind) {
      case EventKind::crash:
        return draw_crash(plan, world);
      case EventKind::cut:
        return draw_cut(plan, world);
      case EventKind::pause:
        return draw_pause(plan, world);
      case EventKind::skew:
        return draw_skew(plan);
      case EventKind::hold:
        return draw_hold(plan, world);
      default:
        return;
    }
  }

  // Crashes.

  void draw_crash(Plan<P>& plan, const World<P>& world) {
    plan_next(plan, EventKind::crash, plan.configuration.crash_interval);
    Draws draws = draws_of(plan, Stream::crash);
    const bool is_mid_effects = draws.chance(plan.configuration.crash_mid_effects);
    const bool keeps_writes = draws.chance(plan.configuration.crash_keeps_writes);
    CrashStep crash;
    crash.after_effects = is_mid_effects ? draw_effects(draws) : std::uint8_t{0};
    crash.writes_kept = static_cast<std::uint8_t>(keeps_writes ? 1 + draws.below(3) : 0);
    const NodeSet up = nodes_that_can_crash(plan, world);
    if (!up.is_empty()) {
      crash.node = draw_node(draws, up);
      plan.add(crash);
    }
    keep(Stream::crash, draws);
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
  NodeSet nodes_that_can_crash(const Plan<P>& plan, const World<P>& world) const {
    NodeSet down = nodes_down_;
    for (const NodeId node : world.node_ids()) {
      if (world[node].crash_countdown >= 0) {
        down.insert(node);
      }
    }
    return down.size() < plan.configuration.crashed_max ? world.node_ids() - down : NodeSet{};
  }

  void add_crash(Plan<P>& plan, const World<P>& world, const CrashStep& crash) const {
    if (nodes_that_can_crash(plan, world).contains(crash.node)) {
      plan.add(crash);
    }
  }

  static void restart(Plan<P>& plan, const World<P>& world, NodeId node) {
    const bool is_too_late = plan.is_settling() && plan.configuration.ending == Ending::survivors;
    if (!world[node].is_up && !is_too_late) {
      plan.add(RestartStep{{node}});
    }
  }

  // Pauses.

  void draw_pause(Plan<P>& plan, const World<P>& world) {
    plan_next(plan, EventKind::pause, plan.configuration.pause_interval);
    Draws draws = draws_of(plan, Stream::pause);
    const NodeId node = draw_node(draws, world.node_ids());
    const Duration duration = draws.within(plan.configuration.pause_duration);
    keep(Stream::pause, draws);
    if (world[node].is_up && !world[node].is_paused) {
      plan.count(Fault::pause);
      plan.add(PauseStep{{node}});
      plan_resume(plan, node, duration);
    }
  }

  void resume(Plan<P>& plan, const World<P>& world, NodeId node) const {
    if (world[node].is_paused) {
      plan.add(ResumeStep{{node}});
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
    plan.count_if(count > 1, Fault::shuffle);
  }

  // Skews.

  void draw_skew(Plan<P>& plan) {
    const Configuration& configuration = plan.configuration;
    plan_next(plan, EventKind::skew, configuration.skew_interval);
    Draws draws = draws_of(plan, Stream::skew);
    SkewStep skew;
    skew.node = draw_node(draws, NodeSet::first(configuration.node_count));
    skew.rate = configuration.skew_rate_min +
                draws.below(configuration.skew_rate_max - configuration.skew_rate_min + 1);
    skew.jump_ticks = static_cast<std::int32_t>(draws.below(2 * configuration.skew_jump_max + 1)) -
                      static_cast<std::int32_t>(configuration.skew_jump_max);
    keep(Stream::skew, draws);
    ticks_back_[skew.node.index] += static_cast<std::uint64_t>(std::max(0, -skew.jump_ticks));
    plan.count(Fault::skew);
    plan.add(skew);
  }

  // Holds.

  /// All links into a node, all out of one, or a single link. Nobody is told, and nothing is lost.
  void draw_hold(Plan<P>& plan, const World<P>& world) {
    plan_next(plan, EventKind::hold, plan.configuration.hold_interval);
    if (world.node_count < 2) {
      return;
    }
    Draws draws = draws_of(plan, Stream::hold);
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
    keep(Stream::hold, draws);
  }

  // Cuts.

  void draw_cut(Plan<P>& plan, const World<P>& world) {
    plan_next(plan, EventKind::cut, plan.configuration.cut_interval);
    Draws draws = draws_of(plan, Stream::cut);
    const std::uint32_t first = draws.below(static_cast<std::uint32_t>(cut_shape_names.size()));
    const Duration duration = draws.within(plan.configuration.cut_duration);
    const bool is_forever = draws.chance(plan.configuration.cut_forever);
    for (std::uint32_t i = 0; i < cut_shape_names.size(); ++i) {
      const auto shape = static_cast<CutShape>((first + i) % cut_shape_names.size());
      const auto fault = static_cast<Fault>(static_cast<std::uint32_t>(Fault::cut_two_way) +
                                            static_cast<std::uint32_t>(shape));
      if (is_enabled(plan.configuration, fault)) {
        const std::size_t cuts_before = cuts_.size();
        cut(plan, world, shape, draws);
        const bool is_new = cuts_.size() > cuts_before;
        plan.count_if(is_new, fault);
        plan.count_if(is_new && is_forever, Fault::cut_forever);
        for (std::size_t n = cuts_before; n < cuts_.size() && !is_forever; ++n) {
          plan_heal(plan, n, duration);
        }
        break;
      }
    }
    keep(Stream::cut, draws);
  }

  void cut(Plan<P>& plan, const World<P>& world, CutShape shape, Draws& draws) {
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

  void cut_links(Plan<P>& plan, const World<P>& world, NodeSet from, NodeSet to, bool is_two_way) {
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

  void heal(Plan<P>& plan, const World<P>& world, std::uint32_t cut_index) {
    if (world.count_cut(cuts_[cut_index]) > 0) {
      plan.add(HealStep{cuts_[cut_index]});
    }
  }

  using ByLink = std::array<std::array<Time, node_count_max>, node_count_max>;
  std::array<std::uint64_t, node_count_max> ticks_back_{};  ///< all jumps back of a node's clock
  ByLink held_until_{};                                     ///< by sender and receiver
  std::vector<LinkStep> cuts_;                              ///< all that were made, by their number
  std::array<std::uint32_t, node_count_max> pauses_{};  ///< an event of an earlier pause is void
  std::array<std::uint32_t, static_cast<std::size_t>(Stream::count)> draws_{};  ///< made so far
  NodeSet nodes_down_;
};

}  // namespace synod
