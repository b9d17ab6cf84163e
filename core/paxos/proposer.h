// The proposer: runs ballots on behalf of clients, one at a time, until a value is chosen or it
// gives up.
//
// Requests that arrive while a ballot runs wait for the same outcome: there is one decision only,
// and it answers them all. That nothing is chosen is no decision: it answers only those who asked
// before the ballot's promises can have been made.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/fields.h"
#include "core/inline_vector.h"
#include "core/paxos/context.h"

namespace synod::paxos {

class Proposer {
 public:
  void on(const Context& context, const Request& request);
  void on(const Context& context, NodeId from, const Promise& promise);
  void on(const Context& context, const Nack& nack);
  /// An attempt timed out, or a back-off is over.
  void on_retry_timer(const Context& context);
  void on_deadline_timer(const Context& context);
  void on_learned(const Context& context, Vote decision);

  bool operator==(const Proposer&) const = default;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("phase", self.phase_);
    visit_tries(visit, "tries", self.tries_);
    visit("repeats", self.repeats_);
    visit("ballot", self.ballot_);
    visit("highest_heard", self.highest_heard_);
    visit("promised_by", self.promised_by_);
    visit("reported", self.reported_);
    visit("proposed", self.proposed_);
    visit("waiting", self.waiting_);
  }

 private:
  enum class Phase : std::uint8_t { idle, preparing, accepting, backing_off };
  friend constexpr std::string_view to_text(Phase phase) {
    constexpr std::string_view names[] = {"idle", "preparing", "accepting", "backing_off"};
    return names[static_cast<std::size_t>(phase)];
  }
  struct Waiting {
    Request request;
    bool came_first = false;      ///< before the Prepare of the ballot that runs
    bool was_value_sent = false;  ///< an Accept with this request's value has left
    static constexpr void fields(auto& self, auto&& visit) {
      visit("request", self.request);
      visit("came_first", self.came_first);
      visit("was_value_sent", self.was_value_sent);
    }
    bool operator==(const Waiting&) const = default;
  };

  void become_idle(const Context& context);
  void become_preparing(const Context& context);
  [[nodiscard]] bool has_phase1_quorum(const Context& context) const;
  void propose(const Context& context);
  void become_accepting(const Context& context, Value value);
  void send_accept(const Context& context, Value value);
  void become_backing_off(const Context& context);
  void give_up(const Context& context);
  void answer_all(const Context& context, Value decision);
  void answer_nothing_chosen(const Context& context);
  [[nodiscard]] Value own_value() const;

  Phase phase_ = Phase::idle;
  std::uint32_t tries_ = 0;    ///< ballots since the proposer was last idle
  std::uint32_t repeats_ = 0;  ///< of the Accept of this ballot
  Ballot ballot_;              ///< the latest ballot of its own
  Ballot highest_heard_;       ///< in a refusal, or its own. Invariant: at least ballot_
  NodeSet promised_by_;        ///< who has promised ballot_
  Votes reported_{};           ///< what they reported with it
  Value proposed_;             ///< what was sent in ballot_'s Accept; none before that
  InlineVector<Waiting, client_count_max> waiting_;
};

}  // namespace synod::paxos
