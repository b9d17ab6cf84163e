#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

Value propose_for_writers_only(NodeSet promised_by, const Votes& reported, Value own) {
  return own.is_none() ? Value{} : rules::value_to_propose(promised_by, reported, own);
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "rd-blind",
             .about = "a read takes no notice of votes that are reported to it, and finds that "
                      "nothing is chosen",
             .source = "classic: only a write takes over a vote",
             .faults = "none",
             .property = "client_answers_true",
             .cluster = "3 nodes, 2 ballots"},
    .plant = [](Config& config) { config.rules.value_to_propose = &propose_for_writers_only; },
});

}  // namespace
}  // namespace synod::paxos
