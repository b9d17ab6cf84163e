#include "core/paxos/learner.h"

namespace synod::paxos {

void Learner::start(const Context& context) {
  context.set_timer(Timer::catch_up, context.config.timing.catch_up);
}

bool Learner::try_learn_from_vote(const Context& context, NodeId from, Vote vote) {
  if (has_learned() || vote.is_none()) {
    return false;
  }
  const Rules& rules = context.config.rules;
  rules.count_vote(heard_, from, vote);
  return rules.is_chosen(context.config.quorums, heard_, vote) && try_learn(context, vote);
}

bool Learner::try_learn(const Context& context, Vote decision) {
  if (has_learned()) {
    context.out.expect(decision.value == decision_.value, "a node learns one decision only");
    return false;
  }
  decision_ = decision;
  context.out.learn(decision.value);
  context.out.cancel_timer(Timer::catch_up);
  return true;
}

void Learner::on_catch_up_timer(const Context& context) {
  context.send_all(Query{});
  context.set_timer(Timer::catch_up, context.config.timing.catch_up);
}

}  // namespace synod::paxos
