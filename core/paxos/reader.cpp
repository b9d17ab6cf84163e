#include "core/paxos/reader.h"

namespace synod::paxos {

void Reader::on(const Context& context, const Request& request) {
  for (std::size_t i = 0; i < waiting_.size(); ++i) {
    if (waiting_[i] == request.id) {
      return;  // a retry of what is under way
    }
    if (waiting_[i].client == request.id.client) {
      waiting_.erase(i);  // its client has gone on to another
      break;
    }
  }
  context.out.expect(waiting_.try_push(request.id), "a client has one request open at a time");
  ++number_;
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
  for (const RequestId id : waiting_) {
    context.out.reply({id, outcome, value});
  }
  waiting_.clear();
  context.out.cancel_timer(Timer::read);
}

}  // namespace synod::paxos
