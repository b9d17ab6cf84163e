// The messages of Paxos Commit, the state that survives a crash, and the timers.
//
// Most of them are Paxos's own, each with the name of the instance that it belongs to. Sources: GL
// is Gray and Lamport, "Consensus on Transaction Commit" (2006).
#pragma once

#include <concepts>
#include <cstdint>
#include <string_view>
#include <variant>

#include "core/atomic_commit.h"
#include "core/effects.h"
#include "core/fields.h"
#include "core/ids.h"
#include "core/one_decision.h"
#include "core/paxos/messages.h"
#include "core/per_id.h"
#include "core/value.h"

namespace synod::paxos_commit {

/// A message of the instance of Paxos that agrees on one participant's vote.
template <class M>
struct OfInstance {
  static constexpr std::string_view name = M::name;
  /// An Accept too, unlike in Paxos: a participant's first one is the first word about its vote,
  /// with no Prepare that went to the disk before it.
  static constexpr bool relies_on_disk = M::relies_on_disk || std::same_as<M, paxos::Accept>;
  NodeId participant;
  M message;
  static constexpr void fields(auto& self, auto&& visit) {
    visit("participant", self.participant);
    visit_parts(visit, self.message);
  }
  bool operator==(const OfInstance&) const = default;
};

using Prepare = OfInstance<paxos::Prepare>;
using Promise = OfInstance<paxos::Promise>;
using Accept = OfInstance<paxos::Accept>;
using Accepted = OfInstance<paxos::Accepted>;
using Nack = OfInstance<paxos::Nack>;

/// From a node that a client asked to the coordinator: have the transaction done. (GL 4.2, where a
/// participant sends it.)
struct Begin {
  static constexpr std::string_view name = "begin";
  static constexpr bool relies_on_disk = false;
  static constexpr void fields(auto& /*self*/, auto&& /*visit*/) {}
  bool operator==(const Begin&) const = default;
};

/// Coordinator to participants: how do you vote? (GL 4.2 calls it Prepare, as in two-phase commit.)
struct VoteRequest {
  static constexpr std::string_view name = "vote_request";
  static constexpr bool relies_on_disk = false;
  static constexpr void fields(auto& /*self*/, auto&& /*visit*/) {}
  bool operator==(const VoteRequest&) const = default;
};

/// A node that knows the decision, to any other. It rests on what acceptors have on their disks,
/// not on its sender's.
struct Decide {
  static constexpr std::string_view name = "decide";
  static constexpr bool relies_on_disk = false;
  Decision decision = Decision::none;
  static constexpr void fields(auto& self, auto&& visit) { visit("decision", self.decision); }
  bool operator==(const Decide&) const = default;
};

/// From a node that knows no decision to all others. Who knows one answers with Decide.
struct Inquiry {
  static constexpr std::string_view name = "inquiry";
  static constexpr bool relies_on_disk = false;
  static constexpr void fields(auto& /*self*/, auto&& /*visit*/) {}
  bool operator==(const Inquiry&) const = default;
};

using Message =
    std::variant<Begin, VoteRequest, Prepare, Promise, Accept, Accepted, Nack, Decide, Inquiry>;

/// All that a node has after a restart. Written as a whole; the writes of a node are ordered.
///
/// The decision is not part of it. It follows from what the instances have chosen, and what is
/// chosen stays so: whoever asks a majority of the acceptors again finds the same.
struct Durable {
  /// How this participant votes: `commit_value`, `abort_value`, or none before it was asked.
  /// Invariant: never changes once set.
  Value vote;
  /// Its acceptor's and its leader's part in each instance, by participant. (GL A.3:
  /// "Each acceptor maintains the values mbal, bal, and val for each instance".)
  PerNode<paxos::Durable> instances{};
  static constexpr void fields(auto& self, auto&& visit) {
    visit("vote", self.vote);
    visit("instances", self.instances);
  }
  bool operator==(const Durable&) const = default;
};

enum class Timer : std::uint8_t {
  take_over,  ///< no decision in time: lead, in a ballot above all that this node has seen
  catch_up,   ///< still no decision: ask the others for one
};
inline constexpr std::size_t timer_count = 2;
inline constexpr std::string_view timer_names[timer_count] = {"take_over", "catch_up"};

using Output = Effects<Message, Durable, Timer, OneDecision::Result, Value>;

}  // namespace synod::paxos_commit
