#include "core/two_phase_commit/coordinator.h"

namespace synod::two_phase_commit {

void Coordinator::start(const Context& context) {
  decision_ = context.config.rules.decision_after_restart(context.durable);
  if (decision_ != Decision::none) {
    tell(context);
  }
}

void Coordinator::on_begin(const Context& context) {
  if (!context.config.rules.may_begin(context.durable)) {
    return;
  }
  Durable state = context.durable;
  state.is_begun = true;
  context.store(state);
  is_collecting_ = true;
  context.send_all(context.config.transaction.participants, VoteRequest{});
  context.set_timer(Timer::votes, context.config.timing.votes);
  decide_if_unanimous(context);  // as it is without participants
}

void Coordinator::on(const Context& context, NodeId from, const VoteYes& /*vote*/) {
  if (is_collecting_) {
    yes_votes_.insert(from);
    decide_if_unanimous(context);
  }
}

/// BHG 7.4, step 3: one no, and the decision is abort. Who said no has aborted already.
void Coordinator::on(const Context& context, NodeId from, const VoteNo& /*vote*/) {
  if (is_collecting_) {
    informed_.insert(from);
    decide(context, Decision::abort);
  }
}

void Coordinator::on(const Context& context, NodeId from, const Ack& /*ack*/) {
  informed_.insert(from);
  if (informed_ == context.config.transaction.participants) {
    context.out.cancel_timer(Timer::resend);
  }
}

/// Before it has begun nobody can have committed: what a participant decided without it is abort.
void Coordinator::on(const Context& context, const Decide& /*decide*/) {
  if (context.config.rules.may_begin(context.durable)) {
    Durable state = context.durable;
    state.is_begun = true;
    context.store(state);
    decide(context, Decision::abort);
  }
}

void Coordinator::on_votes_timer(const Context& context) {
  decide(context, context.config.rules.decision_without_votes());
}

void Coordinator::on_resend_timer(const Context& context) { tell(context); }

void Coordinator::decide_if_unanimous(const Context& context) {
  if (context.config.rules.is_unanimous(context.config.transaction, yes_votes_)) {
    decide(context, Decision::commit);
  }
}

void Coordinator::decide(const Context& context, Decision decision) {
  is_collecting_ = false;
  decision_ = decision;
  context.out.cancel_timer(Timer::votes);
  if (decision == Decision::commit) {
    Durable state = context.durable;
    state.decision = decision;
    context.store(state);
  }
  context.send(context.self, Decide{decision});
  tell(context);
}

/// A commit until all have acknowledged it. An abort once: who misses it will ask.
void Coordinator::tell(const Context& context) const {
  const NodeSet rest = context.config.transaction.participants - informed_;
  context.send_all(rest, Decide{decision_});
  if (decision_ == Decision::commit && !rest.is_empty()) {
    context.set_timer(Timer::resend, context.config.timing.resend);
  }
}

}  // namespace synod::two_phase_commit
