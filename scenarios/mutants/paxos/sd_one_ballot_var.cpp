#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

Vote report_in_promised_ballot(const Durable& acceptor) {
  return acceptor.vote.is_none() ? Vote{} : Vote{acceptor.promised, acceptor.vote.value};
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-one-ballot-var",
             .about = "one variable for the promised and the accepted ballot: an old vote is "
                      "reported in the ballot promised last",
             .source = "CASSANDRA-6023; Sutra, On the correctness of Egalitarian Paxos, 2019",
             .faults = "none",
             .property = "agreement",
             .cluster = "3 nodes, 3 ballots"},
    .plant = [](Config& config) { config.rules.vote_to_report = &report_in_promised_ballot; },
});

}  // namespace
}  // namespace synod::paxos
