#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

Vote tell_in_promised_ballot(const Durable& acceptor) {
  return acceptor.vote.is_none() ? Vote{} : Vote{acceptor.promised, acceptor.vote.value};
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "rd-one-ballot-var",
             .about = "shows its vote in the ballot that it promised last: votes in different "
                      "ballots look like one choice",
             .source = "CASSANDRA-6023, as a reader sees it",
             .faults = "none",
             .property = "decided_implies_chosen",
             .cluster = "3 nodes, 3 ballots"},
    .plant = [](Config& config) { config.rules.vote_to_tell = &tell_in_promised_ballot; },
});

}  // namespace
}  // namespace synod::paxos
