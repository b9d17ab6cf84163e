#include "core/paxos/reader.h"

namespace synod::paxos {

void Reader::on(const Context& context, const Request& request) {
  if (!waiting_.try_add(request.id, context.out)) {
    return;
  }
  ++number_;
  context.out.expect(number_ != 0, "a reader does not run out of questions");
  heard_from_ = {};
  reported_ = {};
  context.send_all(Query{number_});
  context.set_timer(Timer::read, context.config.timing.read);
}

void Reader::on(const Context& context, NodeId from, const Report& report) {
  if (report.number != number_ || waiting_.is_empty()) {
    return;
  }
  const QuorumSystem& quorums = context.config.quorums;
  heard_from_.insert(from);
  reported_[from.index] = report.vote;
  const Value value = context.config.rules.value_read(quorums, heard_from_, reported_);
  if (!value.is_none()) {
    answer_all(context, Outcome::chosen, value);
  } else if (heard_from_ == quorums.nodes()) {
    answer_all(context, Outcome::unknown, {});
  }
}

void Reader::on_read_timer(const Context& context) { answer_all(context, Outcome::unknown, {}); }

void Reader::on_learned(const Context& context, Value value) {
  answer_all(context, Outcome::chosen, value);
}

void Reader::answer_all(const Context& context, Outcome outcome, Value value) {
  if (waiting_.is_empty()) {
    return;
  }
  waiting_.answer_all(outcome, value, context.out);
  context.out.cancel_timer(Timer::read);
}

}  // namespace synod::paxos
