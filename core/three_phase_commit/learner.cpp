#include "core/three_phase_commit/learner.h"

namespace synod::three_phase_commit {

void Learner::start(const Context& context) {
  if (context.has_decided()) {
    become_knowing(context);
  } else if (context.state() == State::initial) {
    set_catch_up_timer(context);
  }
}

bool Learner::try_add(const Context& context, const Request& request) {
  if (knows_) {
    context.out.reply({request.id, {Outcome::chosen, value_of(decision_of(context.state()))}});
    return false;
  }
  const bool is_first = waiting_.is_empty();
  // A later one must not put off the time-out that the first one set.
  return waiting_.try_add(request.id, context.out) && is_first;
}

void Learner::on(const Context& context, NodeId from, const Decide& decide) {
  if (from == context.self) {
    if (!knows_) {
      become_knowing(context);
    }
  } else if (!context.has_decided()) {  // a decision stands, whatever another node says
    context.adopt(decide.decision);
  }
}

void Learner::on(const Context& context, NodeId from, const Inquiry& /*inquiry*/) const {
  if (context.has_decided()) {
    context.out.send(from, Decide{decision_of(context.state())});
  }
}

void Learner::on_catch_up_timer(const Context& context) const {
  if (context.state() == State::initial) {
    context.out.send_all(context.other_nodes(), Inquiry{});
    set_catch_up_timer(context);
  }
}

void Learner::become_knowing(const Context& context) {
  knows_ = true;
  const Value value = value_of(decision_of(context.state()));
  context.out.learn(value);
  waiting_.answer_all(Outcome::chosen, value, context.out);
}

/// No bound rests on it, so it is spread: equal waits would make everyone inquire at once.
void Learner::set_catch_up_timer(const Context& context) {
  const Duration catch_up = context.config.timing.catch_up;
  context.out.set_timer(Timer::catch_up, catch_up, {catch_up.ticks + catch_up.ticks / 2});
}

}  // namespace synod::three_phase_commit
