#include "core/two_phase_commit/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::two_phase_commit {
namespace {

bool is_majority(const Transaction& transaction, NodeSet yes_votes) {
  return yes_votes.size() * 2 > transaction.participants.size();
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "c2-majority",
             .about = "the coordinator commits when most participants have voted yes",
             .source = "\"2PC is a specific case of Paxos\" (Paxos in Plain English): a majority "
                       "has no veto",
             .faults = "none",
             .property = "commit_validity",
             .cluster = "1 coordinator, 3 participants"},
    .plant = [](Config& config) { config.rules.is_unanimous = &is_majority; },
});

}  // namespace
}  // namespace synod::two_phase_commit
