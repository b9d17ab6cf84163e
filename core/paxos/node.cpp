#include "core/paxos/node.h"

namespace synod::paxos {

void Node::start(const Config& config, NodeId self, const Durable& disk, Output& out) {
  *this = Node{};
  self_ = self;
  durable_ = config.rules.recovered(disk);
  learner_.start(context(config, out));
}

void Node::on(const Config& config, NodeId from, const Message& message, Output& out) {
  std::visit([&](const auto& m) { handle(context(config, out), from, m); }, message);
}

void Node::on(const Config& config, const Request& request, Output& out) {
  if (learner_.has_learned()) {
    const Value value = config.rules.value_to_answer(request, learner_.decision().value);
    out.reply({request.id, {Outcome::chosen, value}});
  } else if (request.operation.kind == OperationKind::quorum_read) {
    reader_.on(context(config, out), request);
  } else {
    proposer_.on(context(config, out), request);
  }
}

void Node::on(const Config& config, Timer timer, Output& out) {
  const Context context = this->context(config, out);
  switch (timer) {
    case Timer::attempt:
    case Timer::back_off:
      return proposer_.on_retry_timer(context);
    case Timer::deadline:
      return proposer_.on_deadline_timer(context);
    case Timer::read:
      return reader_.on_read_timer(context);
    case Timer::catch_up:
      return learner_.on_catch_up_timer(context);
  }
}

void Node::handle(const Context& context, NodeId from, const Prepare& prepare) {
  acceptor::on(context, from, prepare);
}

void Node::handle(const Context& context, NodeId from, const Promise& promise) {
  proposer_.on(context, from, promise);
}

void Node::handle(const Context& context, NodeId from, const Accept& accept) {
  acceptor::on(context, from, accept);
}

void Node::handle(const Context& context, NodeId from, const Accepted& accepted) {
  if (learner_.try_learn_from_vote(context, from, {accepted.ballot, accepted.value})) {
    on_learned(context);
  }
}

void Node::handle(const Context& context, NodeId /*from*/, const Nack& nack) {
  proposer_.on(context, nack);
}

void Node::handle(const Context& context, NodeId /*from*/, const Decide& decide) {
  if (learner_.try_learn(context, {decide.ballot, decide.value})) {
    on_learned(context);
  }
}

void Node::handle(const Context& context, NodeId from, const Query& query) {
  if (learner_.has_learned()) {
    context.send(from, Decide{learner_.decision().ballot, learner_.decision().value});
  } else {
    acceptor::on(context, from, query);
  }
}

void Node::handle(const Context& context, NodeId from, const Report& report) {
  if (learner_.try_learn_from_vote(context, from, report.vote)) {
    on_learned(context);
  } else {
    reader_.on(context, from, report);
  }
}

void Node::on_learned(const Context& context) {
  proposer_.on_learned(context, learner_.decision());
  reader_.on_learned(context, learner_.decision().value);
}

}  // namespace synod::paxos
