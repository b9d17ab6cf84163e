#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

Value read_one(const QuorumSystem& /*quorums*/, NodeSet heard_from, const Votes& reported) {
  for (const NodeId acceptor : heard_from) {
    if (!reported[acceptor.index].is_none()) {
      return reported[acceptor.index].value;
    }
  }
  return {};
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "rd-one-acceptor",
             .about = "reads what one acceptor has voted for, \"a process which is out of date\"",
             .source = "H. Brundage, Neat Algorithms: Paxos warns of it",
             .faults = "none",
             .property = "client_answers_true",
             .cluster = "3 nodes, 1 ballot"},
    .plant = [](Config& config) { config.rules.value_read = &read_one; },
});

}  // namespace
}  // namespace synod::paxos
