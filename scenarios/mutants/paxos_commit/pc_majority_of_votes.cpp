#include "core/paxos_commit/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos_commit {
namespace {

Decision decide_by_majority(const Transaction& transaction, const ChosenValues& chosen) {
  std::size_t commits = 0;
  for (const NodeId participant : transaction.participants) {
    commits += chosen[participant.index] == commit_value ? 1U : 0U;
  }
  const bool is_majority = commits * 2 > transaction.participants.size();
  return is_majority ? Decision::commit : rules::decision(transaction, chosen);
}

const RegisteredMutant<Protocol> mutant({
    .text =
        {.slug = "pc-majority-of-votes",
         .about =
             "commits when a majority of the instances chose commit, as if a vote were not a veto",
         .source =
             "the reading of Paxos Commit as consensus among participants; Gray and Lamport, 4.2",
         .faults = "none but a participant that votes no",
         .property = "commit_validity",
         .cluster = "4 nodes"},
    .plant = [](Config& config) { config.rules.decision = &decide_by_majority; },
});

}  // namespace
}  // namespace synod::paxos_commit
