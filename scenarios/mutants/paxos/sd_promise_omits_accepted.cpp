#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

Vote report_nothing(const Durable& /*acceptor*/) { return {}; }

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-promise-omits-accepted",
             .about = "promises without reporting the vote that it has cast",
             .source = "CASSANDRA-6012 is the partial form",
             .faults = "none",
             .property = "agreement",
             .cluster = "3 nodes, 2 ballots"},
    .plant = [](Config& config) { config.rules.vote_to_report = &report_nothing; },
});

}  // namespace
}  // namespace synod::paxos
