// The participant: votes, by leading the first ballot of its own instance.
#pragma once

#include "core/paxos_commit/context.h"

namespace synod::paxos_commit::participant {

void on(const Context& context, const VoteRequest& request);

}  // namespace synod::paxos_commit::participant
