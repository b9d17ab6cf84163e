#include "core/three_phase_commit/takeover.h"

namespace synod::three_phase_commit {

void Takeover::on_silence_timer(const Context& context, PreCommitting& pre_committing) {
  if (context.config.rules.may_abort_alone(context.state())) {
    return context.decide(Decision::abort);  // the coordinator does not even begin
  }
  if (phase_ != Phase::idle) {
    return;
  }
  phase_ = Phase::asking;
  context.out.send_all(context.other_nodes(), StateRequest{});
  context.set_timer(Timer::reports, answers(context.config.timing));
  go_on(context, false, pre_committing);
}

void Takeover::on(const Context& context, NodeId from, const StateReport& report,
                  PreCommitting& pre_committing) {
  if (phase_ == Phase::asking) {
    reports_.add(from, report.state);
    go_on(context, false, pre_committing);
  }
}

void Takeover::on_reports_timer(const Context& context, PreCommitting& pre_committing) {
  if (phase_ == Phase::asking) {
    go_on(context, true, pre_committing);
  }
}

void Takeover::go_on(const Context& context, bool is_time_up, PreCommitting& pre_committing) {
  reports_.add(context.self, context.state());
  const Rules& rules = context.config.rules;
  const Plan plan = rules.after_reports(context.config.transaction, reports_, is_time_up);
  if (plan == Plan::wait) {
    return;
  }
  phase_ = Phase::finishing;
  if (plan == Plan::pre_commit) {
    context.out.cancel_timer(Timer::reports);
    pre_committing.start(context);
  } else {
    context.decide(plan == Plan::commit ? Decision::commit : Decision::abort);
  }
}

}  // namespace synod::three_phase_commit
