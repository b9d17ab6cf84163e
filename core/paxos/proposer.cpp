#include "core/paxos/proposer.h"

#include <algorithm>

namespace synod::paxos {

void Proposer::start(const Context& context) {
  highest_seen_ = context.durable.promised;
  if (context.durable.round_tried > highest_seen_.round) {
    highest_seen_ = {context.durable.round_tried, context.self};
  }
}

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
  if (!rules.is_phase1_quorum(context.config.quorums, promised_by_)) {
    return;
  }
  const Value value = rules.value_to_propose(promised_by_, reported_, own_value());
  if (value.is_none()) {
    // Only reads wait, and a quorum that has promised this ballot has voted in none below it:
    // nothing was chosen when the promises were made, nor can it be any more in a lower ballot.
    answer_nothing_chosen(context);
  } else {
    become_accepting(context, value);
  }
}

void Proposer::on(const Context& context, const Nack& nack) {
  highest_seen_ = std::max(highest_seen_, nack.promised);
  const bool is_running = phase_ == Phase::preparing || phase_ == Phase::accepting;
  if (is_running && context.config.rules.is_reply_to(ballot_, nack.ballot)) {
    become_backing_off(context);
  }
}

void Proposer::on_retry_timer(const Context& context) {
  if (tries_ < context.config.timing.tries_max) {
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
    answer_all(context, Outcome::chosen, decision.value);
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
  // The acceptor in the same node may have promised more than the proposer has been told.
  highest_seen_ = std::max(highest_seen_, context.durable.promised);
  ballot_ = context.config.rules.next_ballot(highest_seen_, context.self);
  highest_seen_ = ballot_;
  promised_by_ = {};
  reported_ = {};
  proposed_ = {};
  for (Waiting& waiting : waiting_) {
    waiting.came_first = true;
  }
  Durable state = context.durable;
  state.round_tried = ballot_.round;
  context.store(state);
  context.send_all(Prepare{ballot_});
  context.set_timer(Timer::attempt, context.config.timing.attempt);
}

void Proposer::become_accepting(const Context& context, Value value) {
  phase_ = Phase::accepting;
  proposed_ = value;
  for (Waiting& waiting : waiting_) {
    waiting.was_value_sent |= waiting.request.value == value;
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
    const bool is_write = waiting.request.operation == Operation::write;
    const Outcome outcome = is_write
                                ? context.config.rules.outcome_of_giving_up(waiting.was_value_sent)
                                : Outcome::unknown;
    context.out.reply({waiting.request.id, outcome, {}});
  }
  waiting_.clear();
  become_idle(context);
}

void Proposer::answer_all(const Context& context, Outcome outcome, Value value) {
  for (const Waiting& waiting : waiting_) {
    context.out.reply({waiting.request.id, outcome, value});
  }
  waiting_.clear();
}

/// A promise may be older than a request that came after the Prepare had left; a higher ballot may
/// have chosen a value in between. So such a request is asked anew.
void Proposer::answer_nothing_chosen(const Context& context) {
  for (std::size_t i = 0; i < waiting_.size();) {
    if (waiting_[i].came_first) {
      context.out.reply({waiting_[i].request.id, Outcome::nothing_chosen, {}});
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
    if (waiting.request.operation == Operation::write) {
      return waiting.request.value;
    }
  }
  return {};
}

}  // namespace synod::paxos
