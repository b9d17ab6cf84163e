#include "core/two_phase_commit/rules.h"

namespace synod::two_phase_commit::rules {
namespace {

bool is_free_to_abort(const Durable& participant) {
  return !participant.has_voted_yes && participant.decision == Decision::none;
}

}  // namespace

bool may_begin(const Durable& coordinator) { return !coordinator.is_begun; }

bool is_unanimous(const Transaction& transaction, NodeSet yes_votes) {
  return yes_votes == transaction.participants;
}

Decision decision_without_votes() { return Decision::abort; }

Decision decision_after_restart(const Durable& coordinator) {
  const bool is_presumed = coordinator.is_begun && coordinator.decision == Decision::none;
  return is_presumed ? Decision::abort : coordinator.decision;
}

bool is_vote_yes(const Durable& participant, bool can_commit) {
  return participant.has_voted_yes || (can_commit && participant.decision == Decision::none);
}

Decision decision_when_wait_is_over(NodeSet /*prepared_peers*/) { return Decision::none; }

Decision decision_without_vote_request(const Durable& participant) {
  return is_free_to_abort(participant) ? Decision::abort : Decision::none;
}

Decision decision_when_asked(const Durable& participant) {
  return is_free_to_abort(participant) ? Decision::abort : participant.decision;
}

Durable after_decision(Durable participant, Decision decision) {
  if (participant.decision == Decision::none) {
    participant.decision = decision;
  }
  return participant;
}

Durable to_store(const Durable& state) { return state; }
Durable recovered(const Durable& stored) { return stored; }

}  // namespace synod::two_phase_commit::rules
