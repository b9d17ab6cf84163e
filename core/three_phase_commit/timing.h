// How long to wait, and why that long. Unlike in Paxos, safety rests on it.
//
// The fault model. Nodes stop and stay down (fail-stop), at any moment, also between two messages
// of one broadcast. No message to a node that is up is lost, and each, together with the write that
// it waits for, takes at most `hop`. Clocks are true. Inside this model silence proves death, and
// with the durations below, in terms of H = hop:
//
//   Lemma. When a participant q takes over, everyone with a lower id that is neither decided nor
//   without a vote is dead, and all that they sent has arrived.
//
//   The coordinator and each leader speak in broadcasts to all participants: VoteRequest,
//   StateRequest, PreCommit, Decide. After each but the last they wait for `answers` at most, then
//   speak again. Let q's latest word be m, from node l, sent at b; so q heard it in [b, b + H].
//   - l itself: it would have spoken again by b + answers, and q have heard it by
//     b + answers + H < b + word. So it died before or amid that broadcast, and whatever of it has
//     left arrives before b + word.
//   - A participant p between l and q may have heard l's next broadcast, the one in which l died,
//     but none after it: by b + answers + H. So p takes over by
//     b + (answers + H) + word + (p - l - 1) * turn; and, by induction, so does one that heard the
//     beginning of another's StateRequest in between, because turn >= H + word.
//   - As p takes over, it sends q a StateRequest, which is there by
//     b + answers + 2H + word + (q - l - 2) * turn, which is less than
//     b + word + (q - l - 1) * turn, since answers + 2H < turn. But q has heard nothing after m. So
//     p died amid that broadcast, and all that it sent is there before q's patience is over.
//
//   So at most one node leads at any time, and no word of a dead leader comes late. What follows
//   from it is said at the rules (see rules.h).
//
// Outside the model (a partition, a slow node, one that comes back) the timers fire all the same,
// the lemma is false, and nodes may decide differently.
#pragma once

#include "core/duration.h"
#include "core/ids.h"

namespace synod::three_phase_commit {

/// Durations are on the node's own clock.
struct Timing {
  Duration hop{20};        ///< at most this between sending a message, the write it relies on
                           ///< included, and its arrival
  Duration catch_up{400};  ///< how often a node inquires that has heard nothing of the transaction
  static constexpr void fields(auto& self, auto&& visit) {
    visit("hop", self.hop);
    visit("catch_up", self.catch_up);
  }
  bool operator==(const Timing&) const = default;
};

/// A tick more than a bound: what comes at the last moment is heard before a timer fires.
inline constexpr Duration tick{1};

/// Whoever asks: a hop for the question, a hop for the answer. Who has not answered is dead.
/// (Also for a Begin: the answer is the VoteRequest.)
constexpr Duration answers(const Timing& timing) { return timing.hop * 2 + tick; }

/// Whoever was asked: the asker waits for the others' answers, and its next word takes a hop.
constexpr Duration word(const Timing& timing) { return answers(timing) + timing.hop + tick; }

/// One participant's turn to take over: its own wait for a word, and a hop for its StateRequest.
/// (It need not be a whole takeover, because every word of a leader makes the others wait anew.)
constexpr Duration turn(const Timing& timing) { return word(timing) + timing.hop; }

/// How long participant `self` waits for the next word after one of `heard`, before it takes over:
/// those between them in the order of ids, round and round, have their turns first.
constexpr Duration patience(const Timing& timing, std::size_t node_count, NodeId heard,
                            NodeId self) {
  const std::size_t turns = (self.index + node_count - heard.index - 1U) % node_count;
  return word(timing) + turn(timing) * turns;
}

}  // namespace synod::three_phase_commit
