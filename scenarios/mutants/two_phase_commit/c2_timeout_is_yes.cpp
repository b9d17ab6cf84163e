#include "core/two_phase_commit/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::two_phase_commit {
namespace {

Decision take_silence_for_yes() { return Decision::commit; }

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "c2-timeout-is-yes",
             .about = "the coordinator takes a vote that did not come for a yes",
             .source = "classic; Bernstein, Hadzilacos and Goodman, 7.4, time-out actions reversed",
             .faults = "a vote lost or late",
             .property = "commit_validity",
             .cluster = "1 coordinator, 1 participant"},
    .plant = [](Config& config) { config.rules.decision_without_votes = &take_silence_for_yes; },
});

}  // namespace
}  // namespace synod::two_phase_commit
