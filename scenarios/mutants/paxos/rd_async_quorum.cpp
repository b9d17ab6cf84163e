#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

Value read_too_early(const QuorumSystem& quorums, NodeSet heard_from, const Votes& reported) {
  QuorumSystem too_small = quorums;
  if (too_small.phase2_size > 1) {
    --too_small.phase2_size;
  }
  return rules::value_read(too_small, heard_from, reported);
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "rd-async-quorum",
             .about = "a quorum read answers with one acceptor too few",
             .source = "async-raft#143, d-engine#381",
             .faults = "none",
             .property = "client_answers_true",
             .cluster = "3 nodes, 1 ballot"},
    .plant = [](Config& config) { config.rules.value_read = &read_too_early; },
});

}  // namespace
}  // namespace synod::paxos
