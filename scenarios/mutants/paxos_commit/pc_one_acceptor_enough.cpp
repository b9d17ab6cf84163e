#include "core/paxos_commit/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos_commit {
namespace {

bool is_chosen_by_one(const QuorumSystem& /*quorums*/, const paxos::Votes& /*heard*/,
                      Vote /*vote*/) {
  return true;
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "pc-one-acceptor-enough",
             .about = "counts an instance as having chosen what one acceptor has accepted",
             .source = "Gray and Lamport, 4.2, where F is 0 and one is enough",
             .faults = "a late or lost message",
             .property = "atomicity",
             .cluster = "3 nodes"},
    .plant = [](Config& config) { config.paxos_rules.is_chosen = &is_chosen_by_one; },
});

}  // namespace
}  // namespace synod::paxos_commit
