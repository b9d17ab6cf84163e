// The leader: has the transaction begun, counts what the instances choose, and runs higher ballots
// when no decision comes. The coordinator leads first; any other node may come to.
//
// One ballot serves all the instances that have chosen nothing yet. The sequence is Paxos's, for
// each of them by itself.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/ids.h"
#include "core/paxos/rules.h"
#include "core/paxos_commit/context.h"
#include "core/per_id.h"

namespace synod::paxos_commit {

/// What returns a decision returns none until this input has settled it.
class Leader {
 public:
  void start(const Context& context);
  /// This node has heard of the transaction: if no decision comes in time, it is to lead.
  void on_heard_of_transaction(const Context& context);
  /// A client asks, here or where Begin comes from.
  Decision on_asked(const Context& context);
  Decision on(const Context& context, NodeId from, const Promise& promise);
  Decision on(const Context& context, NodeId from, const Accepted& accepted);
  void on(const Context& context, const Nack& nack);
  Decision on_take_over_timer(const Context& context);
  void on_learned(const Context& context);

  bool operator==(const Leader&) const = default;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("phase", self.phase_);
    visit("refusals", self.refusals_);
    visit("ballot", self.ballot_);
    visit("highest_seen", self.highest_seen_);
    visit("promised_by", self.promised_by_);
    visit("proposed", self.proposed_);
    visit("heard", self.heard_);
    visit("chosen", self.chosen_);
  }

 private:
  enum class Phase : std::uint8_t {
    idle,        ///< it knows of no transaction, or its outcome
    waiting,     ///< for the decision of whoever leads
    collecting,  ///< the coordinator has asked for the votes
    leading,     ///< a ballot of its own
    backing_off  ///< refused
  };
  friend constexpr std::string_view to_text(Phase phase) {
    constexpr std::string_view names[] = {"idle", "waiting", "collecting", "leading",
                                          "backing_off"};
    return names[static_cast<std::size_t>(phase)];
  }

  void become_waiting(const Context& context);
  void become_collecting(const Context& context);
  void become_leading(const Context& context);
  void become_backing_off(const Context& context);
  void propose(const Context& context, NodeId participant);
  Decision hear(const Context& context, NodeId participant, NodeId acceptor, Vote vote);
  [[nodiscard]] bool is_awaited(NodeId participant) const {
    return chosen_[participant.index].is_none() && !proposed_.contains(participant);
  }

  Phase phase_ = Phase::idle;
  std::uint32_t refusals_ = 0;  ///< ballots refused since a client last asked
  Ballot ballot_;               ///< the latest of its own, above all first ones
  Ballot highest_seen_;         ///< Invariant: at least ballot_
  /// By participant: who has promised ballot_ in its instance.
  PerNode<NodeSet> promised_by_{};
  NodeSet proposed_;  ///< the instances in which ballot_'s Accept has been sent
  /// By participant: each acceptor's highest-numbered vote that this node heard of.
  PerNode<paxos::Votes> heard_{};
  ChosenValues chosen_{};
};

}  // namespace synod::paxos_commit
