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
    context.out.reply({request.id, Outcome::chosen, value_of(decision_of(context.state()))});
    return false;
  }
  const bool is_first = waiting_.is_empty();
  for (std::size_t i = 0; i < waiting_.size(); ++i) {
    if (waiting_[i] == request.id) {
      return false;  // a retry of what is under way
    }
    if (waiting_[i].client == request.id.client) {
      waiting_.erase(i);  // its client has gone on to another
      break;
    }
  }
  context.out.expect(waiting_.try_push(request.id), "a client has one request open at a time");
  // A later one must not put off the time-out that the first one set.
  return is_first;
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
  for (const RequestId id : waiting_) {
    context.out.reply({id, Outcome::chosen, value});
  }
  waiting_.clear();
}

/// No bound rests on it, so it is spread: equal waits would make everyone inquire at once.
void Learner::set_catch_up_timer(const Context& context) {
  const Duration catch_up = context.config.timing.catch_up;
  context.out.set_timer(Timer::catch_up, catch_up, {catch_up.ticks + catch_up.ticks / 2});
}

}  // namespace synod::three_phase_commit
