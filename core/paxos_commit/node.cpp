#include "core/paxos_commit/node.h"

#include "core/paxos_commit/acceptor.h"
#include "core/paxos_commit/participant.h"

namespace synod::paxos_commit {

void Node::start(const Config& config, NodeId self, const Durable& disk, Output& out) {
  *this = Node{};
  self_ = self;
  durable_ = recovered(config, disk);
  leader_.start(context(config, out));
  set_catch_up_timer(context(config, out));
}

void Node::on(const Config& config, NodeId from, const Message& message, Output& out) {
  std::visit([&](const auto& m) { handle(context(config, out), from, m); }, message);
}

void Node::on(const Config& config, const Request& request, Output& out) {
  const Context context = this->context(config, out);
  if (has_learned()) {
    out.reply({request.id, {Outcome::chosen, value_of(decision_)}});
  } else if (waiting_.try_add(request.id, context.out)) {
    if (self_ != config.transaction.coordinator) {
      context.send(config.transaction.coordinator, Begin{});
    }
    conclude(context, leader_.on_asked(context));
  }
}

void Node::on(const Config& config, Timer timer, Output& out) {
  const Context context = this->context(config, out);
  if (has_learned()) {
    return;
  }
  switch (timer) {
    case Timer::take_over:
      return conclude(context, leader_.on_take_over_timer(context));
    case Timer::catch_up:
      context.send_all(context.others(), Inquiry{});
      return set_catch_up_timer(context);
  }
}

void Node::handle(const Context& context, NodeId from, const Begin& /*begin*/) {
  if (has_learned()) {
    context.send(from, Decide{decision_});
  } else {
    conclude(context, leader_.on_asked(context));
  }
}

void Node::handle(const Context& context, NodeId from, const VoteRequest& request) {
  if (has_learned()) {
    context.send(from, Decide{decision_});
  } else {
    participant::on(context, request);
    leader_.on_heard_of_transaction(context);
  }
}

void Node::handle(const Context& context, NodeId from, const Prepare& prepare) {
  acceptor::on(context, from, prepare);
  if (!has_learned()) {
    leader_.on_heard_of_transaction(context);
  }
}

void Node::handle(const Context& context, NodeId from, const Promise& promise) {
  if (!has_learned()) {
    conclude(context, leader_.on(context, from, promise));
  }
}

void Node::handle(const Context& context, NodeId from, const Accept& accept) {
  acceptor::on(context, from, accept);
  if (!has_learned()) {
    leader_.on_heard_of_transaction(context);
  }
}

void Node::handle(const Context& context, NodeId from, const Accepted& accepted) {
  if (!has_learned()) {
    conclude(context, leader_.on(context, from, accepted));
  }
}

void Node::handle(const Context& context, NodeId /*from*/, const Nack& nack) {
  if (!has_learned()) {
    leader_.on(context, nack);
  }
}

void Node::handle(const Context& context, NodeId /*from*/, const Decide& decide) {
  learn(context, decide.decision);
}

void Node::handle(const Context& context, NodeId from, const Inquiry& /*inquiry*/) {
  if (has_learned()) {
    context.send(from, Decide{decision_});
  }
}

/// Who finds the decision out tells the others: nobody else heard the votes of its ballots.
void Node::conclude(const Context& context, Decision decision) {
  if (decision != Decision::none) {
    context.send_all(context.others(), Decide{decision});
    learn(context, decision);
  }
}

void Node::learn(const Context& context, Decision decision) {
  if (has_learned()) {
    context.out.expect(decision == decision_, "a node learns one decision only");
    return;
  }
  decision_ = decision;
  context.out.learn(value_of(decision));
  context.out.cancel_timer(Timer::catch_up);
  leader_.on_learned(context);
  waiting_.answer_all(Outcome::chosen, value_of(decision), context.out);
}

void Node::set_catch_up_timer(const Context& context) {
  const Duration time = context.config.timing.catch_up;
  context.out.set_timer(Timer::catch_up, time, {time.ticks + time.ticks / 2});
}

}  // namespace synod::paxos_commit
