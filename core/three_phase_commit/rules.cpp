#include "core/three_phase_commit/rules.h"

namespace synod::three_phase_commit::rules {

State vote(const Transaction& transaction, NodeId self) {
  return transaction.can_commit(self) ? State::waiting : State::aborted;
}

bool may_abort_alone(State state) { return state == State::initial || state == State::voting; }

Plan after_votes(const Transaction& transaction, NodeSet yes, NodeSet no, bool is_time_up) {
  if (!no.is_empty()) {
    return Plan::abort;
  }
  if (yes == transaction.participants) {
    return Plan::pre_commit;
  }
  return is_time_up ? Plan::abort : Plan::wait;
}

bool may_pre_commit(State state) { return state == State::waiting; }

Plan after_acks(const Transaction& transaction, NodeId self, NodeSet acked, bool is_time_up) {
  const NodeSet asked = transaction.participants - NodeSet::only(self);
  return acked == asked || is_time_up ? Plan::commit : Plan::wait;
}

Plan after_reports(const Transaction& transaction, const Reports& reports, bool is_time_up) {
  if (reports.has(State::aborted)) {
    return Plan::abort;
  }
  if (reports.has(State::committed)) {
    return Plan::commit;
  }
  if (reports.from != transaction.nodes() && !is_time_up) {
    return Plan::wait;
  }
  return reports.has(State::pre_committed) ? Plan::pre_commit : Plan::abort;
}

}  // namespace synod::three_phase_commit::rules
