#include "core/three_phase_commit/coordinator.h"

namespace synod::three_phase_commit {

void Coordinator::start(const Context& context, PreCommitting& pre_committing) {
  if (context.state() == State::voting) {
    context.decide(Decision::abort);  // the votes are forgotten, and nobody is pre-committed
  } else if (context.state() == State::pre_committed) {
    pre_committing.start(context);
  }
}

void Coordinator::begin(const Context& context) {
  if (context.state() != State::initial) {
    return;
  }
  context.store(State::voting);
  context.out.send_all(context.config.transaction.participants, VoteRequest{});
  context.set_timer(Timer::votes, answers(context.config.timing));
}

void Coordinator::on(const Context& context, NodeId from, const VoteYes& /*vote*/,
                     PreCommitting& pre_committing) {
  yes_.insert(from);
  go_on(context, false, pre_committing);
}

void Coordinator::on(const Context& context, NodeId from, const VoteNo& /*vote*/,
                     PreCommitting& pre_committing) {
  no_.insert(from);
  go_on(context, false, pre_committing);
}

void Coordinator::on_votes_timer(const Context& context, PreCommitting& pre_committing) {
  go_on(context, true, pre_committing);
}

void Coordinator::go_on(const Context& context, bool is_time_up, PreCommitting& pre_committing) {
  if (context.state() != State::voting) {
    return;
  }
  const Rules& rules = context.config.rules;
  switch (rules.after_votes(context.config.transaction, yes_, no_, is_time_up)) {
    case Plan::pre_commit:
      context.out.cancel_timer(Timer::votes);
      return pre_committing.start(context);
    case Plan::abort:
      return context.decide(Decision::abort);
    case Plan::commit:
      return context.decide(Decision::commit);
    case Plan::wait:
      return;
  }
}

}  // namespace synod::three_phase_commit
