#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

Value read_highest(const QuorumSystem& quorums, NodeSet heard_from, const Votes& reported) {
  return quorums.is_phase1_quorum(heard_from) ? rules::value_to_propose(heard_from, reported, {})
                                              : Value{};
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "rd-highest-of-quorum",
             .about = "a quorum read answers with the highest-numbered vote that a quorum reports, "
                      "and does not get it chosen first",
             .source = "classic: a read of a replicated register without its write-back",
             .faults = "none",
             .property = "client_answers_true",
             .cluster = "3 nodes, 1 ballot"},
    .plant = [](Config& config) { config.rules.value_read = &read_highest; },
});

}  // namespace
}  // namespace synod::paxos
