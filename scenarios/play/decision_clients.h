// What clients ask of a protocol that decides once; see sim/world/clients.h.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/atomic_commit.h"
#include "core/one_decision.h"
#include "sim/luck.h"
#include "sim/world/clients.h"
#include "sim/world/configuration.h"

namespace synod {

struct DecisionClients {
  using Operation = OneDecision::Operation;

  static void each(std::uint32_t number, auto&& visit) {
    visit(Operation{OperationKind::write, {number}});
    visit(Operation{OperationKind::read, {}});
    visit(Operation{OperationKind::quorum_read, {}});
  }
  /// In a healed world they write: each must learn the decision.
  static Operation draw(Draws& draws, const Configuration& configuration, bool is_settling,
                        FreshNumbers& fresh) {
    const bool is_read = draws.chance(share_of(configuration, "reads"));
    const bool is_quorum_read = draws.chance(share_of(configuration, "quorum_reads"));
    if (!is_settling && is_read) {
      return {OperationKind::read, {}};
    }
    if (!is_settling && is_quorum_read) {
      return {OperationKind::quorum_read, {}};
    }
    return {OperationKind::write, {fresh()}};
  }
  static bool is_enough(const Operation& /*operation*/, const OneDecision::Result& result) {
    return result.outcome == Outcome::chosen;
  }
  static std::uint32_t number_in(const Operation& operation) {
    return decision_of(operation.value) == Decision::none ? operation.value.number : 0;
  }
  static void set_number(Operation& operation, std::uint32_t number) {
    operation.value.number = number_in(operation) != 0 ? number : operation.value.number;
  }

 private:
  /// None, where the protocol has no such option.
  static Ratio share_of(const Configuration& configuration, std::string_view option) {
    const Ratio* const ratio = configuration.options.find<Ratio>(option);
    return ratio == nullptr ? Ratio{} : *ratio;
  }
};

}  // namespace synod
