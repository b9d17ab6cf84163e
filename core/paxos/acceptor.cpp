#include "core/paxos/acceptor.h"

namespace synod::paxos::acceptor {

void on(const Context& context, NodeId from, const Prepare& prepare) {
  const Rules& rules = context.config.rules;
  if (rules.may_promise(context.durable, prepare.ballot)) {
    const Vote vote = rules.vote_to_report(context.durable);
    context.store(rules.after_promise(context.durable, prepare.ballot, prepare.value));
    context.send(from, Promise{prepare.ballot, vote});
  } else if (prepare.ballot != context.durable.promised) {  // an equal one is a copy: answered
    context.send(from, Nack{prepare.ballot, context.durable.promised});
  }
}

void on(const Context& context, NodeId from, const Accept& accept) {
  const Rules& rules = context.config.rules;
  if (rules.may_accept(context.durable, accept.ballot, accept.value)) {
    context.store(rules.after_accept(context.durable, accept.ballot, accept.value));
    context.send(from, Accepted{accept.ballot, accept.value});
  } else {
    context.send(from, Nack{accept.ballot, context.durable.promised});
  }
}

void on(const Context& context, NodeId from, const Query& query) {
  const Vote vote = context.config.rules.vote_to_tell(context.durable);
  context.send(from, Report{query.number, vote});
}

}  // namespace synod::paxos::acceptor
