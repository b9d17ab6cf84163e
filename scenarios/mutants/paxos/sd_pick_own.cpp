#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

Value propose_own(NodeSet promised_by, const Votes& reported, Value own) {
  // With no value of its own it has nothing to propose but what it was told.
  return own.is_none() ? rules::value_to_propose(promised_by, reported, own) : own;
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-pick-own",
             .about = "\"value proposed last should take precedence\": proposes its own, in spite "
                      "of an earlier vote that was reported to it",
             .source = "H. Brundage, Neat Algorithms: Paxos; classic",
             .faults = "none",
             .property = "agreement",
             .cluster = "3 nodes, 2 ballots"},
    .plant = [](Config& config) { config.rules.value_to_propose = &propose_own; },
});

}  // namespace
}  // namespace synod::paxos
