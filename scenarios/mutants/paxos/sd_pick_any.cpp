#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

Value propose_any(NodeSet promised_by, const Votes& reported, Value own) {
  for (const NodeId acceptor : promised_by) {
    if (!reported[acceptor.index].is_none()) {
      return reported[acceptor.index].value;
    }
  }
  return own;
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-pick-any",
             .about = "\"The Leader picks any of these values\": not the one of the "
                      "highest-numbered vote",
             .source = "Paxos in Plain English, accept phase",
             .faults = "none",
             .property = "agreement",
             .cluster = "3 nodes, 3 ballots"},
    .plant = [](Config& config) { config.rules.value_to_propose = &propose_any; },
});

}  // namespace
}  // namespace synod::paxos
