#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

bool accept_first(const Durable& acceptor, Ballot ballot, Value value) {
  return acceptor.vote.is_none() && rules::may_accept(acceptor, ballot, value);
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-accept-first-only",
             .about = "accepts the first proposal that it ever gets and no other: a split vote "
                      "stays split",
             .source = "Lamport, Paxos Made Simple, 2.1, P1 alone",
             .faults = "none",
             .property = "progress",
             .cluster = "3 nodes, 2 ballots"},
    .plant = [](Config& config) { config.rules.may_accept = &accept_first; },
});

}  // namespace
}  // namespace synod::paxos
