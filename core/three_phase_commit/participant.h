// The participant: votes, becomes pre-committed when it is told to, and reports how far it has
// come. Its whole state is the durable one. Whenever the coordinator or a leader has spoken, it
// waits for the next word; how long, timing.h says, and takeover.h what it does when none comes.
#pragma once

#include "core/three_phase_commit/context.h"

namespace synod::three_phase_commit::participant {

void start(const Context& context);
/// A client has asked: the coordinator must begin.
void call_for_begin(const Context& context);
void on(const Context& context, NodeId from, const VoteRequest& request);
void on(const Context& context, NodeId from, const PreCommit& pre_commit);
/// The coordinator too is asked, in case that it is not dead.
void on(const Context& context, NodeId from, const StateRequest& request);

}  // namespace synod::three_phase_commit::participant
