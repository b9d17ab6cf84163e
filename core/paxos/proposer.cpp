#include "core/paxos/proposer.h"

#include <algorithm>

namespace synod::paxos {

void Proposer::on(const Context& context, const Request& request) {
  for (std::size_t i = 0; i < waiting_.size(); ++i) {
    if (waiting_[i].request.id == request.id) {
      return;  // a retry of what is under way
    }
    if (waiting_[i].request.id.client == request.id.client) {
      waiting_.erase(i);  // its client has gone on to another
      break;
    }
  }
  context.out.expect(waiting_.try_push({request}), "a client has one request open at a time");
  if (phase_ == Phase::idle) {
    context.set_timer(Timer::deadline, context.config.timing.deadline);
    become_preparing(context);
  }
}

void Proposer::on(const Context& context, NodeId from, const Promise& promise) {
  const Rules& rules = context.config.rules;
  if (phase_ != Phase::preparing || !rules.is_reply_to(ballot_, promise.ballot)) {
    return;
  }
  promised_by_ = rules.count_promise(promised_by_, from);
  reported_[from.index] = promise.vote;
  if (has_phase1_quorum(context)) {
    propose(context);
  }
}

void Proposer::on(const Context& context, const Nack& nack) {
  highest_heard_ = std::max(highest_heard_, nack.promised);
  const bool is_running = phase_ == Phase::preparing || phase_ == Phase::accepting;
  if (is_running && context.config.rules.is_reply_to(ballot_, nack.ballot)) {
    become_backing_off(context);
  }
}

void Proposer::on_retry_timer(const Context& context) {
  const Timing& timing = context.config.timing;
  if (phase_ == Phase::accepting && repeats_ < timing.repeats_max) {
    ++repeats_;
    send_accept(context, context.config.rules.value_to_repeat(proposed_, own_value()));
  } else if (tries_ < timing.tries_max) {
    become_preparing(context);
  } else {
    give_up(context);
  }
}

void Proposer::on_deadline_timer(const Context& context) { give_up(context); }

void Proposer::on_learned(const Context& context, Vote decision) {
  if (decision.ballot.node == context.self) {  // nobody else heard the votes of its ballots
    context.send_all(Decide{decision.ballot, decision.value});
  }
  if (phase_ != Phase::idle) {
    answer_all(context, decision.value);
    become_idle(context);
  }
}

void Proposer::become_idle(const Context& context) {
  phase_ = Phase::idle;
  tries_ = 0;
  context.out.cancel_timer(Timer::attempt);
  context.out.cancel_timer(Timer::back_off);
  context.out.cancel_timer(Timer::deadline);
}

void Proposer::become_preparing(const Context& context) {
  phase_ = Phase::preparing;
  ++tries_;
  repeats_ = 0;
  ballot_ = context.config.rules.next_ballot(context.durable, highest_heard_, context.self);
  context.out.expect(!ballot_.is_none(), "a proposer does not run out of ballots");
  highest_heard_ = ballot_;
  promised_by_ = {};
  reported_ = {};
  proposed_ = {};
  for (Waiting& waiting : waiting_) {
    waiting.came_first = true;
  }
  Durable state = context.durable;
  state.round_tried = ballot_.round;
  context.store(state);
  if (has_phase1_quorum(context)) {
    propose(context);
  } else {
    context.send_all(Prepare{ballot_, own_value()});
    context.set_timer(Timer::attempt, context.config.timing.attempt);
  }
}

bool Proposer::has_phase1_quorum(const Context& context) const {
  return context.config.rules.is_phase1_quorum(context.config.quorums, promised_by_);
}

void Proposer::propose(const Context& context) {
  const Value value = context.config.rules.value_to_propose(promised_by_, reported_, own_value());
  if (value.is_none()) {
    // Only reads wait, and a quorum that has promised this ballot has voted in none below it:
    // nothing was chosen when the promises were made, nor can it be any more in a lower ballot.
    answer_nothing_chosen(context);
  } else {
    become_accepting(context, value);
  }
}

void Proposer::become_accepting(const Context& context, Value value) {
  phase_ = Phase::accepting;
  send_accept(context, value);
}

void Proposer::send_accept(const Context& context, Value value) {
  proposed_ = value;
  for (Waiting& waiting : waiting_) {
    waiting.was_value_sent |= waiting.request.operation.value == value;
  }
  context.send_all(Accept{ballot_, value});
  context.set_timer(Timer::attempt, context.config.timing.attempt);
}

void Proposer::become_backing_off(const Context& context) {
  const Timing& timing = context.config.timing;
  phase_ = Phase::backing_off;
  context.out.cancel_timer(Timer::attempt);
  context.out.set_timer(Timer::back_off, timing.back_off_min, back_off_latest(timing, tries_ - 1));
}

void Proposer::give_up(const Context& context) {
  for (const Waiting& waiting : waiting_) {
    const bool is_write = waiting.request.operation.kind == OperationKind::write;
    const Outcome outcome = is_write
                                ? context.config.rules.outcome_of_giving_up(waiting.was_value_sent)
                                : Outcome::unknown;
    context.out.reply({waiting.request.id, {outcome, {}}});
  }
  waiting_.clear();
  become_idle(context);
}

void Proposer::answer_all(const Context& context, Value decision) {
  for (const Waiting& waiting : waiting_) {
    const Value value = context.config.rules.value_to_answer(waiting.request, decision);
    context.out.reply({waiting.request.id, {Outcome::chosen, value}});
  }
  waiting_.clear();
}

/// Those who may not be told so yet are asked for anew.
void Proposer::answer_nothing_chosen(const Context& context) {
  for (std::size_t i = 0; i < waiting_.size();) {
    if (context.config.rules.may_answer_nothing_chosen(waiting_[i].came_first)) {
      context.out.reply({waiting_[i].request.id, {Outcome::nothing_chosen, {}}});
      waiting_.erase(i);
    } else {
      ++i;
    }
  }
  if (waiting_.is_empty()) {
    become_idle(context);
  } else {
    tries_ = 0;
    context.set_timer(Timer::deadline, context.config.timing.deadline);
    become_preparing(context);
  }
}

Value Proposer::own_value() const {
  for (const Waiting& waiting : waiting_) {
    if (waiting.request.operation.kind == OperationKind::write) {
      return waiting.request.operation.value;
    }
  }
  return {};
}

}  // namespace synod::paxos
