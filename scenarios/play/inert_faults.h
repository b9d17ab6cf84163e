// The faults among the steps of a hand-written list that touched nothing: without them, all would
// have come as it did. What a scenario shows, it does not show because of them.
//
// A fault touches something when
//
//   cut        a message on one of its links was refused, lost or late because of it: it was there
//              while the link was cut, and was dropped then, arrived later, or never could again;
//              a cut both ways is one, though it takes two steps
//   crash      the node lost memory or a write, or was in the middle of something; or a message, a
//              timer or a write was refused, lost or late because it was down
//   pause      the same of a message, a timer or a write for which it stood still
//   skew       a timer of the node fires after it
//   duplicate  the copy arrives as well
//
// A message that is dropped is gone, so a drop always does, as does a write that fails.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/text.h"
#include "scenarios/play/reports.h"
#include "sim/hash.h"
#include "sim/world/observation.h"
#include "sim/world/step.h"
#include "sim/world/world.h"

namespace synod {

template <Protocol P>
class InertFaults {
 public:
  /// Before the world is started. `config` must outlive it.
  void start(bool is_on, const typename P::Config& config) {
    is_on_ = is_on;
    config_ = &config;
    moment_ = 1;
    sent_at_.clear();
    untouched_.clear();
    copies_.clear();
  }

  /// Before each step. What comes after the list has no index.
  void before(const World<P>& world, std::optional<std::size_t> index, const Step<P>& step) {
    if (!is_on_) {
      return;
    }
    ++moment_;
    index_ = index;
    at_ = step.at;
    action_sent_at_ = moment_;
    if (const auto* packet = packet_of(step.action)) {
      typename InFlight<P>::Slot slot = 0;
      if (world.in_flight.try_find(packet->packet, packet->hint.slot, slot)) {
        action_sent_at_ = sent_at_[slot];
      }
    }
    if (const auto* crash = std::get_if<CrashStep>(&step.action)) {
      has_memory_ = crash->node.index < world.node_count && has_memory(world, crash->node);
    } else if (const auto* skew = std::get_if<SkewStep>(&step.action)) {
      was_true_ = skew->node.index < world.node_count && is_true(world[skew->node].clock);
    }
  }
  /// The step did not apply.
  void refused(const World<P>& world, const Step<P>& step) {
    if (!is_on_) {
      return;
    }
    if (const auto* deliver = std::get_if<DeliverStep<P>>(&step.action)) {
      if (action_sent_at_ < moment_) {  // it is in flight
        touch_open(deliver->packet.from, deliver->packet.to);
      }
    } else if (const auto* fire = std::get_if<FireStep<P>>(&step.action)) {
      touch_open(fire->node);
    } else if (const auto* write = std::get_if<FinishWriteStep>(&step.action)) {
      const bool is_there = std::ranges::any_of(
          world.writes, [&](const PendingWrite<P>& one) { return one.node == write->node; });
      if (is_there) {
        touch_open(write->node);
      }
    } else if (const auto* luck = std::get_if<LuckStep>(&step.action)) {
      touch_open(luck->node);
    }
  }

  void on(const World<P>& /*world*/, const Sent<P>& sent) {
    if (is_on_) {
      sent_at_.resize(std::max<std::size_t>(sent_at_.size(), sent.slot + 1U));
      sent_at_[sent.slot] = moment_;
    }
  }
  void on(const World<P>& /*world*/, const Delivered<P>& delivered) {
    if (is_on_) {
      touch_passed(delivered.packet.from, delivered.packet.to);
    }
  }
  void on(const World<P>& /*world*/, const TimerFired<P>& fired) {
    if (is_on_) {
      touch(
          [&](const Fault& fault) { return fault.kind == Kind::skew && fault.node == fired.node; });
    }
  }
  void on(const World<P>& /*world*/, const Crashed& crashed) {
    if (!is_on_) {
      return;
    }
    end(Kind::pause, crashed.node);
    const auto to_come = std::ranges::find_if(untouched_, [&](const Fault& fault) {
      return fault.kind == Kind::crash_to_come && fault.node == crashed.node;
    });
    if (to_come != untouched_.end()) {
      untouched_.erase(to_come);
    }
    crashed_ = crashed;
  }
  void on(const World<P>& /*world*/, const Restarted& restarted) {
    if (is_on_) {
      end(Kind::crash, restarted.node);
    }
  }
  void on(const World<P>& world, const Applied<P>& applied) {
    if (is_on_) {
      std::visit([&](const auto& step) { note(world, step); }, applied.step.action);
      crashed_.reset();
    }
  }

  /// When the run is over: those that touched nothing, in the order of the list.
  std::vector<InertFault> finish(const World<P>& world) {
    if (!is_on_) {
      return {};
    }
    for (Slot slot = 0; slot < world.in_flight.slot_end(); ++slot) {
      if (world.in_flight.holds(slot)) {
        touch_open(world.in_flight[slot].from, world.in_flight[slot].to);
      }
    }
    for (const PendingWrite<P>& write : world.writes) {
      touch_open(write.node);
    }
    std::vector<InertFault> inert;
    inert.reserve(untouched_.size());
    for (const Fault& fault : untouched_) {
      inert.push_back({fault.step, text_of(fault)});
    }
    add_copies(world, inert);
    std::ranges::sort(inert, {}, &InertFault::step);
    return inert;
  }

 private:
  using Slot = typename InFlight<P>::Slot;

  enum class Kind : std::uint8_t { cut, crash, crash_to_come, pause, skew };
  struct Fault {
    std::size_t step = 0;  ///< index
    Kind kind{};
    LinkStep links;  ///< of a cut
    Time at;         ///< of the step
    NodeId node;     ///< of the others
    bool is_open = true;
    std::uint64_t ended = 0;  ///< the latest moment at which some of it did; 0 before
  };
  /// Of one message.
  struct Copies {
    std::vector<std::size_t> steps;  ///< that made them
    std::size_t lost = 0;            ///< of all that are equal
  };

  static const PacketStep<P>* packet_of(const Action<P>& action) {
    return std::visit(
        [](const auto& step) -> const PacketStep<P>* {
          if constexpr (std::is_base_of_v<PacketStep<P>, std::decay_t<decltype(step)>>) {
            return &step;
          } else {
            return nullptr;
          }
        },
        action);
  }
  static bool is_true(const Clock& clock) {
    return clock.rate == Clock::rate_one &&
           clock.local_at_base.ticks == static_cast<std::int64_t>(clock.base.ticks);
  }
  /// Does it know more than it would after a restart?
  [[nodiscard]] bool has_memory(const World<P>& world, NodeId node) const {
    typename P::Node fresh{};
    EffectsOf<P> effects;
    effects.set_now(world[node].clock.read(world.now).ticks);
    fresh.start(*config_, node, world[node].disk, effects);
    return !(fresh == world[node].node);
  }

  static bool covers(const Fault& fault, Endpoint from, Endpoint to) {
    switch (fault.kind) {
      case Kind::cut:
        return from != to && fault.links.from.contains(from) && fault.links.to.contains(to);
      case Kind::crash:
      case Kind::pause:
        return to == Endpoint::of(fault.node);
      case Kind::crash_to_come:
      case Kind::skew:
        break;
    }
    return false;
  }

  template <class Is>
  void touch(Is is) {
    std::vector<Fault> halves;
    std::erase_if(untouched_, [&](const Fault& fault) {
      const bool is_touched = is(fault);
      if (is_touched && fault.kind == Kind::cut) {
        halves.push_back(fault);
      }
      return is_touched;
    });
    for (const Fault& half : halves) {  // a cut both ways is two steps and one fault
      std::erase_if(untouched_, [&](const Fault& other) {
        return other.kind == Kind::cut && other.at == half.at &&
               other.links.from == half.links.to && other.links.to == half.links.from;
      });
    }
  }
  /// What is still broken stops this message.
  void touch_open(Endpoint from, Endpoint to) {
    touch([&](const Fault& fault) { return fault.is_open && covers(fault, from, to); });
  }
  /// What is still broken stops a timer or a write.
  void touch_open(NodeId node) {
    touch([&](const Fault& fault) {
      const bool is_of_node = fault.kind == Kind::crash || fault.kind == Kind::pause;
      return fault.is_open && is_of_node && fault.node == node;
    });
  }
  /// What was repaired while this message was under way has kept it waiting.
  void touch_passed(Endpoint from, Endpoint to) {
    touch([&](const Fault& fault) {
      return fault.ended >= action_sent_at_ && covers(fault, from, to);
    });
  }
  void end(Kind kind, NodeId node) {
    for (Fault& fault : untouched_) {
      if (fault.kind == kind && fault.node == node && fault.is_open) {
        fault.is_open = false;
        fault.ended = moment_;
      }
    }
  }
  void watch(Kind kind, NodeId node, const LinkStep& links = {}) {
    if (index_) {
      untouched_.push_back({*index_, kind, links, at_, node, true, 0});
    }
  }

  // What is no fault, or one that always touches something, and repairs none.
  template <class Harmless>
    requires IsOneOf<Harmless, AskStep<RequestFor<P>>, AbandonStep, DeliverStep<P>, FireStep<P>,
                     FinishWriteStep, LuckStep, RestartStep> ||
             faults::AlwaysTouching<Harmless>
  void note(const World<P>& /*world*/, const Harmless& /*step*/) {}
  void note(const World<P>& /*world*/, const CutStep& step) { watch(Kind::cut, {}, step); }
  void note(const World<P>& world, const HealStep& step) {
    for (Fault& fault : untouched_) {
      const bool is_about = fault.kind == Kind::cut && (fault.links.from & step.from).size() > 0 &&
                            (fault.links.to & step.to).size() > 0;
      if (is_about) {
        fault.ended = moment_;
        fault.is_open = world.count_cut(fault.links) > 0;
      }
    }
  }
  void note(const World<P>& /*world*/, const CrashStep& step) {
    if (!crashed_) {
      watch(Kind::crash_to_come, step.node);
    } else if (!has_memory_ && crashed_->writes_lost + crashed_->writes_kept == 0) {
      watch(Kind::crash, step.node);
    }
  }
  void note(const World<P>& /*world*/, const PauseStep& step) { watch(Kind::pause, step.node); }
  void note(const World<P>& world, const ResumeStep& step) {
    const NodeState<P>& state = world[step.node];
    const bool is_overdue = std::ranges::any_of(state.timers, [&](const ArmedTimer& timer) {
      return timer.is_armed && state.clock.read(world.now) > timer.latest;
    });
    const bool has_writes = state.writes_finished != state.writes_issued;
    if (is_overdue || has_writes || waits_for_luck(state)) {
      touch([&](const Fault& fault) {
        return fault.kind == Kind::pause && fault.is_open && fault.node == step.node;
      });
    }
    end(Kind::pause, step.node);
  }
  void note(const World<P>& world, const SkewStep& step) {
    const bool is_repair = !was_true_ && is_true(world[step.node].clock);
    if (!is_repair) {
      watch(Kind::skew, step.node);
    }
  }
  void note(const World<P>& /*world*/, const DuplicateStep<P>& step) {
    if (index_) {
      copies_[hash_of(step.packet)].steps.push_back(*index_);
    }
  }
  void note(const World<P>& /*world*/, const DropStep<P>& step) {
    touch_open(step.packet.from, step.packet.to);
    touch_passed(step.packet.from, step.packet.to);
    if (const auto copies = copies_.find(hash_of(step.packet)); copies != copies_.end()) {
      ++copies->second.lost;
    }
  }

  /// Equal messages are interchangeable: as many as are lost or left count as the latest copies.
  void add_copies(const World<P>& world, std::vector<InertFault>& inert) {
    for (Slot slot = 0; slot < world.in_flight.slot_end() && !copies_.empty(); ++slot) {
      if (!world.in_flight.holds(slot)) {
        continue;
      }
      if (const auto copies = copies_.find(hash_of(world.in_flight[slot]));
          copies != copies_.end()) {
        ++copies->second.lost;
      }
    }
    for (const auto& [hash, copies] : copies_) {
      const std::size_t count = std::min(copies.lost, copies.steps.size());
      for (std::size_t i = copies.steps.size() - count; i < copies.steps.size(); ++i) {
        inert.push_back({copies.steps[i], "the copy touched nothing: it never arrived"});
      }
    }
  }

  static std::string text_of(const Fault& fault) {
    switch (fault.kind) {
      case Kind::cut:
        return "the cut touched nothing: no message was lost or late because of it";
      case Kind::crash:
        return fmt::format("the crash touched nothing: {} had nothing to lose, and was not missed",
                           fault.node);
      case Kind::crash_to_come:
        return fmt::format("the crash did not come about: {} did not do so much any more",
                           fault.node);
      case Kind::pause:
        return fmt::format("the pause touched nothing: nothing waited for {}", fault.node);
      case Kind::skew:
        return fmt::format("the skew touched nothing: no timer of {} fired after it", fault.node);
    }
    return {};
  }

  bool is_on_ = false;
  const typename P::Config* config_ = nullptr;
  std::uint64_t moment_ = 1;                ///< counts the steps, whether or not they apply
  std::vector<std::uint64_t> sent_at_;      ///< the moment, by slot
  std::vector<Fault> untouched_;            ///< so far
  std::map<std::uint64_t, Copies> copies_;  ///< by the hash of what was doubled
  // Of the step that is being taken.
  std::optional<std::size_t> index_;
  Time at_;
  std::uint64_t action_sent_at_ = 0;  ///< when its packet was; now, where it has none in flight
  bool has_memory_ = false;           ///< the node that is to crash
  bool was_true_ = false;             ///< the clock that is to be skewed
  std::optional<Crashed> crashed_;
};

}  // namespace synod
