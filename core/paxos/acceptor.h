// The acceptor: promises ballots and casts votes. Its whole state is the durable one.
#pragma once

#include "core/paxos/context.h"

namespace synod::paxos::acceptor {

void on(const Context& context, NodeId from, const Prepare& prepare);
void on(const Context& context, NodeId from, const Accept& accept);
void on(const Context& context, NodeId from, const Query& query);

}  // namespace synod::paxos::acceptor
