// Sleep sets: of two steps that commute, most orders need not be tried (P. Godefroid,
// "Partial-Order Methods for the Verification of Concurrent Systems", 1996, chapter 5).
//
// Two steps *commute* in a state in which both can be taken when each can still be taken after the
// other, and both orders lead to the same state. A search that has taken t from a state, and then
// takes a, need not take t after a if t and a commute: t first and a then leads there as well. So t
// *sleeps* after a, and goes on sleeping for as long as what is taken commutes with it.
//
// A state keeps those steps asleep that sleep on all ways that lead to it from the level before. A
// breadth-first search that does not take them still comes to every state, and to each in the
// fewest steps, because it never leaves out a step of the *least* way to a state x: of all shortest
// ways to x, the first in the order of words, where steps are ordered as they are listed. (All
// beginnings of a least way are least themselves.) For suppose that its step t sleeps in the state
// s that it comes to before t. Then t sleeps on the arrival that the least way makes in s: so the
// way passed a state r in which t was listed before the step that was taken, and all that it took
// from r to s commutes with t. Hence t may be taken in r, and then the rest: as short, leads to the
// same x, and comes first in the order of words. But nothing comes before the least.
//
// What this asks for: the order in which steps are listed is the same in every state. A state with
// a violation has no way on, but no way to be compared leads over one: the search ends with the
// first level in which there is any.
//
// Where a write finishes before all else, the states in which one is due lie within a *block*: a
// step, then its writes. Then it is blocks that commute, and a sleeping step is taken all the same
// when a write follows, since the state before that write may lie on no other way; there, the write
// sleeps instead.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <variant>
#include <vector>

#include "core/ids.h"
#include "scenarios/explore/bounds.h"
#include "sim/packet.h"
#include "sim/protocol.h"
#include "sim/world/step.h"

namespace synod {

/// Steps of one state, by their places in its list: bit i is the i-th. Later ones never sleep.
using SleepSet = std::uint64_t;
inline constexpr std::size_t sleepers_max = 64;
inline constexpr SleepSet all_asleep = ~SleepSet{0};

inline constexpr bool is_asleep(SleepSet asleep, std::size_t step) {
  return step < sleepers_max && (asleep >> step & 1U) != 0;
}

/// Which steps commute: those that touch nothing in common. More would; these are plain to see.
template <Protocol P>
class Commuting {
 public:
  explicit Commuting(const ExploreBounds& bounds) : bounds_(bounds) {}

  /// What a step reads or changes, but for the packet that it names: a bit for each node, and for
  /// each budget, since two that spend of one may be one too many.
  using Touched = std::uint32_t;
  [[nodiscard]] Touched touched(const Step<P>& step) const {
    return std::visit([this](const auto& action) { return this->touched_by(action); }, step.action);
  }

  [[nodiscard]] static bool do_commute(const Step<P>& a, Touched touched_by_a, const Step<P>& b,
                                       Touched touched_by_b) {
    if ((touched_by_a & touched_by_b) != 0) {
      return false;
    }
    const Packet<P>* const packet = packet_of(a);
    const Packet<P>* const other = packet_of(b);
    return packet == nullptr || other == nullptr || *packet != *other;
  }

 private:
  enum Budget : unsigned { timeouts = node_count_max, crashes, restarts, losses, duplicates };
  static_assert(duplicates < 32, "a bit each");
  static constexpr Touched everything = ~Touched{0};
  static constexpr Touched bit(unsigned place) { return Touched{1} << place; }
  static constexpr Touched of(NodeId node) { return bit(node.index); }

  /// Answers and requests are judged by what has happened until then, anywhere.
  Touched touched_by(const DeliverStep<P>& step) const {
    return step.packet.to.is_node() ? of(step.packet.to.node()) : everything;
  }
  /// Where time-outs tell the truth, what arrives nowhere is lost one after the other.
  Touched touched_by(const DropStep<P>& /*step*/) const {
    return has_time() ? everything : bit(losses);
  }
  /// Over ordered links, the second is behind all that its sender has sent.
  Touched touched_by(const DuplicateStep<P>& step) const {
    return bit(duplicates) |
           (bounds_.network == Network::ordered ? of(step.packet.from.node()) : Touched{0});
  }
  Touched touched_by(const FireStep<P>& step) const {
    const bool is_counted =
        bounds_.timeouts_max != 0 && bounds_.timeouts_max != ExploreBounds::unlimited;
    return has_time() ? everything : of(step.node) | (is_counted ? bit(timeouts) : Touched{0});
  }
  Touched touched_by(const FinishWriteStep& step) const { return of(step.node); }
  Touched touched_by(const LuckStep& step) const { return of(step.node); }
  Touched touched_by(const CrashStep& step) const { return of(step.node) | bit(crashes); }
  Touched touched_by(const RestartStep& step) const { return of(step.node) | bit(restarts); }
  template <class Other>
    requires IsOneOf<Other, AskStep<RequestFor<P>>, AbandonStep, CutStep, HealStep,
                     FailWriteStep> ||
             faults::Unexplored<Other>
  Touched touched_by(const Other& /*step*/) const {
    return everything;
  }

  [[nodiscard]] bool has_time() const { return bounds_.timeouts == Timeouts::truth; }

  static const Packet<P>* packet_of(const Step<P>& step) {
    return std::visit(
        [](const auto& action) -> const Packet<P>* {
          if constexpr (requires { action.packet; }) {
            return &action.packet;
          } else {
            return nullptr;
          }
        },
        step.action);
  }

  ExploreBounds bounds_;
};

/// The same steps, by their places in the list of another state, in which all of them are still.
template <Protocol P>
SleepSet found_again(SleepSet steps, const std::vector<Step<P>>& here,
                     const std::vector<Step<P>>& there) {
  SleepSet found = 0;
  std::size_t place = 0;  // both lists are in the same order
  for (std::size_t i = 0; i < std::min(here.size(), sleepers_max); ++i) {
    if (!is_asleep(steps, i)) {
      continue;
    }
    while (place < there.size() && there[place] != here[i]) {
      ++place;
    }
    if (place < std::min(there.size(), sleepers_max)) {
      found |= SleepSet{1} << place;
    }
  }
  return found;
}

}  // namespace synod
