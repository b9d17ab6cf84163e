#include "core/two_phase_commit/participant.h"

namespace synod::two_phase_commit {
namespace {

bool is_prepared(const Context& context) {
  return context.durable.has_voted_yes && context.durable.decision == Decision::none;
}

/// The decision counts from when it is on disk, as the Decide to itself will tell.
void decide(const Context& context, Decision decision) {
  const Durable before = context.durable;
  context.store(context.config.rules.after_decision(before, decision));
  if (context.durable != before) {
    context.out.cancel_timer(Timer::decision);
    context.send(context.self, Decide{context.durable.decision});
  }
}

}  // namespace

void Participant::start(const Context& context) {
  if (is_prepared(context)) {
    ask(context);
  }
}

void Participant::on(const Context& context, const VoteRequest& /*request*/) {
  const bool can_commit = context.config.transaction.can_commit(context.self);
  if (!context.config.rules.is_vote_yes(context.durable, can_commit)) {
    decide(context, Decision::abort);
    context.send(context.coordinator(), VoteNo{});
    return;
  }
  if (!context.durable.has_voted_yes) {
    Durable state = context.durable;
    state.has_voted_yes = true;
    context.store(state);
  }
  if (is_prepared(context)) {
    context.set_timer(Timer::decision, context.config.timing.decision);
  }
  context.send(context.coordinator(), VoteYes{});
}

void Participant::on(const Context& context, const Decide& message) {
  decide(context, message.decision);
  if (context.durable.decision == Decision::commit) {
    context.send(context.coordinator(), Ack{});
  }
}

void Participant::on(const Context& context, NodeId from, const DecisionRequest& /*request*/) {
  const Decision decision = context.config.rules.decision_when_asked(context.durable);
  if (decision == Decision::none) {
    context.send(from, Prepared{});
  } else {
    decide(context, decision);
    context.send(from, Decide{decision});
  }
}

void Participant::on(const Context& /*context*/, NodeId from, const Prepared& /*prepared*/) {
  prepared_peers_.insert(from);
}

void Participant::on_decision_timer(const Context& context) {
  const Decision decision = context.config.rules.decision_when_wait_is_over(prepared_peers_);
  if (decision == Decision::none) {
    ask(context);
  } else {
    decide(context, decision);
  }
}

void Participant::on_vote_request_missing(const Context& context) {
  const Decision decision = context.config.rules.decision_without_vote_request(context.durable);
  if (decision != Decision::none) {
    decide(context, decision);
  }
}

void Participant::ask(const Context& context) {
  prepared_peers_ = {};
  context.send_all(context.others(), DecisionRequest{});
  context.set_timer(Timer::decision, context.config.timing.decision);
}

}  // namespace synod::two_phase_commit
