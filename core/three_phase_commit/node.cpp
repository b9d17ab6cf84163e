#include "core/three_phase_commit/node.h"

namespace synod::three_phase_commit {
namespace {

/// What has been decided is waited for no longer.
void cancel_timers(const Context& context) {
  if (context.is_coordinator()) {
    context.out.cancel_timer(Timer::votes);
  } else {
    context.out.cancel_timer(Timer::silence);
    context.out.cancel_timer(Timer::reports);
  }
  context.out.cancel_timer(Timer::acks);
  context.out.cancel_timer(Timer::catch_up);
}

}  // namespace

void Node::start(const Config& config, NodeId self, const Durable& disk, Output& out) {
  *this = Node{};
  self_ = self;
  durable_ = disk;
  const Context context = this->context(config, out);
  learner_.start(context);
  if (context.is_coordinator()) {
    coordinator_.start(context, pre_committing_);
  } else {
    participant::start(context);
  }
}

void Node::on(const Config& config, NodeId from, const Message& message, Output& out) {
  const Context context = this->context(config, out);
  const bool had_decided = context.has_decided();
  std::visit([&](const auto& m) { handle(context, from, m); }, message);
  if (context.has_decided() && !had_decided) {
    cancel_timers(context);
  }
}

void Node::on(const Config& config, const Request& request, Output& out) {
  const Context context = this->context(config, out);
  if (!learner_.try_add(context, request)) {
    return;
  }
  if (context.is_coordinator()) {
    coordinator_.begin(context);
  } else {
    participant::call_for_begin(context);
  }
}

void Node::on(const Config& config, Timer timer, Output& out) {
  const Context context = this->context(config, out);
  if (!context.has_decided()) {
    handle(context, timer);
    if (context.has_decided()) {
      cancel_timers(context);
    }
  }
}

void Node::handle(const Context& context, Timer timer) {
  switch (timer) {
    case Timer::votes:
      return coordinator_.on_votes_timer(context, pre_committing_);
    case Timer::acks:
      return pre_committing_.on_acks_timer(context);
    case Timer::reports:
      return takeover_.on_reports_timer(context, pre_committing_);
    case Timer::silence:
      return takeover_.on_silence_timer(context, pre_committing_);
    case Timer::catch_up:
      return learner_.on_catch_up_timer(context);
  }
}

void Node::handle(const Context& context, NodeId from, const Begin& /*begin*/) {
  if (context.is_coordinator()) {
    coordinator_.begin(context);
    learner_.on(context, from, Inquiry{});  // it may have ended
  }
}

void Node::handle(const Context& context, NodeId from, const VoteRequest& request) {
  participant::on(context, from, request);
}

void Node::handle(const Context& context, NodeId from, const VoteYes& vote) {
  coordinator_.on(context, from, vote, pre_committing_);
}

void Node::handle(const Context& context, NodeId from, const VoteNo& vote) {
  coordinator_.on(context, from, vote, pre_committing_);
}

void Node::handle(const Context& context, NodeId from, const PreCommit& pre_commit) {
  participant::on(context, from, pre_commit);
}

void Node::handle(const Context& context, NodeId from, const PreCommitAck& ack) {
  if (!context.has_decided()) {
    pre_committing_.on(context, from, ack);
  }
}

void Node::handle(const Context& context, NodeId from, const Decide& decide) {
  learner_.on(context, from, decide);
}

void Node::handle(const Context& context, NodeId from, const StateRequest& request) {
  participant::on(context, from, request);
}

void Node::handle(const Context& context, NodeId from, const StateReport& report) {
  if (!context.has_decided()) {
    takeover_.on(context, from, report, pre_committing_);
  }
}

void Node::handle(const Context& context, NodeId from, const Inquiry& inquiry) {
  learner_.on(context, from, inquiry);
}

}  // namespace synod::three_phase_commit
