#include "core/three_phase_commit/pre_committing.h"

namespace synod::three_phase_commit {

void PreCommitting::start(const Context& context) {
  is_running_ = true;
  context.store(State::pre_committed);
  context.out.send_all(context.other_participants(), PreCommit{});
  context.set_timer(Timer::acks, answers(context.config.timing));
  go_on(context, false);
}

void PreCommitting::on(const Context& context, NodeId from, const PreCommitAck& /*ack*/) {
  if (is_running_) {
    acked_.insert(from);
    go_on(context, false);
  }
}

void PreCommitting::on_acks_timer(const Context& context) {
  if (is_running_) {
    go_on(context, true);
  }
}

void PreCommitting::go_on(const Context& context, bool is_time_up) {
  const Rules& rules = context.config.rules;
  switch (rules.after_acks(context.config.transaction, context.self, acked_, is_time_up)) {
    case Plan::commit:
      is_running_ = false;
      return context.decide(Decision::commit);
    case Plan::abort:
      is_running_ = false;
      return context.decide(Decision::abort);
    case Plan::pre_commit:
    case Plan::wait:
      return;
  }
}

}  // namespace synod::three_phase_commit
