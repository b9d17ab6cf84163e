// Probes: rare situations by name. A campaign counts the runs in which each came about, so that "no
// violation" can be told from "nothing happened".
#pragma once

#include <array>
#include <cstdint>

#include "core/named_text.h"
#include "properties/paxos/events.h"
#include "properties/paxos/history.h"
#include "sim/observation.h"

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
  crashed_between_write_and_send,
  crashed_mid_effects,
  write_lost,
  restarted,
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
    {"crashed_between_write_and_send",
     "a node crashed after a write, before what waited for it left"},
    {"crashed_mid_effects", "a node crashed between two effects"},
    {"write_lost", "a write that had not finished was lost in a crash"},
    {"restarted", "a node came back from its disk"},
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
  }
  [[nodiscard]] std::uint32_t reached() const { return reached_; }

  template <class World>
  void on(const World& /*world*/, const Crashed& crashed) {
    reach_if(crashed.is_between_write_and_send, Probe::crashed_between_write_and_send);
    reach_if(crashed.is_mid_effects, Probe::crashed_mid_effects);
    reach_if(crashed.writes_lost > 0, Probe::write_lost);
  }
  void on(const History& /*history*/, const NodeRestarted& /*restarted*/) {
    reach_if(true, Probe::restarted);
  }
  void on(const History& history, const PromiseSpoken& spoken) {
    if (history.chosen().is_none()) {
      NodeSet& proposers = promised_proposers_[spoken.acceptor.index];
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
  void on(const History& /*history*/, const ValueChosen& /*chosen*/) {
    reach_if(true, Probe::decided);
  }
  void on(const History& /*history*/, const AnswerReturned& returned) {
    reach_if(returned.answer.outcome == Outcome::unknown, Probe::answered_unknown);
    reach_if(returned.answer.outcome == Outcome::not_chosen, Probe::answered_not_chosen);
    reach_if(returned.answer.outcome == Outcome::nothing_chosen, Probe::answered_nothing_chosen);
  }
  /// The run is over.
  void finish(const History& history) {
    reach_if(!history.chosen().is_none() && history.learned().is_none(), Probe::chosen_unlearned);
  }

 private:
  void reach_if(bool is_reached, Probe probe) {
    reached_ |= (is_reached ? 1U : 0U) << static_cast<unsigned>(probe);
  }

  std::uint32_t reached_ = 0;
  std::array<NodeSet, node_count_max> promised_proposers_{};
};

}  // namespace synod::paxos
