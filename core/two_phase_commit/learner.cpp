#include "core/two_phase_commit/learner.h"

namespace synod::two_phase_commit {

void Learner::start(const Context& context, Decision decided) {
  if (decided == Decision::none) {
    context.set_timer(Timer::catch_up, context.config.timing.catch_up);
  } else {
    learn(context, decided);
  }
}

void Learner::on(const Context& context, const Request& request) {
  if (has_learned()) {
    context.out.reply({request.id, {Outcome::chosen, value_of(decision_)}});
  } else {
    waiting_.try_add(request.id, context.out);
  }
}

/// That it never hears two is for the properties to say, and they watch every node at once.
void Learner::on_own(const Context& context, const Decide& decide) {
  if (decide.decision != decision_) {
    learn(context, decide.decision);
  }
}

void Learner::on_catch_up_timer(const Context& context, Decision decided) {
  const Durable& node = context.durable;
  const bool is_free_to_abort =
      !node.is_begun && !node.has_voted_yes && node.decision == Decision::none;
  if (decided != Decision::none) {
    context.send(context.self, Decide{decided});
  } else if (is_free_to_abort) {  // who is prepared asks more often, and more than that
    ask(context);
  }
  context.set_timer(Timer::catch_up, context.config.timing.catch_up);
}

void Learner::learn(const Context& context, Decision decision) {
  decision_ = decision;
  context.out.learn(value_of(decision));
  context.out.cancel_timer(Timer::catch_up);
  waiting_.answer_all(Outcome::chosen, value_of(decision), context.out);
}

void Learner::ask(const Context& context) {
  NodeSet asked = context.others();
  if (!waiting_.is_empty()) {  // the coordinator answers this one too
    has_asked_twice_ = true;
    context.send(context.coordinator(), Begin{});
    asked.erase(context.coordinator());
  }
  context.send_all(asked, Inquiry{});
}

}  // namespace synod::two_phase_commit
