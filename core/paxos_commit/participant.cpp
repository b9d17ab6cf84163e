#include "core/paxos_commit/participant.h"

namespace synod::paxos_commit::participant {

/// Asked again, after a restart too, it votes as before: a ballot has one value.
void on(const Context& context, const VoteRequest& /*request*/) {
  const Rules& rules = context.config.rules;
  if (context.durable.vote.is_none()) {
    Durable state = context.durable;
    state.vote = rules.vote(context.config.transaction, context.self);
    context.store(state);
  }
  context.send_all(context.config.acceptors.nodes(),
                   Accept{context.self, {rules.first_ballot(context.self), context.durable.vote}});
}

}  // namespace synod::paxos_commit::participant
