#include "core/three_phase_commit/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::three_phase_commit {
namespace {

Plan take_silence_for_yes(const Transaction& transaction, NodeSet yes, NodeSet no,
                          bool is_time_up) {
  return rules::after_votes(transaction, is_time_up ? transaction.participants - no : yes, no,
                            is_time_up);
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "c3-timeout-is-yes",
             .about = "the coordinator counts a vote that does not come as a yes",
             .source = "classic; BHG 7.5, the time-out action of step 3 turned round",
             .faults = "1 crash",
             .property = "commit_validity",
             .cluster = "2 nodes"},
    .plant = [](Config& config) { config.rules.after_votes = &take_silence_for_yes; },
});

}  // namespace
}  // namespace synod::three_phase_commit
