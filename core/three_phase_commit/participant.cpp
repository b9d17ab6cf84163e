#include "core/three_phase_commit/participant.h"

namespace synod::three_phase_commit::participant {
namespace {

/// The next word is due from `heard`, or from whoever takes over from it.
void await_word(const Context& context, NodeId heard) {
  const Config& config = context.config;
  context.set_timer(Timer::silence, patience(config.timing, config.transaction.nodes().size(),
                                             heard, context.self));
}

}  // namespace

void start(const Context& context) {
  if (context.state() == State::waiting || context.state() == State::pre_committed) {
    await_word(context, context.config.transaction.coordinator);
  }
}

void call_for_begin(const Context& context) {
  if (context.state() == State::initial) {
    context.out.send(context.config.transaction.coordinator, Begin{});
    context.set_timer(Timer::silence, answers(context.config.timing));
  }
}

void on(const Context& context, NodeId from, const VoteRequest& /*request*/) {
  if (context.state() == State::initial) {
    if (context.config.rules.vote(context.config.transaction, context.self) == State::aborted) {
      context.adopt(Decision::abort);
    } else {
      context.store(State::waiting);
    }
  }
  if (context.state() == State::aborted) {
    context.out.send(from, VoteNo{});
  } else if (context.state() == State::waiting) {
    context.out.send(from, VoteYes{});
    await_word(context, from);
  }
}

void on(const Context& context, NodeId from, const PreCommit& /*pre_commit*/) {
  if (context.config.rules.may_pre_commit(context.state())) {
    context.store(State::pre_committed);
  }
  if (context.state() == State::pre_committed) {
    context.out.send(from, PreCommitAck{});
    await_word(context, from);
  }
}

void on(const Context& context, NodeId from, const StateRequest& /*request*/) {
  if (context.config.rules.may_abort_alone(context.state())) {
    // Whoever asks will count on it that no yes and no PreCommit comes after the report.
    context.adopt(Decision::abort);
  }
  context.out.send(from, StateReport{context.state()});
  if (!context.has_decided() && !context.is_coordinator()) {
    await_word(context, from);
  }
}

}  // namespace synod::three_phase_commit::participant
