#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

Durable keep_highest_vote(Durable acceptor, Ballot ballot, Value value) {
  if (ballot > acceptor.vote.ballot) {
    acceptor.vote = {ballot, value};
  }
  return acceptor;
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "ct-keep-max",
             .about = "\"reject all future proposal requests < x\" is all that a promise does: "
                      "accepting does not promise, but an older vote never overwrites a newer one",
             .source =
                 "Paxos in Plain English, prepare phase; CASSANDRA-17162, scylladb/scylladb#6139",
             .faults = "any",
             .property = "none",
             .cluster = "3 nodes, 3 ballots",
             .kind = MutantKind::control},
    .plant = [](Config& config) { config.rules.after_accept = &keep_highest_vote; },
});

}  // namespace
}  // namespace synod::paxos
