// What each kind of step is to a search: whether there is any in its space, what of the bounds it
// spends, whose bytes it changes. Of a kind that is new somebody must say all three here: until
// then it does not compile.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "core/ids.h"
#include "scenarios/explore/bounds.h"
#include "scenarios/explore/rounds.h"
#include "scenarios/explore/situation.h"
#include "sim/faults/fault.h"
#include "sim/world/step.h"
#include "sim/world/world.h"

namespace synod {

template <Protocol P>
class StepKinds {
 public:
  explicit StepKinds(const ExploreBounds& bounds) : bounds_(bounds) {}

  /// Can there be such a step? Which requests there are is said where they are listed.
  [[nodiscard]] bool is_explored(const Step<P>& step) const {
    return std::visit([this](const auto& action) { return this->is_taken(action); }, step.action);
  }
  /// Counts what the step spends, taken in this world.
  void spend(const Step<P>& step, const World<P>& before, Spent& spent) const {
    std::visit([&](const auto& action) { this->spend_on(action, before, spent); }, step.action);
  }
  /// Is nothing too much of what steps that are explored spend? Rounds and time-outs are judged
  /// where a step is taken.
  [[nodiscard]] bool is_within(const Spent& spent) const {
    return spent.crashes <= bounds_.crashes_max && spent.restarts <= bounds_.restarts_max &&
           spent.losses <= bounds_.losses_max && spent.duplicates <= bounds_.duplicates_max &&
           spent.retries <= bounds_.retries_max && spent.failed_writes <= bounds_.failed_writes_max;
  }
  /// The nodes whose bytes may not be as they were before this step.
  [[nodiscard]] NodeSet changed_by(const Step<P>& step, const World<P>& before) const {
    return std::visit([&](const auto& action) { return this->changes(action, before); },
                      step.action);
  }
  /// Does something go wrong? Where time-outs tell the truth, what arrives nowhere is lost without
  /// that, and not counted as spent.
  [[nodiscard]] static bool is_accident(const Step<P>& step, const Spent& before,
                                        const Spent& after) {
    return after.losses > before.losses || std::holds_alternative<DuplicateStep<P>>(step.action) ||
           std::holds_alternative<CrashStep>(step.action) ||
           std::holds_alternative<FailWriteStep>(step.action) ||
           std::holds_alternative<CutStep>(step.action);
  }
  /// A round, with this step. Nobody in a protocol that has none.
  static std::optional<NodeId> who_may_begin(const Step<P>& step) {
    if constexpr (round_name_of<P>.empty()) {
      return std::nullopt;
    } else if (const auto* deliver = std::get_if<DeliverStep<P>>(&step.action)) {
      return deliver->packet.to.is_node() ? std::optional(deliver->packet.to.node()) : std::nullopt;
    } else if (const auto* fire = std::get_if<FireStep<P>>(&step.action)) {
      return fire->node;
    } else if (const auto* luck = std::get_if<LuckStep>(&step.action)) {
      return luck->node;
    } else if (const auto* write = std::get_if<FinishWriteStep>(&step.action)) {
      return write->node;
    } else {
      return std::nullopt;
    }
  }

 private:
  // ---- Is there any? ----------------------------------------------------------------------------

  [[nodiscard]] static bool is_taken(const DropStep<P>& drop) {
    return drop.packet.from.is_node() && drop.packet.to.is_node();
  }
  [[nodiscard]] bool is_taken(const CrashStep& crash) const {
    return crash.after_effects <= bounds_.crash_effects_max;
  }
  [[nodiscard]] bool is_taken(const FailWriteStep& /*fail*/) const {
    return bounds_.failed_writes_max > 0;
  }
  template <class Explored>
    requires IsOneOf<Explored, AskStep<RequestFor<P>>, DeliverStep<P>, DuplicateStep<P>,
                     FireStep<P>, FinishWriteStep, RestartStep, LuckStep>
  static bool is_taken(const Explored& /*step*/) {
    return true;
  }
  template <class Beyond>
    requires IsOneOf<Beyond, AbandonStep, CutStep, HealStep> || faults::Unexplored<Beyond>
  static bool is_taken(const Beyond& /*step*/) {
    return false;
  }

  // ---- What does it spend? ----------------------------------------------------------------------

  void spend_on(const DropStep<P>& drop, const World<P>& before, Spent& spent) const {
    const Endpoint to = drop.packet.to;
    const bool could_arrive =
        (!to.is_node() || before[to.node()].is_up) && !before.is_cut(drop.packet.from, to);
    const bool is_free = bounds_.timeouts == Timeouts::truth && !could_arrive;
    spent.losses = static_cast<std::uint8_t>(spent.losses + (is_free ? 0 : 1));
  }
  static void spend_on(const AskStep<RequestFor<P>>& ask, const World<P>& before, Spent& spent) {
    const ClientState<P>& client = before[ask.request.id.client];
    const bool is_retry = client.is_waiting && client.request == ask.request;
    spent.retries = static_cast<std::uint8_t>(spent.retries + (is_retry ? 1 : 0));
  }
  static void spend_on(const DuplicateStep<P>& /*step*/, const World<P>& /*before*/, Spent& spent) {
    ++spent.duplicates;
  }
  static void spend_on(const CrashStep& /*step*/, const World<P>& /*before*/, Spent& spent) {
    ++spent.crashes;
  }
  static void spend_on(const RestartStep& /*step*/, const World<P>& /*before*/, Spent& spent) {
    ++spent.restarts;
  }
  static void spend_on(const AbandonStep& /*step*/, const World<P>& /*before*/, Spent& spent) {
    ++spent.abandons;
  }
  static void spend_on(const FailWriteStep& /*step*/, const World<P>& /*before*/, Spent& spent) {
    ++spent.failed_writes;
  }
  static void spend_on(const CutStep& /*step*/, const World<P>& /*before*/, Spent& spent) {
    ++spent.cuts;
  }
  template <class Free>
    requires IsOneOf<Free, DeliverStep<P>, FireStep<P>, FinishWriteStep, HealStep, LuckStep> ||
             faults::Unexplored<Free>
  static void spend_on(const Free& /*step*/, const World<P>& /*before*/, Spent& /*spent*/) {}

  // ---- Which nodes does it change? --------------------------------------------------------------

  static NodeSet changes(const DeliverStep<P>& deliver, const World<P>& /*before*/) {
    const Endpoint to = deliver.packet.to;
    return to.is_node() ? NodeSet::only(to.node()) : NodeSet();
  }
  /// Where time-outs tell the truth, all timers come nearer as one fires.
  [[nodiscard]] NodeSet changes(const FireStep<P>& fire, const World<P>& before) const {
    return bounds_.timeouts == Timeouts::truth ? before.node_ids() : NodeSet::only(fire.node);
  }
  template <class OfNode>
    requires IsOneOf<OfNode, FinishWriteStep, FailWriteStep, LuckStep, CrashStep, RestartStep> ||
             faults::Unexplored<OfNode>
  static NodeSet changes(const OfNode& step, const World<P>& /*before*/) {
    return NodeSet::only(step.node);
  }
  template <class OfNone>
    requires IsOneOf<OfNone, AskStep<RequestFor<P>>, AbandonStep, DropStep<P>, DuplicateStep<P>,
                     CutStep, HealStep>
  static NodeSet changes(const OfNone& /*step*/, const World<P>& /*before*/) {
    return {};
  }

  ExploreBounds bounds_;
};

}  // namespace synod
