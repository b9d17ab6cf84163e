#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

Durable accept_without_promising(Durable acceptor, Ballot ballot, Value value) {
  acceptor.vote = {ballot, value};
  return acceptor;
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-accept-no-bump",
             .about =
                 "accepting does not promise, and \"a promise that the Acceptor would reject "
                 "all future proposal requests < x\" is all there is: an older vote overwrites "
                 "a newer one",
             .source = "Paxos in Plain English; scylladb/scylladb#6139",
             .faults = "none",
             .property = "agreement",
             .cluster = "3 nodes, 3 ballots"},
    .plant = [](Config& config) { config.rules.after_accept = &accept_without_promising; },
});

}  // namespace
}  // namespace synod::paxos
