// How long writes take, and which fail, drawn from a seed. A disk keeps the order of its writes.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/ids.h"
#include "sim/faults/faults.h"
#include "sim/limits.h"
#include "sim/luck.h"
#include "sim/schedule/plan.h"
#include "sim/world/observation.h"
#include "sim/world/settling.h"
#include "sim/world/step.h"
#include "sim/world/world.h"

namespace synod {

template <Protocol P>
class Disks {
 public:
  void start() { free_ = {}; }

  void on(Plan<P>& plan, const WriteIssued& issued) {
    Draws draws(plan.luck, Stream::disk, issued.node.index, issued.number * 2);
    DurationRange range = plan.configuration.disk;
    if (!plan.is_settling() && !plan.configuration.slow_write.is_zero() &&
        draws.chance(plan.configuration.slow_write)) {
      range = plan.configuration.slow_disk;
      plan.template count<faults::SlowWrite>(faults::SlowWrite::slow_write);
    }
    plan_write(plan, issued, draws.within(range));
  }
  /// Nothing of this node's is under way any more.
  void forget(NodeId node) { free_[node.index] = {}; }

  /// Returns false where there is no such write any more, or its time has not come.
  static bool try_finish(Plan<P>& plan, const World<P>& world, const Event& event, Step<P>& step) {
    const NodeId node{event.subject};
    if (world[node].is_paused) {
      plan.park(node, event);
      return false;
    }
    if (event.number <= world[node].writes_finished) {
      return false;  // lost in a crash
    }
    if (event.number > world[node].writes_finished + 1) {
      // The one before was held up by a pause, and may come as late as a message.
      const Duration soon{1 + plan.configuration.delay.max.ticks / 1000};
      plan.queue.push(plan.now + soon, event);
      return false;
    }
    if (fails(plan, event)) {
      plan.template count<faults::FailWrite>(faults::FailWrite::fail_write);
      step.action.template emplace<FailWriteStep>().node = node;
    } else {
      step.action.template emplace<FinishWriteStep>().node = node;
    }
    return true;
  }

  /// What a slow disk was asked to write before stays under way; but where that would take most of
  /// the time that there is, it is written as it would be now.
  void repair(Plan<P>& plan, const World<P>& world) {
    constexpr std::uint64_t share = 4;
    const Time latest = plan.now + Duration{progress_needed(plan.configuration).ticks / share};
    NodeSet repaired;
    for (const NodeId node : world.node_ids()) {
      if (free_[node.index] > latest) {
        free_[node.index] = plan.now;
        repaired.insert(node);
      }
    }
    for (const PendingWrite<P>& write : world.writes) {
      if (repaired.contains(write.node)) {
        Draws draws(plan.luck, Stream::disk, write.node.index, write.number * 2 + 1);
        plan_write(plan, {write.node, write.number}, draws.within(plan.configuration.disk));
      }
    }
  }

 private:
  /// Once the world is settling, none does.
  static bool fails(const Plan<P>& plan, const Event& write) {
    if constexpr (is_told_of_writes<P>) {
      const Ratio ratio = plan.configuration.fail_write;
      return !ratio.is_zero() && !plan.is_settling() &&
             Draws(plan.luck, Stream::fail_write, write.subject, write.number).chance(ratio);
    }
    return false;
  }

  void plan_write(Plan<P>& plan, const WriteIssued& issued, Duration duration) {
    Time& free = free_[issued.node.index];
    free = std::max(plan.now + duration, free);
    plan.queue.push(
        free,
        {.kind = EventKind::finish_write, .subject = issued.node.index, .number = issued.number});
  }

  std::array<Time, node_count_max> free_{};  ///< when the last write in line is done
};

}  // namespace synod
