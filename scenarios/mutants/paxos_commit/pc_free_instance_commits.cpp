#include "core/paxos_commit/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos_commit {
namespace {

Value commit_free_instance() { return commit_value; }

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "pc-free-instance-commits",
             .about = "a leader proposes commit for a free instance: whoever has not voted is "
                      "taken to agree",
             .source = "Gray and Lamport, Consensus on Transaction Commit, A.3: \"the leader sends "
                       "the value 'aborted'\"",
             .faults = "a lost message or a crash, and a participant that votes no",
             .property = "commit_validity",
             .cluster = "2 nodes"},
    .plant = [](Config& config) { config.rules.value_for_free_instance = &commit_free_instance; },
});

}  // namespace
}  // namespace synod::paxos_commit
