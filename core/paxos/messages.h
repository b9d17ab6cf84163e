// The messages of single-decree Paxos, the state that survives a crash, and the timers.
//
// Names as in Lamport, "Paxos Made Simple" (PMS) where it has one. `relies_on_disk` marks the
// messages whose truth rests on the sender's disk (see core/effects.h). `fields` names the parts
// of a message once, for traces, logs and the trace reader.
#pragma once

#include <cstdint>
#include <string_view>
#include <variant>

#include "core/ballot.h"
#include "core/effects.h"
#include "core/fields.h"
#include "core/one_decision.h"
#include "core/value.h"

namespace synod::paxos {

/// Phase 1a, proposer to acceptors: promise me this ballot.
/// Relies on the disk: a ballot that a restart could use again would be two ballots in one.
struct Prepare {
  static constexpr std::string_view name = "prepare";
  static constexpr bool relies_on_disk = true;
  Ballot ballot;
  Value value{};  ///< what its client asked for; for information, PMS sends none
  static constexpr void fields(auto& self, auto&& visit) {
    visit("ballot", self.ballot);
    visit("value", self.value);
  }
  bool operator==(const Prepare&) const = default;
};

/// Phase 1b, acceptor to proposer: I will accept nothing below `ballot`, and this is the
/// highest-numbered vote that I have cast.
struct Promise {
  static constexpr std::string_view name = "promise";
  static constexpr bool relies_on_disk = true;
  Ballot ballot;
  Vote vote;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("ballot", self.ballot);
    visit("vote", self.vote);
  }
  bool operator==(const Promise&) const = default;
};

/// Phase 2a, proposer to acceptors: vote for this value in this ballot.
struct Accept {
  static constexpr std::string_view name = "accept";
  static constexpr bool relies_on_disk = false;
  Ballot ballot;
  Value value;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("ballot", self.ballot);
    visit("value", self.value);
  }
  bool operator==(const Accept&) const = default;
};

/// Phase 2b, acceptor to proposer: I have voted so.
struct Accepted {
  static constexpr std::string_view name = "accepted";
  static constexpr bool relies_on_disk = true;
  Ballot ballot;
  Value value;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("ballot", self.ballot);
    visit("value", self.value);
  }
  bool operator==(const Accepted&) const = default;
};

/// Acceptor to proposer: not in `ballot`, for I have promised `promised`.
struct Nack {
  static constexpr std::string_view name = "nack";
  static constexpr bool relies_on_disk = false;
  Ballot ballot;
  Ballot promised;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("ballot", self.ballot);
    visit("promised", self.promised);
  }
  bool operator==(const Nack&) const = default;
};

/// To learners: this value was chosen, in this ballot.
struct Decide {
  static constexpr std::string_view name = "decide";
  static constexpr bool relies_on_disk = false;
  Ballot ballot;
  Value value;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("ballot", self.ballot);
    visit("value", self.value);
  }
  bool operator==(const Decide&) const = default;
};

/// Reader or learner to acceptors: what have you voted for? Answered by Report, or by Decide.
struct Query {
  static constexpr std::string_view name = "query";
  static constexpr bool relies_on_disk = false;
  std::uint32_t number = 0;  ///< which of the asker's questions
  static constexpr void fields(auto& self, auto&& visit) { visit("number", self.number); }
  bool operator==(const Query&) const = default;
};

struct Report {
  static constexpr std::string_view name = "report";
  static constexpr bool relies_on_disk = true;
  std::uint32_t number = 0;  ///< of the Query that it answers
  Vote vote;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("number", self.number);
    visit("vote", self.vote);
  }
  bool operator==(const Report&) const = default;
};

using Message = std::variant<Prepare, Promise, Accept, Accepted, Nack, Decide, Query, Report>;

/// All that a node has after a restart. Written as a whole; the writes of a node are ordered.
struct Durable {
  Ballot promised;                ///< Invariant: never goes back; vote.ballot <= promised
  Vote vote;                      ///< the highest-numbered vote cast
  std::uint32_t round_tried = 0;  ///< highest round of a ballot of its own; never used again
  static constexpr void fields(auto& self, auto&& visit) {
    visit("promised", self.promised);
    visit("vote", self.vote);
    visit_round(visit, "round_tried", self.round_tried);
  }
  bool operator==(const Durable&) const = default;
};

enum class Timer : std::uint8_t {
  attempt,   ///< a ballot has had time enough: try a higher one
  back_off,  ///< refused for a higher ballot: wait, then try above it
  deadline,  ///< give up and answer the client
  read,      ///< a quorum read has had time enough: it fails
  catch_up,  ///< still undecided: ask the others
};
inline constexpr std::size_t timer_count = 5;
inline constexpr std::string_view timer_names[timer_count] = {"attempt", "back_off", "deadline",
                                                              "read", "catch_up"};

using Output = Effects<Message, Durable, Timer, OneDecision::Result, Value>;

}  // namespace synod::paxos
