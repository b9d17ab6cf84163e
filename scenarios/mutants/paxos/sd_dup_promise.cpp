#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

/// What comes again from the same acceptor is booked on one that has not been heard.
NodeSet count_copies(NodeSet promised_by, NodeId from) {
  NodeId counted = from;
  for (std::uint8_t i = 0; i < node_count_max && promised_by.contains(counted); ++i) {
    counted = {i};
  }
  promised_by.insert(counted);
  return promised_by;
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-dup-promise",
             .about = "counts promises, not acceptors: one that arrives twice counts twice",
             .source = "jjzhang/booth#47",
             .faults = "1 duplicate",
             .property = "agreement",
             .cluster = "3 nodes, 2 ballots"},
    .plant = [](Config& config) { config.rules.count_promise = &count_copies; },
});

}  // namespace
}  // namespace synod::paxos
