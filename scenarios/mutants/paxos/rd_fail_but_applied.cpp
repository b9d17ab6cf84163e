#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

Outcome always_no(bool /*was_value_sent*/) { return Outcome::not_chosen; }

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "rd-fail-but-applied",
             .about = "\"the client is informed that the write failed\", although an Accept with "
                      "its value has left",
             .source = "H. Brundage, Neat Algorithms: Paxos; CASSANDRA-6013",
             .faults = "none",
             .property = "client_answers_true",
             .cluster = "3 nodes, 2 ballots"},
    .plant = [](Config& config) { config.rules.outcome_of_giving_up = &always_no; },
});

}  // namespace
}  // namespace synod::paxos
