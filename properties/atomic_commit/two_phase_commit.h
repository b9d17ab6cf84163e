// What a witness reads out of the messages and disks of two-phase commit.
#pragma once

#include <optional>
#include <string_view>
#include <variant>

#include "core/two_phase_commit/node.h"
#include "properties/atomic_commit/termination.h"
#include "properties/fault_model.h"

namespace synod::atomic_commit {

struct TwoPhaseCommitWords {
  using Protocol = two_phase_commit::Protocol;
  static constexpr bool nodes_restart = true;  ///< in its fault model

  static std::optional<bool> vote_in(NodeId /*from*/, const two_phase_commit::Message& message) {
    if (std::holds_alternative<two_phase_commit::VoteYes>(message)) {
      return true;
    }
    if (std::holds_alternative<two_phase_commit::VoteNo>(message)) {
      return false;
    }
    return std::nullopt;
  }
  static bool vote_on(NodeId /*node*/, const two_phase_commit::Durable& disk) {
    return disk.has_voted_yes;
  }
  static Decision decision_in(const two_phase_commit::Message& message) {
    const auto* decide = std::get_if<two_phase_commit::Decide>(&message);
    return decide == nullptr ? Decision::none : decide->decision;
  }
  static Decision decision_on(const two_phase_commit::Durable& disk) { return disk.decision; }
  static bool is_time_out(two_phase_commit::Timer timer) {
    return timer == two_phase_commit::Timer::votes || timer == two_phase_commit::Timer::decision;
  }
  /// BHG 7.4: atomic whatever happens; but while a node that others wait for is down, they wait.
  static AccidentSet borne(std::string_view property) {
    return property == termination_text.name ? AccidentSet::all() - Accident::crash
                                             : AccidentSet::all();
  }
};

}  // namespace synod::atomic_commit
