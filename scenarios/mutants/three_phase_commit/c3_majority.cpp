#include "core/three_phase_commit/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::three_phase_commit {
namespace {

/// Consensus has no veto; atomic commit has.
Plan go_by_majority(const Transaction& transaction, NodeSet yes, NodeSet no, bool is_time_up) {
  return yes.size() > transaction.participants.size() / 2
             ? Plan::pre_commit
             : rules::after_votes(transaction, yes, no, is_time_up);
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "c3-majority",
             .about = "the coordinator goes on when a majority has voted yes, whatever the others "
                      "vote",
             .source = "atomic commit taken for consensus; Paxos in Plain English: \"2PC is a "
                       "specific case of Paxos\"",
             .faults = "none; a participant that votes no",
             .property = "commit_validity",
             .cluster = "4 nodes"},
    .plant = [](Config& config) { config.rules.after_votes = &go_by_majority; },
});

}  // namespace
}  // namespace synod::three_phase_commit
