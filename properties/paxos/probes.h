// Probes: rare situations by name. A campaign counts the runs in which each came about, so that "no
// violation" can be told from "nothing happened".
#pragma once

#include <array>
#include <cstdint>

#include "core/named_text.h"
#include "core/per_id.h"
#include "properties/paxos/events.h"
#include "properties/paxos/history.h"
#include "sim/world/observation.h"

namespace synod::paxos {

enum class Probe : std::uint8_t {
  decided,
  chosen_unlearned,
  duelled,
  adopted,
  adopted_unchosen,
  adopted_chosen,
  changed_vote,
  revoted,
  repaired_minority,
  duplicate_heard,
  learned_by_asking,
  crashed_between_write_and_send,
  crashed_mid_effects,
  write_lost,
  promise_lost,
  restarted,
  heard_from_before_restart,
  answered_unknown,
  answered_not_chosen,
  answered_nothing_chosen,
  count,
};

inline constexpr std::array<NamedText, static_cast<std::size_t>(Probe::count)> probe_texts = {{
    {"decided", "a value was chosen"},
    {"chosen_unlearned", "a value was chosen and no node ever learned it"},
    {"duelled", "an acceptor promised the ballots of two proposers before anything was chosen"},
    {"adopted", "a proposer took over a vote that was reported to it"},
    {"adopted_unchosen", "… of a value that was not chosen at the time"},
    {"adopted_chosen", "… of a value that was chosen already"},
    {"changed_vote", "an acceptor voted for another value than it had before"},
    {"revoted", "an acceptor voted in one ballot and later in another"},
    {"repaired_minority", "a value that a minority had voted for was chosen in a higher ballot"},
    {"duplicate_heard", "a proposer was told of the same vote twice"},
    {"learned_by_asking", "a node learned the decision only because it asked"},
    {"crashed_between_write_and_send",
     "a node crashed after a write, before what waited for it left"},
    {"crashed_mid_effects", "a node crashed between two effects"},
    {"write_lost", "a write that had not finished was lost in a crash"},
    {"promise_lost", "… and a promise with it"},
    {"restarted", "a node came back from its disk"},
    {"heard_from_before_restart", "a proposer's message arrived after it had restarted"},
    {"answered_unknown", "a client could not be told the outcome"},
    {"answered_not_chosen", "a client was told that its value never will be chosen"},
    {"answered_nothing_chosen", "a read found that nothing was chosen"},
}};

/// Which probes one run has reached.
class Probes {
 public:
  void start() {
    reached_ = 0;
    promised_proposers_ = {};
    promises_ = {};
    prepared_ = {};
    prepared_before_restart_ = {};
    is_told_because_asked_ = false;
  }
  [[nodiscard]] std::uint32_t reached() const { return reached_; }

  /// A message has arrived, and the history has not taken note of it yet.
  void on(const History& history, NodeId from, const Message& message) {
    is_told_because_asked_ = false;
    if (const auto* accepted = std::get_if<Accepted>(&message)) {
      const BallotRecord* record = history.find(accepted->ballot);
      reach_if(record != nullptr && record->heard_from.contains(from), Probe::duplicate_heard);
    } else if (const auto* prepare = std::get_if<Prepare>(&message)) {
      reach_if(is_from_before_restart(from, prepare->ballot), Probe::heard_from_before_restart);
    } else if (const auto* accept = std::get_if<Accept>(&message)) {
      reach_if(is_from_before_restart(from, accept->ballot), Probe::heard_from_before_restart);
    } else if (const auto* decide = std::get_if<Decide>(&message)) {
      is_told_because_asked_ = decide->ballot.node != from;  // its proposer tells everybody unasked
    } else {
      is_told_because_asked_ = std::holds_alternative<Report>(message);
    }
  }
  void on(const History& /*history*/, const DecisionLearned& /*learned*/) {
    reach_if(is_told_because_asked_, Probe::learned_by_asking);
  }
  template <class World>
  void on(const World& world, const WriteIssued& issued) {
    LatestPromise& latest = promises_[issued.node];
    const Ballot promised = world.writes.back().state.promised;
    if (promised > latest.promised) {
      latest = {promised, issued.number};
    }
  }
  template <class World>
  void on(const World& world, const Crashed& crashed) {
    // Of a node's unfinished writes the latest are the ones that are lost.
    const auto& node = world[crashed.node];
    LatestPromise& latest = promises_[crashed.node];
    if (latest.write > node.writes_finished - crashed.writes_lost) {
      reach_if(true, Probe::promise_lost);
      latest = {node.disk.promised, 0};
    }
    reach_if(crashed.is_between_write_and_send, Probe::crashed_between_write_and_send);
    reach_if(crashed.is_mid_effects, Probe::crashed_mid_effects);
    reach_if(crashed.writes_lost > 0, Probe::write_lost);
  }
  void on(const History& /*history*/, const NodeRestarted& restarted) {
    reach_if(true, Probe::restarted);
    prepared_before_restart_[restarted.node] = prepared_[restarted.node];
  }
  void on(const History& /*history*/, const PrepareSpoken& spoken) {
    prepared_[spoken.proposer] = spoken.ballot;
  }
  void on(const History& history, const PromiseSpoken& spoken) {
    if (history.chosen().is_none()) {
      NodeSet& proposers = promised_proposers_[spoken.acceptor];
      proposers.insert(spoken.promise.ballot.node);
      reach_if(proposers.size() > 1, Probe::duelled);
    }
  }
  void on(const History& history, const AcceptSpoken& accept) {
    const BallotRecord* record = history.find(accept.proposal.ballot);
    if (accept.is_first && record != nullptr && record->has_report) {
      const bool is_chosen = history.is_chosen(accept.proposal.value);
      reach_if(true, Probe::adopted);
      reach_if(is_chosen, Probe::adopted_chosen);
      reach_if(!is_chosen, Probe::adopted_unchosen);
    }
  }
  void on(const History& history, const VoteCast& cast) {
    const Vote earlier = history.highest_vote(cast.acceptor, cast.vote.ballot);
    reach_if(!earlier.is_none() && earlier.ballot != cast.vote.ballot, Probe::revoted);
    reach_if(!earlier.is_none() && earlier.value != cast.vote.value, Probe::changed_vote);
  }
  void on(const History& history, const ValueChosen& chosen) {
    reach_if(true, Probe::decided);
    const BallotRecord* record = history.find(chosen.vote.ballot);
    if (record == nullptr || !record->has_report) {
      return;
    }
    for (const BallotRecord& lower : history.ballots()) {
      reach_if(lower.ballot < chosen.vote.ballot && lower.value == chosen.vote.value &&
                   !lower.voters.is_empty() && !lower.is_chosen,
               Probe::repaired_minority);
    }
  }
  void on(const History& /*history*/, const AnswerReturned& returned) {
    reach_if(returned.answer.result.outcome == Outcome::unknown, Probe::answered_unknown);
    reach_if(returned.answer.result.outcome == Outcome::not_chosen, Probe::answered_not_chosen);
    reach_if(returned.answer.result.outcome == Outcome::nothing_chosen,
             Probe::answered_nothing_chosen);
  }
  /// The run is over.
  void finish(const History& history) {
    reach_if(!history.chosen().is_none() && history.learned().is_none(), Probe::chosen_unlearned);
  }

 private:
  void reach_if(bool is_reached, Probe probe) {
    reached_ |= (is_reached ? 1U : 0U) << static_cast<unsigned>(probe);
  }

  struct LatestPromise {
    Ballot promised;
    std::uint32_t write = 0;  ///< the write that it was in
  };
  /// Ballots rise, so one up to the latest before the restart is from before it.
  [[nodiscard]] bool is_from_before_restart(NodeId proposer, Ballot ballot) const {
    return ballot <= prepared_before_restart_[proposer];
  }

  std::uint32_t reached_ = 0;
  bool is_told_because_asked_ = false;  ///< the latest message answers a Query
  PerNode<LatestPromise> promises_{};   ///< that were written
  PerNode<Ballot> prepared_{};          ///< the latest, by proposer
  PerNode<Ballot> prepared_before_restart_{};
  PerNode<NodeSet> promised_proposers_{};
};

}  // namespace synod::paxos
