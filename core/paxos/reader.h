// The quorum read: ask every acceptor for its vote; what a quorum holds in one ballot is chosen.
//
// Counting by value alone would be wrong even over correct acceptors, because votes for one value
// in different ballots do not make it chosen. Without such a quorum the read fails: it never
// guesses, and it changes nothing. A decision that the node learns meanwhile answers it as well.
#pragma once

#include "core/paxos/context.h"
#include "core/waiting_clients.h"

namespace synod::paxos {

class Reader {
 public:
  void on(const Context& context, const Request& request);
  /// `from` has answered a question and no decision came of it.
  void on(const Context& context, NodeId from, const Report& report);
  void on_read_timer(const Context& context);
  void on_learned(const Context& context, Value value);

  bool operator==(const Reader&) const = default;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("waiting", self.waiting_);
    visit("number", self.number_);
    visit("heard_from", self.heard_from_);
    visit("reported", self.reported_);
  }

 private:
  void answer_all(const Context& context, Outcome outcome, Value value);

  WaitingClients waiting_;
  std::uint32_t number_ = 0;  ///< of the latest question; 0 is the learner's own catching up
  NodeSet heard_from_;        ///< who has answered it
  Votes reported_{};          ///< with which vote
};

}  // namespace synod::paxos
