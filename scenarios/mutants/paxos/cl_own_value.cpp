#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

Value answer_own(const Request& request, Value decision) {
  return request.operation.kind == OperationKind::write ? request.operation.value : decision;
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "cl-own-value",
             .about = "tells a writer that its own value was chosen, whichever was",
             .source = "classic: success of the round taken for success of the value",
             .faults = "none",
             .property = "client_answers_true",
             .cluster = "3 nodes, 2 ballots"},
    .plant = [](Config& config) { config.rules.value_to_answer = &answer_own; },
});

}  // namespace
}  // namespace synod::paxos
