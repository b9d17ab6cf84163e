#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

Durable recover_promise_only(const Durable& stored) {
  return {stored.promised, {}, stored.round_tried};
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-volatile-accept",
             .about =
                 "\"failed and recovered with an out of date state\": a restarted acceptor has "
                 "lost its vote",
             .source = "H. Brundage, Neat Algorithms: Paxos; dragonboat#201, "
                       "cockroachdb/cockroach#88442",
             .faults = "1 crash",
             .property = "agreement",
             .cluster = "3 nodes, 2 ballots"},
    .plant = [](Config& config) { config.rules.recovered = &recover_promise_only; },
});

}  // namespace
}  // namespace synod::paxos
