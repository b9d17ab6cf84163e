// What an all-seeing witness remembers of a run of Paxos. Nothing here is erased by a crash, and
// nothing is taken from a node's opinion of itself: only what was sent, heard, and written.
//
// *Accepted*: one acceptor voted. *Chosen*: a quorum voted for one value in one ballot, whether or
// not anybody has heard of it. A vote counts from when it is durable or spoken, whichever is first;
// on disk it is a vote if an Accept with that ballot and value has reached the acceptor.
#pragma once

#include <algorithm>
#include <variant>

#include "core/ballot.h"
#include "core/fields.h"
#include "core/ids.h"
#include "core/one_decision.h"
#include "core/paxos/messages.h"
#include "core/per_id.h"
#include "core/quorum.h"
#include "core/unordered.h"

namespace synod::paxos {

struct BallotRecord {
  Ballot ballot;
  Value value;               ///< the first that was proposed or voted for in it; none before
  bool is_proposed = false;  ///< an Accept has been sent
  NodeSet asked;             ///< acceptors that an Accept with `value` has reached
  NodeSet voters;            ///< for `value`
  NodeSet heard_from;        ///< acceptors whose Accepted has reached the proposer
  NodeSet promised_by;       ///< acceptors whose Promise has reached the proposer
  bool has_report = false;   ///< one of them reported a vote
  bool is_chosen = false;
  /// What verdicts depend on: all but who was heard from.
  static constexpr void fields(auto& self, auto&& visit) {
    visit("ballot", self.ballot);
    visit("value", self.value);
    visit("is_proposed", self.is_proposed);
    visit("asked", self.asked);
    visit("voters", self.voters);
    leave_out(visit, self.heard_from);
    visit("promised_by", self.promised_by);
    visit("has_report", self.has_report);
    visit("is_chosen", self.is_chosen);
  }
};

struct ClientRecord {
  bool was_chosen_at_call = false;  ///< some value was, when the client's latest request was made
  static constexpr void fields(auto& self, auto&& visit) {
    visit("was_chosen_at_call", self.was_chosen_at_call);
  }
};

class History {
 public:
  void start(const QuorumSystem& quorums) {
    quorums_ = quorums;
    ballots_.clear();
    votes_.clear();
    values_.clear();
    refused_.clear();
    promised_ = {};
    highest_votes_ = {};
    clients_ = {};
    chosen_ = {};
    learned_ = {};
  }

  [[nodiscard]] const QuorumSystem& quorums() const { return quorums_; }
  /// In the order of first mention.
  [[nodiscard]] const Unordered<BallotRecord>& ballots() const { return ballots_; }
  [[nodiscard]] const BallotRecord* find(Ballot ballot) const {
    for (auto record = ballots_.rbegin(); record != ballots_.rend(); ++record) {
      if (record->ballot == ballot) {
        return &*record;
      }
    }
    return nullptr;
  }
  BallotRecord& record(Ballot ballot) {
    if (const BallotRecord* found = find(ballot)) {
      return ballots_[static_cast<std::size_t>(found - ballots_.data())];
    }
    BallotRecord& record = ballots_.emplace_back();
    record.ballot = ballot;
    return record;
  }

  /// A message has arrived.
  void arrive(NodeId from, NodeId to, const Message& message) {
    if (const auto* promise = std::get_if<Promise>(&message)) {
      BallotRecord& ballot = record(promise->ballot);
      ballot.promised_by.insert(from);
      ballot.has_report |= !promise->vote.is_none();
    } else if (const auto* accept = std::get_if<Accept>(&message)) {
      BallotRecord& ballot = record(accept->ballot);
      if (ballot.value.is_none()) {
        ballot.value = accept->value;
      }
      if (ballot.value == accept->value) {
        ballot.asked.insert(to);
      }
    } else if (const auto* accepted = std::get_if<Accepted>(&message)) {
      record(accepted->ballot).heard_from.insert(from);
    }
  }

  /// Has nobody proposed it yet?
  [[nodiscard]] bool is_new(Vote proposal) const {
    const BallotRecord* known = find(proposal.ballot);
    return known == nullptr || !known->is_proposed || known->value != proposal.value;
  }
  void propose(Vote proposal) {
    BallotRecord& ballot = record(proposal.ballot);
    ballot.is_proposed = true;
    if (ballot.value.is_none()) {
      ballot.value = proposal.value;
    }
  }
  /// A variant of the protocol may keep something else where votes are kept: on a disk, only what
  /// an Accept has asked for is a vote.
  [[nodiscard]] bool is_asked_for(NodeId acceptor, Vote vote) const {
    const BallotRecord* ballot = vote.is_none() ? nullptr : find(vote.ballot);
    return ballot != nullptr && ballot->value == vote.value && ballot->asked.contains(acceptor);
  }

  /// The highest ballot this acceptor has promised in a message.
  [[nodiscard]] Ballot promised(NodeId acceptor) const { return promised_[acceptor]; }
  void promise(NodeId acceptor, Ballot ballot) {
    promised_[acceptor] = std::max(promised_[acceptor], ballot);
  }

  [[nodiscard]] bool has_voted(NodeId acceptor, Vote vote) const {
    if (vote.ballot > highest_votes_[acceptor].ballot) [[likely]] {
      return false;
    }
    for (auto cast = votes_.rbegin(); cast != votes_.rend(); ++cast) {
      if (cast->acceptor == acceptor && cast->vote == vote) {
        return true;
      }
    }
    return false;
  }
  /// This acceptor's highest-numbered vote in a ballot up to `limit`.
  [[nodiscard]] Vote highest_vote(NodeId acceptor, Ballot limit) const {
    if (highest_votes_[acceptor].ballot <= limit) [[likely]] {
      return highest_votes_[acceptor];
    }
    Vote highest;
    for (const CastVote& cast : votes_) {
      if (cast.acceptor == acceptor && cast.vote.ballot <= limit &&
          cast.vote.ballot > highest.ballot) {
        highest = cast.vote;
      }
    }
    return highest;
  }
  /// Returns the record of its ballot.
  const BallotRecord& vote(NodeId acceptor, Vote vote) {
    votes_.push_back({acceptor, vote});
    if (vote.ballot > highest_votes_[acceptor].ballot) {
      highest_votes_[acceptor] = vote;
    }
    BallotRecord& ballot = record(vote.ballot);
    if (ballot.value.is_none()) {
      ballot.value = vote.value;
    }
    if (ballot.value == vote.value) {
      ballot.voters.insert(acceptor);
    }
    return ballot;
  }
  /// A quorum has voted for it, which is not noted yet.
  [[nodiscard]] bool becomes_chosen(const BallotRecord& ballot, Vote vote) const {
    const bool is_first = ballot.value == vote.value;  // else two values were proposed in it
    const bool is_noted = is_first && ballot.is_chosen;
    return !is_noted && quorums_.is_phase2_quorum(is_first ? ballot.voters : voters(vote));
  }
  /// Who voted for this value in this ballot.
  [[nodiscard]] NodeSet voters(Vote vote) const {
    NodeSet voters;
    for (const CastVote& cast : votes_) {
      if (cast.vote == vote) {
        voters.insert(cast.acceptor);
      }
    }
    return voters;
  }

  /// The first vote that became a choice; none before.
  [[nodiscard]] Vote chosen() const { return chosen_; }
  void choose(Vote vote) {
    BallotRecord& ballot = record(vote.ballot);
    ballot.is_chosen |= ballot.value == vote.value;
    if (chosen_.is_none()) {
      chosen_ = vote;
    }
  }
  [[nodiscard]] bool is_chosen(Value value) const {
    if (chosen_.value == value) [[likely]] {
      return !value.is_none();
    }
    for (const BallotRecord& ballot : ballots_) {
      if (ballot.is_chosen && ballot.value == value) {
        return true;
      }
    }
    return false;
  }

  /// The value that was learned first, by anybody; none before.
  [[nodiscard]] Value learned() const { return learned_; }
  void learn(Value value) {
    if (learned_.is_none()) {
      learned_ = value;
    }
  }

  [[nodiscard]] bool is_requested(Value value) const { return contains(values_, value); }
  [[nodiscard]] bool is_refused(Value value) const { return contains(refused_, value); }
  void call(const Request& request) {
    if (request.operation.kind == OperationKind::write) {
      values_.push_back(request.operation.value);
    }
    clients_[request.id.client].was_chosen_at_call = !chosen_.is_none();
  }
  /// Its client was told that it is not chosen and never will be.
  void refuse(Value value) { refused_.push_back(value); }
  [[nodiscard]] const ClientRecord& client(ClientId client) const { return clients_[client]; }

  /// What verdicts depend on, by name. The order within a list is none of it.
  static constexpr void fields(auto& self, auto&& visit) {
    leave_out(visit, self.quorums_);  // the same all along a run
    visit("ballots", self.ballots_);
    visit("votes", self.votes_);
    visit("values", self.values_);
    visit("refused", self.refused_);
    visit("promised", self.promised_);
    visit("highest_votes", self.highest_votes_);
    visit("clients", self.clients_);
    visit("chosen", self.chosen_);
    visit("learned", self.learned_);
  }

 private:
  struct CastVote {
    NodeId acceptor;
    Vote vote;
    static constexpr void fields(auto& self, auto&& visit) {
      visit("acceptor", self.acceptor);
      visit("vote", self.vote);
    }
  };
  static bool contains(const Unordered<Value>& values, Value value) {
    for (const Value one : values) {
      if (one == value) {
        return true;
      }
    }
    return false;
  }

  QuorumSystem quorums_;
  Unordered<BallotRecord> ballots_;
  Unordered<CastVote> votes_;
  Unordered<Value> values_;  ///< that clients asked for
  Unordered<Value> refused_;
  PerNode<Ballot> promised_{};
  PerNode<Vote> highest_votes_{};
  PerClient<ClientRecord> clients_{};
  Vote chosen_;
  Value learned_;
};

}  // namespace synod::paxos
