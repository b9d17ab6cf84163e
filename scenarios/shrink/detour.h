// Runs that follow the steps of a given one, but not always: now and then a step is left out, comes
// early, or gives way to whatever else could happen. Where a violation takes steps that depend on
// one another, taking steps away does not lead to a shorter one; a detour may.
//
// A source of steps for LooseReplay::play_along, which takes them loosely: one that does not apply
// is passed over.
#pragma once

#include <cstddef>
#include <cstdint>
#include <variant>
#include <vector>

#include "scenarios/format/demand.h"
#include "scenarios/play/script.h"
#include "scenarios/shrink/endpoint_names.h"
#include "scenarios/shrink/simpler.h"
#include "sim/luck.h"
#include "sim/packet.h"
#include "sim/world/configuration.h"
#include "sim/world/step.h"
#include "sim/world/world.h"

namespace synod {

template <Protocol P>
class Detour {
 public:
  /// Along these steps, which must outlive it, and to that many at most.
  Detour(const std::vector<Step<P>>& steps, std::uint64_t seed, std::size_t steps_max)
      : steps_(steps),
        luck_(seed),
        draws_(luck_, Stream::variation, 1),
        stray_{1 + draws_.below(stray_max), stray_of},
        leave_out_{1, 2U << draws_.below(4)},
        left_(steps_max) {}

  /// Null when it is over.
  const Step<P>* next(const World<P>& world) {
    if (left_ == 0) {
      return nullptr;
    }
    --left_;
    while (next_ < steps_.size() && draws_.chance(leave_out_)) {
      ++next_;
    }
    if (draws_.chance(stray_) || next_ == steps_.size()) {
      return draw(world);
    }
    return &steps_[next_++];
  }

 private:
  using Slot = typename InFlight<P>::Slot;
  static constexpr std::uint32_t stray_max = 8;
  static constexpr std::uint32_t stray_of = 16;

  /// One of its steps, whichever (who asks may ask another node), or something that is under way.
  const Step<P>* draw(const World<P>& world) {
    const auto writes = static_cast<std::uint32_t>(world.writes.size());
    const std::uint32_t questions = count_questions(world);
    const auto under_way = static_cast<std::uint32_t>(world.in_flight.size()) + writes + questions;
    if (!steps_.empty() && (under_way == 0 || draws_.below(3) == 0)) {
      drawn_ = steps_[draws_.below(static_cast<std::uint32_t>(steps_.size()))];
      if (auto* const ask = std::get_if<AskStep<RequestFor<P>>>(&drawn_.action); ask != nullptr) {
        ask->to.index = static_cast<std::uint8_t>(draws_.below(world.node_count));
      }
      return &drawn_;
    }
    drawn_.at = world.now;
    std::uint32_t index = under_way == 0 ? 0 : draws_.below(under_way);
    if (index < writes) {
      drawn_.action = FinishWriteStep{world.writes[index].node};
      return &drawn_;
    }
    index -= writes;
    if (index < questions) {
      drawn_.action = answer_to(world, index);
      return &drawn_;
    }
    index -= questions;
    for (Slot slot = 0; slot < world.in_flight.slot_end(); ++slot) {
      if (world.in_flight.holds(slot) && index-- == 0) {
        drawn_.action = DeliverStep<P>{{world.in_flight[slot], {slot}}};
        break;
      }
    }
    return &drawn_;
  }

  /// Nodes that wait for a number.
  static std::uint32_t count_questions(const World<P>& world) {
    std::uint32_t count = 0;
    if constexpr (asks_for_luck<P>) {
      for (const NodeId node : world.node_ids()) {
        count += waits_for_luck(world[node]) ? 1U : 0U;
      }
    }
    return count;
  }
  /// To the one with so many before it.
  LuckStep answer_to(const World<P>& world, std::uint32_t index) {
    LuckStep luck;
    if constexpr (asks_for_luck<P>) {
      for (const NodeId node : world.node_ids()) {
        if (waits_for_luck(world[node]) && index-- == 0) {
          luck = {node, draws_.below(world[node].luck_below)};
        }
      }
    }
    return luck;
  }

  const std::vector<Step<P>>& steps_;
  Luck luck_;
  Draws draws_;
  Ratio stray_;
  Ratio leave_out_;
  std::size_t left_;
  std::size_t next_ = 0;
  Step<P> drawn_{};
};

/// The script; or, one time in four, with two of its nodes made one, or without one.
template <Protocol P>
Script<P> now_and_then_smaller(const Script<P>& script, std::uint64_t seed) {
  const Luck luck(seed);
  Draws draws(luck, Stream::variation, 2);
  const std::uint32_t nodes = script.configuration.node_count;
  const auto fewer =
      nodes > 1 ? with_a_node_less(script.configuration) : std::vector<Configuration>();
  if (fewer.empty() || draws.below(4) != 0 || script.demand.kind == Demand::Kind::one_decides) {
    return script;
  }
  const Endpoint gone{static_cast<std::uint8_t>(draws.below(nodes))};
  const Endpoint other{static_cast<std::uint8_t>(draws.below(nodes))};
  const EndpointNames names =
      gone == other ? EndpointNames::without(gone) : EndpointNames::merging(gone, other);
  Script<P> smaller = script;
  smaller.configuration = fewer[draws.below(static_cast<std::uint32_t>(fewer.size()))];
  map_node_options(smaller.configuration, [&](NodeSet one) { return names.renamed(one); });
  smaller.steps = renamed(script.steps, names);
  return validate(smaller.configuration).empty() ? smaller : script;
}

}  // namespace synod
