#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

bool compare_with_vote(const Durable& acceptor, Ballot ballot) {
  return ballot > acceptor.vote.ballot;
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-prepare-cmp-accepted",
             .about = "\"compare x to the highest seq number proposal it has already agreed to\", "
                      "read as accepted: a Prepare is checked against the vote, not against the "
                      "promise",
             .source = "Paxos in Plain English, prepare phase",
             .faults = "none",
             .property = "agreement",
             .cluster = "3 nodes, 2 ballots"},
    .plant = [](Config& config) { config.rules.may_promise = &compare_with_vote; },
});

}  // namespace
}  // namespace synod::paxos
