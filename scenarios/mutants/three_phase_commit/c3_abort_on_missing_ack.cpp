// "However, if all nodes do not acknowledge, the coordinator aborts the transaction." ("Paxos in
// Plain English", on phase 3 of three-phase commit.) A node that is pre-committed may by then be
// the one that takes over, and it will commit.
#include "core/three_phase_commit/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::three_phase_commit {
namespace {

/// The coordinator does as the sentence says, a participant that takes over as it should.
Plan abort_on_missing_ack(const Transaction& transaction, NodeId self, NodeSet acked,
                          bool is_time_up) {
  const bool is_missing = is_time_up && acked != transaction.participants;
  return self == transaction.coordinator && is_missing
             ? Plan::abort
             : rules::after_acks(transaction, self, acked, is_time_up);
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "c3-abort-on-missing-ack",
             .about = "\"However, if all nodes do not acknowledge, the coordinator aborts the "
                      "transaction\"",
             .source = "Paxos in Plain English, 3PC, phase 3; against Skeen, Nonblocking Commit "
                       "Protocols, and BHG 7.5",
             .faults = "2 crashes",
             .property = "atomicity",
             .cluster = "3 nodes"},
    .plant = [](Config& config) { config.rules.after_acks = &abort_on_missing_ack; },
});

}  // namespace
}  // namespace synod::three_phase_commit
