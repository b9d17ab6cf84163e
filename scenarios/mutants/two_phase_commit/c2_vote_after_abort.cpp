#include "core/two_phase_commit/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::two_phase_commit {
namespace {

bool is_able(const Durable& /*participant*/, bool can_commit) { return can_commit; }

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "c2-vote-after-abort",
             .about = "votes yes although it has aborted, because another asked for the decision",
             .source = "classic; Bernstein, Hadzilacos and Goodman, 7.4, cooperative termination: "
                       "who has not voted aborts, and then never votes yes",
             .faults = "a vote request late",
             .property = "atomicity",
             .cluster = "1 coordinator, 2 participants"},
    .plant = [](Config& config) { config.rules.is_vote_yes = &is_able; },
});

}  // namespace
}  // namespace synod::two_phase_commit
