#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

Value majority_holds(const QuorumSystem& quorums, NodeSet heard_from, const Votes& reported) {
  for (const NodeId one : heard_from) {
    NodeSet holders;
    for (const NodeId other : heard_from) {
      if (reported[other.index].value == reported[one.index].value) {
        holders.insert(other);
      }
    }
    if (quorums.is_phase2_quorum(holders)) {
      return reported[one.index].value;
    }
  }
  return {};
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "rd-majority-same-value",
             .about = "reads \"the value that the majority of the processes in the system hold\", "
                      "in whatever ballots",
             .source = "H. Brundage, Neat Algorithms: Paxos",
             .faults = "none",
             .property = "client_answers_true",
             .cluster = "3 nodes, 4 ballots"},
    .plant = [](Config& config) { config.rules.value_read = &majority_holds; },
});

}  // namespace
}  // namespace synod::paxos
