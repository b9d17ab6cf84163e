// The plan of a run drawn from a seed: what is to come and when, which steps are due now, and how
// far the run has got. The one thing that the schedule and its parts share.
//
// Who needs it takes it as a parameter and keeps no reference, so that a schedule is a value: a
// copy continues exactly as the original does.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/ids.h"
#include "sim/event.h"
#include "sim/event_queue.h"
#include "sim/luck.h"
#include "sim/time.h"
#include "sim/world/configuration.h"
#include "sim/world/step.h"

namespace synod {

/// How far a run has got.
enum class Phase : std::uint8_t {
  chaos,     ///< faults go on and clients ask
  settling,  ///< all is repaired, nothing new goes wrong: a decision must come
  broken     ///< what is broken stays broken, and clients ask nothing new
};

template <class P>
struct Plan {
  Configuration configuration;
  Luck luck;
  EventQueue<Event> queue;
  Time now;  ///< of the event taken last
  Phase phase = Phase::chaos;
  std::vector<Action<P>> backlog;  ///< steps that are due now, from backlog_next on
  std::size_t backlog_next = 0;
  std::size_t timed_to_come = 0;  ///< of the configuration's timed faults
  NodeSet must_decide;            ///< once some cuts are to stay
  FaultCounts fault_counts{};     ///< over all runs since the object was made

  /// Forgets the run before, and keeps the memory and the fault counts.
  void start(const Configuration& chosen, std::uint64_t seed) {
    configuration = chosen;
    luck = Luck(seed);
    queue.clear();
    now = {};
    phase = Phase::chaos;
    timed_to_come = 0;
    must_decide = {};
    clear_backlog();
    parked_.clear();
  }

  [[nodiscard]] bool is_settling() const { return phase == Phase::settling; }

  /// A step is due, after those that already are.
  template <class A>
  void add(const A& action) {
    backlog.push_back(action);
  }
  [[nodiscard]] bool is_backlog_done() const { return backlog_next == backlog.size(); }
  void clear_backlog() {
    backlog.clear();
    backlog_next = 0;
  }

  /// The node is paused: the event waits until it is no more.
  void park(NodeId node, const Event& event) { parked_.push_back({node, event}); }
  /// What piled up for the node comes in its old order, each after a delay of its own if there is
  /// one to draw. Returns how much it was.
  template <class DrawDelay>
  std::size_t unpark(NodeId node, Time time, DrawDelay draw_delay) {
    std::size_t kept = 0;
    for (const Parked& parked : parked_) {
      if (parked.node == node) {
        queue.push(time + draw_delay(), parked.event);
      } else {
        parked_[kept++] = parked;
      }
    }
    const std::size_t count = parked_.size() - kept;
    parked_.resize(kept);
    return count;
  }
  /// What piled up for the node comes at `time`, in its old order.
  void unpark(NodeId node, Time time) {
    unpark(node, time, [] { return Duration{}; });
  }

  /// A fault of this kind has happened.
  template <class F>
  void count(typename F::Kind kind) {
    ++fault_counts[static_cast<std::size_t>(fault_of<F>(kind))];
  }
  template <class F>
  void count_if(bool happened, typename F::Kind kind) {
    fault_counts[static_cast<std::size_t>(fault_of<F>(kind))] += happened ? 1U : 0U;
  }

 private:
  struct Parked {
    NodeId node;
    Event event;
  };

  std::vector<Parked> parked_;  ///< for all paused nodes, in the order of parking
};

}  // namespace synod
