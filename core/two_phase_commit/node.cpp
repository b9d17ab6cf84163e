#include "core/two_phase_commit/node.h"

namespace synod::two_phase_commit {

void Node::start(const Config& config, NodeId self, const Durable& disk, Output& out) {
  *this = Node{};
  self_ = self;
  durable_ = config.rules.recovered(disk);
  const Context context = this->context(config, out);
  if (context.is_coordinator()) {
    coordinator_.start(context);
  } else {
    participant_.start(context);
  }
  learner_.start(context, decided(context));
}

void Node::on(const Config& config, NodeId from, const Message& message, Output& out) {
  std::visit([&](const auto& m) { handle(context(config, out), from, m); }, message);
}

void Node::on(const Config& config, const Request& request, Output& out) {
  const Context context = this->context(config, out);
  learner_.on(context, request);
  if (learner_.has_learned()) {
    return;
  }
  if (context.is_coordinator()) {
    coordinator_.on_begin(context);
  } else {
    context.send(context.coordinator(), Begin{});
  }
}

void Node::on(const Config& config, Timer timer, Output& out) {
  const Context context = this->context(config, out);
  switch (timer) {
    case Timer::votes:
      return coordinator_.on_votes_timer(context);
    case Timer::decision:
      return participant_.on_decision_timer(context);
    case Timer::resend:
      return coordinator_.on_resend_timer(context);
    case Timer::catch_up:
      return on_catch_up_timer(context);
  }
}

/// Once the request to vote should long have come, the wait for it is over.
void Node::on_catch_up_timer(const Context& context) {
  const Decision known = decided(context);
  if (!context.is_coordinator() && learner_.has_asked_twice()) {
    participant_.on_vote_request_missing(context);
  }
  learner_.on_catch_up_timer(context, known);
}

Decision Node::decided(const Context& context) const {
  return context.is_coordinator() ? coordinator_.decision() : durable_.decision;
}

void Node::tell_if_decided(const Context& context, NodeId to) const {
  if (decided(context) != Decision::none) {
    context.send(to, Decide{decided(context)});
  }
}

void Node::handle(const Context& context, NodeId from, const Begin& /*begin*/) {
  coordinator_.on_begin(context);
  tell_if_decided(context, from);
}

void Node::handle(const Context& context, NodeId /*from*/, const VoteRequest& request) {
  participant_.on(context, request);
}

void Node::handle(const Context& context, NodeId from, const VoteYes& vote) {
  coordinator_.on(context, from, vote);
}

void Node::handle(const Context& context, NodeId from, const VoteNo& vote) {
  coordinator_.on(context, from, vote);
}

void Node::handle(const Context& context, NodeId from, const Decide& decide) {
  if (from == self_) {
    learner_.on_own(context, decide);
  } else if (context.is_coordinator()) {
    coordinator_.on(context, decide);
  } else {
    participant_.on(context, decide);
  }
}

void Node::handle(const Context& context, NodeId from, const Ack& ack) {
  coordinator_.on(context, from, ack);
}

/// A coordinator that is still counting votes cannot help, and says nothing.
void Node::handle(const Context& context, NodeId from, const DecisionRequest& request) {
  if (context.is_coordinator()) {
    tell_if_decided(context, from);
  } else {
    participant_.on(context, from, request);
  }
}

void Node::handle(const Context& context, NodeId from, const Prepared& prepared) {
  participant_.on(context, from, prepared);
}

void Node::handle(const Context& context, NodeId from, const Inquiry& /*inquiry*/) {
  tell_if_decided(context, from);
}

}  // namespace synod::two_phase_commit
