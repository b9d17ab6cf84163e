#include "core/paxos_commit/leader.h"

#include <algorithm>

namespace synod::paxos_commit {

void Leader::start(const Context& context) {
  if (context.durable != Durable{}) {
    become_waiting(context);
  }
}

void Leader::on_heard_of_transaction(const Context& context) {
  if (phase_ == Phase::idle) {
    become_waiting(context);
  }
}

Decision Leader::on_asked(const Context& context) {
  const bool has_not_led = phase_ == Phase::idle || phase_ == Phase::waiting;
  if (has_not_led && context.self == context.config.transaction.coordinator) {
    become_collecting(context);
    // Without participants there is nobody to wait for.
    return context.config.rules.decision(context.config.transaction, chosen_);
  }
  if (phase_ == Phase::backing_off && refusals_ > 1) {  // once: requests must not put it off
    refusals_ = 0;
    become_backing_off(context);
  }
  on_heard_of_transaction(context);
  return Decision::none;
}

Decision Leader::on(const Context& context, NodeId from, const Promise& promise) {
  const paxos::Rules& rules = context.config.paxos_rules;
  const NodeId participant = promise.participant;
  if (phase_ != Phase::leading || !rules.is_reply_to(ballot_, promise.message.ballot) ||
      !is_awaited(participant)) {
    return Decision::none;
  }
  NodeSet& promised_by = promised_by_[participant.index];
  promised_by = rules.count_promise(promised_by, from);
  const Decision decision = hear(context, participant, from, promise.message.vote);
  if (is_awaited(participant) && rules.is_phase1_quorum(context.config.acceptors, promised_by)) {
    propose(context, participant);
  }
  return decision;
}

Decision Leader::on(const Context& context, NodeId from, const Accepted& accepted) {
  return hear(context, accepted.participant, from,
              {accepted.message.ballot, accepted.message.value});
}

void Leader::on(const Context& context, const Nack& nack) {
  highest_seen_ = std::max(highest_seen_, nack.message.promised);
  if (phase_ == Phase::leading && chosen_[nack.participant.index].is_none() &&
      context.config.paxos_rules.is_reply_to(ballot_, nack.message.ballot)) {
    become_backing_off(context);
  }
}

Decision Leader::on_take_over_timer(const Context& context) {
  const Decision decision = context.config.rules.decision_at_time_out();
  if (decision == Decision::none) {
    become_leading(context);
  }
  return decision;
}

void Leader::on_learned(const Context& context) {
  phase_ = Phase::idle;
  context.out.cancel_timer(Timer::take_over);
}

/// Up to twice the time, so that those who wait do not all begin together.
void Leader::become_waiting(const Context& context) {
  const Duration time = context.config.timing.take_over;
  phase_ = Phase::waiting;
  context.out.set_timer(Timer::take_over, time, time * 2);
}

void Leader::become_collecting(const Context& context) {
  const Duration time = context.config.timing.votes;
  phase_ = Phase::collecting;
  context.send_all(context.config.transaction.participants, VoteRequest{});
  context.out.set_timer(Timer::take_over, time, time);
}

void Leader::become_leading(const Context& context) {
  const Config& config = context.config;
  phase_ = Phase::leading;
  // The acceptor in the same node may have promised more than the leader has been told.
  for (const NodeId participant : config.transaction.participants) {
    const paxos::Durable& instance = context.durable.instances[participant.index];
    highest_seen_ =
        std::max({highest_seen_, instance.promised, Ballot{instance.round_tried, context.self}});
  }
  ballot_ = config.rules.take_over_ballot(config.paxos_rules, highest_seen_, context.self);
  context.out.expect(!ballot_.is_none(), "a leader does not run out of ballots");
  highest_seen_ = std::max(highest_seen_, ballot_);
  promised_by_ = {};
  proposed_ = {};
  Durable state = context.durable;
  for (const NodeId participant : config.transaction.participants) {
    state.instances[participant.index].round_tried = ballot_.round;
  }
  context.store(state);
  for (const NodeId participant : config.transaction.participants) {
    if (is_awaited(participant)) {
      context.send_all(config.acceptors.nodes(), Prepare{participant, {ballot_}});
    }
  }
  const Duration time = config.timing.attempt;
  context.out.set_timer(Timer::take_over, time, {time.ticks + time.ticks / 2});
}

void Leader::become_backing_off(const Context& context) {
  const Timing& timing = context.config.timing;
  phase_ = Phase::backing_off;
  context.out.set_timer(Timer::take_over, timing.back_off_min, back_off_latest(timing, refusals_));
  ++refusals_;
}

void Leader::propose(const Context& context, NodeId participant) {
  const Config& config = context.config;
  // What was heard of those that have promised is what they reported: it cannot be older, and of
  // later votes this node hears in its own ballots only, that is, after this line.
  const Value value = config.paxos_rules.value_to_propose(promised_by_[participant.index],
                                                          heard_[participant.index],
                                                          config.rules.value_for_free_instance());
  proposed_.insert(participant);
  context.send_all(config.acceptors.nodes(), Accept{participant, {ballot_, value}});
  const Duration time = config.timing.attempt;
  context.out.set_timer(Timer::take_over, time, {time.ticks + time.ticks / 2});
}

/// Votes never lie and are never withdrawn, so late and repeated news of one is harmless, and one
/// that was reported with a promise counts like any other.
Decision Leader::hear(const Context& context, NodeId participant, NodeId acceptor, Vote vote) {
  const Config& config = context.config;
  paxos::Votes& heard = heard_[participant.index];
  if (vote.is_none() || !chosen_[participant.index].is_none()) {
    return Decision::none;
  }
  config.paxos_rules.count_vote(heard, acceptor, vote);
  if (!config.paxos_rules.is_chosen(config.acceptors, heard, vote)) {
    return Decision::none;
  }
  chosen_[participant.index] = vote.value;
  return config.rules.decision(config.transaction, chosen_);
}

}  // namespace synod::paxos_commit
