// The messages of three-phase commit, the state that survives a crash, and the timers.
//
// The protocol is Skeen's ("Nonblocking Commit Protocols", 1981), with the termination protocol of
// Bernstein, Hadzilacos and Goodman, "Concurrency Control and Recovery in Database Systems", 7.5
// (BHG). The words are those of "Paxos in Plain English" where it has one: can-commit is
// `VoteRequest`, prepare-to-commit is `PreCommit`.
//
// `relies_on_disk` marks the messages whose truth rests on the sender's disk (see core/effects.h).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <variant>

#include "core/atomic_commit.h"
#include "core/effects.h"
#include "core/one_decision.h"

namespace synod::three_phase_commit {

/// How far the transaction has come at one node.
enum class State : std::uint8_t {
  initial,        ///< nothing has been heard of it
  voting,         ///< the coordinator has asked for votes
  waiting,        ///< a participant has voted yes: it may no longer abort alone
  pre_committed,  ///< all have voted yes, and this node knows it
  committed,
  aborted,
};
std::span<const std::string_view> words_of(State state);

constexpr Decision decision_of(State state) {
  return state == State::committed ? Decision::commit
         : state == State::aborted ? Decision::abort
                                   : Decision::none;
}
constexpr bool is_decided(State state) { return decision_of(state) != Decision::none; }

/// To the coordinator, from a node that a client asked: have the transaction done.
struct Begin {
  static constexpr std::string_view name = "begin";
  static constexpr bool relies_on_disk = false;
  static constexpr void fields(auto& /*self*/, auto&& /*visit*/) {}
  bool operator==(const Begin&) const = default;
};

/// Phase 1, coordinator to participants: can you commit?
/// Relies on the disk: a coordinator begins once, and must know after a restart that it did.
struct VoteRequest {
  static constexpr std::string_view name = "vote_request";
  static constexpr bool relies_on_disk = true;
  static constexpr void fields(auto& /*self*/, auto&& /*visit*/) {}
  bool operator==(const VoteRequest&) const = default;
};
struct VoteYes {
  static constexpr std::string_view name = "vote_yes";
  static constexpr bool relies_on_disk = true;
  static constexpr void fields(auto& /*self*/, auto&& /*visit*/) {}
  bool operator==(const VoteYes&) const = default;
};
/// The participant has aborted already, as it may before it votes yes.
struct VoteNo {
  static constexpr std::string_view name = "vote_no";
  static constexpr bool relies_on_disk = true;
  static constexpr void fields(auto& /*self*/, auto&& /*visit*/) {}
  bool operator==(const VoteNo&) const = default;
};

/// Phase 2, from the coordinator or from a participant that has taken over: all voted yes; be ready
/// to commit.
struct PreCommit {
  static constexpr std::string_view name = "pre_commit";
  static constexpr bool relies_on_disk = true;
  static constexpr void fields(auto& /*self*/, auto&& /*visit*/) {}
  bool operator==(const PreCommit&) const = default;
};
struct PreCommitAck {
  static constexpr std::string_view name = "pre_commit_ack";
  static constexpr bool relies_on_disk = true;
  static constexpr void fields(auto& /*self*/, auto&& /*visit*/) {}
  bool operator==(const PreCommitAck&) const = default;
};

/// Phase 3, and the answer of whoever has decided. Sent to itself too: when it arrives there, the
/// decision is durable, and the node may act on it.
struct Decide {
  static constexpr std::string_view name = "decide";
  static constexpr bool relies_on_disk = true;
  Decision decision = Decision::none;
  static constexpr void fields(auto& self, auto&& visit) { visit("decision", self.decision); }
  bool operator==(const Decide&) const = default;
};

/// Termination, from a participant that takes over to all others: how far have you come?
struct StateRequest {
  static constexpr std::string_view name = "state_request";
  static constexpr bool relies_on_disk = false;
  static constexpr void fields(auto& /*self*/, auto&& /*visit*/) {}
  bool operator==(const StateRequest&) const = default;
};
struct StateReport {
  static constexpr std::string_view name = "state_report";
  static constexpr bool relies_on_disk = true;
  State state = State::initial;
  static constexpr void fields(auto& self, auto&& visit) { visit("state", self.state); }
  bool operator==(const StateReport&) const = default;
};

/// From a node that has heard nothing of the transaction: how did it end? Whoever has decided
/// answers; it changes nothing.
struct Inquiry {
  static constexpr std::string_view name = "inquiry";
  static constexpr bool relies_on_disk = false;
  static constexpr void fields(auto& /*self*/, auto&& /*visit*/) {}
  bool operator==(const Inquiry&) const = default;
};

using Message = std::variant<Begin, VoteRequest, VoteYes, VoteNo, PreCommit, PreCommitAck, Decide,
                             StateRequest, StateReport, Inquiry>;

/// All that a node has after a restart.
struct Durable {
  State state = State::initial;  ///< Invariant: only ever moves on, and never from a decision
  static constexpr void fields(auto& self, auto&& visit) { visit("state", self.state); }
  bool operator==(const Durable&) const = default;
};

enum class Timer : std::uint8_t {
  votes,     ///< the coordinator has waited long enough for votes
  acks,      ///< whoever sent PreCommit has waited long enough for acknowledgements
  reports,   ///< whoever sent StateRequest has waited long enough for reports
  silence,   ///< a participant has heard nothing from whoever should have spoken
  catch_up,  ///< still nothing heard of the transaction: inquire
};
inline constexpr std::size_t timer_count = 5;
inline constexpr std::string_view timer_names[timer_count] = {"votes", "acks", "reports", "silence",
                                                              "catch_up"};

using Output = Effects<Message, Durable, Timer, OneDecision::Result, Value>;

}  // namespace synod::three_phase_commit
