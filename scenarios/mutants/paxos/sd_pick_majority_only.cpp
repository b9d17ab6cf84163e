#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

Value propose_what_a_majority_reports(NodeSet promised_by, const Votes& reported, Value own) {
  const Value value = rules::value_to_propose(promised_by, reported, own);
  std::size_t count = 0;
  for (const NodeId acceptor : promised_by) {
    count += reported[acceptor.index].value == value ? 1U : 0U;
  }
  return own.is_none() || 2 * count > promised_by.size() ? value : own;
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-pick-majority-only",
             .about = "\"detect if a majority of nodes have already accepted an old value, and "
                      "change its proposal to match\": a vote of fewer is passed over",
             .source = "H. Brundage, Neat Algorithms: Paxos",
             .faults = "none",
             .property = "agreement",
             .cluster = "3 nodes, 2 ballots"},
    .plant =
        [](Config& config) { config.rules.value_to_propose = &propose_what_a_majority_reports; },
});

}  // namespace
}  // namespace synod::paxos
