// Has that come about in a situation for which the protocol is there, and who still waits for it?
#pragma once

#include <algorithm>

#include "core/ids.h"
#include "scenarios/explore/situation.h"
#include "sim/world/clients.h"
#include "sim/world/world.h"

namespace synod {

/// Of the nodes that are up, those that have learned nothing; none where they never learn.
template <Protocol P, class Witness>
NodeSet who_must_learn(const Situation<P, Witness>& some) {
  return learns<P> ? some.world.nodes_up() - some.learned : NodeSet();
}

/// Has the client been told what it is there for: not that it is not known, and not what it only
/// looked at? `C`: what clients ask (sim/world/clients.h).
template <class C, Protocol P>
bool is_served(const ClientState<P>& one) {
  const auto& operation = one.request.operation;
  // Who has an answer from every node that was asked got none that is final.
  return one.request.id.number != 0 && !one.is_waiting && one.answers < one.attempts &&
         (!learns<P> || operation == Clients<P, C>::own(Clients<P, C>::number_in(operation)));
}

/// Who has voted for a transaction must hear how it ends. Otherwise all nodes must, where they
/// learn anything, or a client must be served: not one who gave up (which of them it was is not in
/// a situation).
template <class C, Protocol P, class Witness>
bool has_decided(const Situation<P, Witness>& some) {
  if (!some.witness.is_decided()) {
    return false;
  }
  if constexpr (requires { some.witness.uncertain(); }) {
    return (who_must_learn(some) & some.witness.uncertain()).is_empty();
  } else {
    const bool do_all_know =
        learns<P> && who_must_learn(some).is_empty() && !some.learned.is_empty();
    const auto& clients = some.world.clients;
    return do_all_know || (some.spent.abandons == 0 &&
                           std::any_of(clients.begin(), clients.end(), &is_served<C, P>));
  }
}

/// Among those who are there to hear of it.
template <Protocol P, class Witness>
bool does_anybody_wait(const Situation<P, Witness>& some) {
  if constexpr (requires { some.witness.uncertain(); }) {
    return !(who_must_learn(some) & some.witness.uncertain()).is_empty();
  } else {
    const auto& clients = some.world.clients;
    return (some.witness.is_decided() && !who_must_learn(some).is_empty()) ||
           std::any_of(clients.begin(), clients.end(),
                       [](const ClientState<P>& one) { return one.is_waiting; });
  }
}

}  // namespace synod
