// What a witness reads out of the messages and disks of Paxos Commit.
#pragma once

#include <optional>
#include <string_view>
#include <variant>

#include "core/paxos_commit/node.h"
#include "properties/fault_model.h"

namespace synod::atomic_commit {

struct PaxosCommitWords {
  using Protocol = paxos_commit::Protocol;
  static constexpr bool nodes_restart = true;  ///< in its fault model

  /// A participant votes by what it proposes in the first ballot of its own instance.
  static std::optional<bool> vote_in(NodeId from, const paxos_commit::Message& message) {
    const auto* accept = std::get_if<paxos_commit::Accept>(&message);
    const bool is_vote = accept != nullptr && accept->participant == from &&
                         accept->message.ballot == Ballot{1, from};
    return is_vote ? std::optional(accept->message.value == commit_value) : std::nullopt;
  }
  static bool vote_on(NodeId /*node*/, const paxos_commit::Durable& disk) {
    return disk.vote == commit_value;
  }
  static Decision decision_in(const paxos_commit::Message& message) {
    const auto* decide = std::get_if<paxos_commit::Decide>(&message);
    return decide == nullptr ? Decision::none : decide->decision;
  }
  /// It follows from what the acceptors hold, and is not written down.
  static Decision decision_on(const paxos_commit::Durable& /*disk*/) { return Decision::none; }
  static bool is_time_out(paxos_commit::Timer timer) {
    return timer == paxos_commit::Timer::take_over;
  }
  static AccidentSet borne(std::string_view /*property*/) { return AccidentSet::all(); }
};

}  // namespace synod::atomic_commit
