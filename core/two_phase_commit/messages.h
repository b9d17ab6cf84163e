// The messages of two-phase commit, the state that survives a crash, and the timers.
//
// After Bernstein, Hadzilacos and Goodman, "Concurrency Control and Recovery in Database Systems",
// 7.4 (in short BHG), with presumed abort (Mohan and Lindsay, "Efficient Commit Protocols for the
// Tree of Processes Model of Distributed Transactions", PODC 1983). `relies_on_disk` marks the
// messages whose truth rests on the sender's disk (see core/effects.h).
#pragma once

#include <cstdint>
#include <string_view>
#include <variant>

#include "core/atomic_commit.h"
#include "core/effects.h"
#include "core/one_decision.h"

namespace synod::two_phase_commit {

/// A node that a client asked, to the coordinator: begin. Answered by Decide, once it is decided.
struct Begin {
  static constexpr std::string_view name = "begin";
  static constexpr bool relies_on_disk = false;
  static constexpr void fields(auto& /*self*/, auto&& /*visit*/) {}
  bool operator==(const Begin&) const = default;
};

/// Coordinator to participants: can you commit?
/// Relies on the disk: a coordinator that forgot it could begin again, and two countings of votes
/// could come to two decisions.
struct VoteRequest {
  static constexpr std::string_view name = "vote_request";
  static constexpr bool relies_on_disk = true;
  static constexpr void fields(auto& /*self*/, auto&& /*visit*/) {}
  bool operator==(const VoteRequest&) const = default;
};

/// Participant to coordinator: I can, and I will not abort on my own any more.
struct VoteYes {
  static constexpr std::string_view name = "vote_yes";
  static constexpr bool relies_on_disk = true;
  static constexpr void fields(auto& /*self*/, auto&& /*visit*/) {}
  bool operator==(const VoteYes&) const = default;
};

/// Participant to coordinator: I cannot, and have aborted.
struct VoteNo {
  static constexpr std::string_view name = "vote_no";
  static constexpr bool relies_on_disk = true;
  static constexpr void fields(auto& /*self*/, auto&& /*visit*/) {}
  bool operator==(const VoteNo&) const = default;
};

/// From whoever has decided: this is the decision. A node sends it to itself too: what comes back
/// is on its disk, and only then does it claim to know.
struct Decide {
  static constexpr std::string_view name = "decide";
  static constexpr bool relies_on_disk = true;
  Decision decision = Decision::none;
  static constexpr void fields(auto& self, auto&& visit) { visit("decision", self.decision); }
  bool operator==(const Decide&) const = default;
};

/// Participant to coordinator: I have the commit on disk, you need not tell me again. An abort
/// needs none: who misses it will ask.
struct Ack {
  static constexpr std::string_view name = "ack";
  static constexpr bool relies_on_disk = true;
  static constexpr void fields(auto& /*self*/, auto&& /*visit*/) {}
  bool operator==(const Ack&) const = default;
};

/// A prepared participant whose wait is over, to everybody else: what was decided? Answered by
/// Decide or by Prepared. Whoever has not voted yes aborts when it hears this.
struct DecisionRequest {
  static constexpr std::string_view name = "decision_request";
  static constexpr bool relies_on_disk = false;
  static constexpr void fields(auto& /*self*/, auto&& /*visit*/) {}
  bool operator==(const DecisionRequest&) const = default;
};

/// Participant to participant: I have voted yes and know no more than you.
struct Prepared {
  static constexpr std::string_view name = "prepared";
  static constexpr bool relies_on_disk = true;
  static constexpr void fields(auto& /*self*/, auto&& /*visit*/) {}
  bool operator==(const Prepared&) const = default;
};

/// A node that is free to abort and has not heard the decision, to everybody else: is there one?
/// Answered by Decide; changes nothing where it arrives. A coordinator that has not begun asks too:
/// a participant may have aborted without it.
struct Inquiry {
  static constexpr std::string_view name = "inquiry";
  static constexpr bool relies_on_disk = false;
  static constexpr void fields(auto& /*self*/, auto&& /*visit*/) {}
  bool operator==(const Inquiry&) const = default;
};

using Message = std::variant<Begin, VoteRequest, VoteYes, VoteNo, Decide, Ack, DecisionRequest,
                             Prepared, Inquiry>;

/// All that a node has after a restart. Written as a whole; the writes of a node are ordered.
struct Durable {
  bool is_begun = false;       ///< the coordinator has asked, or was about to ask, for votes
  bool has_voted_yes = false;  ///< the participant's prepared record
  Decision decision = Decision::none;  ///< Invariant: never changes once it is not none.
                                       ///< The coordinator writes commits only
  static constexpr void fields(auto& self, auto&& visit) {
    visit("is_begun", self.is_begun);
    visit("has_voted_yes", self.has_voted_yes);
    visit("decision", self.decision);
  }
  bool operator==(const Durable&) const = default;
};

enum class Timer : std::uint8_t {
  votes,     ///< coordinator: the votes have had time enough
  decision,  ///< prepared participant: the decision has had time enough, ask for it
  resend,    ///< coordinator: tell the commit again to those who have not acknowledged it
  catch_up,  ///< still without the decision: ask the others
};
inline constexpr std::size_t timer_count = 4;
inline constexpr std::string_view timer_names[timer_count] = {"votes", "decision", "resend",
                                                              "catch_up"};

using Output = Effects<Message, Durable, Timer, OneDecision::Result, Value>;

}  // namespace synod::two_phase_commit
