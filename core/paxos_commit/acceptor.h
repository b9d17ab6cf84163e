// The acceptor: Paxos's own, once for each instance.
#pragma once

#include "core/paxos_commit/context.h"

namespace synod::paxos_commit::acceptor {

void on(const Context& context, NodeId from, const Prepare& prepare);
void on(const Context& context, NodeId from, const Accept& accept);

}  // namespace synod::paxos_commit::acceptor
