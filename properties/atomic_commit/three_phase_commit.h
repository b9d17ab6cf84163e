// What a witness reads out of the messages and disks of three-phase commit.
#pragma once

#include <optional>
#include <string_view>
#include <variant>

#include "core/three_phase_commit/node.h"
#include "properties/fault_model.h"

namespace synod::atomic_commit {

struct ThreePhaseCommitWords {
  using Protocol = three_phase_commit::Protocol;
  static constexpr bool nodes_restart = false;  ///< in its fault model

  static std::optional<bool> vote_in(NodeId /*from*/, const three_phase_commit::Message& message) {
    if (std::holds_alternative<three_phase_commit::VoteYes>(message)) {
      return true;
    }
    if (std::holds_alternative<three_phase_commit::VoteNo>(message)) {
      return false;
    }
    return std::nullopt;
  }
  static bool vote_on(NodeId /*node*/, const three_phase_commit::Durable& disk) {
    return disk.state == three_phase_commit::State::waiting;
  }
  static Decision decision_in(const three_phase_commit::Message& message) {
    const auto* decide = std::get_if<three_phase_commit::Decide>(&message);
    return decide == nullptr ? Decision::none : decide->decision;
  }
  static Decision decision_on(const three_phase_commit::Durable& disk) {
    return three_phase_commit::decision_of(disk.state);
  }
  static bool is_time_out(three_phase_commit::Timer timer) {
    return timer != three_phase_commit::Timer::catch_up;
  }
  /// Skeen's fault model: nodes stop and stay down, and time-outs tell the truth.
  static AccidentSet borne(std::string_view /*property*/) {
    return AccidentSet::of({Accident::crash, Accident::duplicate});
  }
};

}  // namespace synod::atomic_commit
