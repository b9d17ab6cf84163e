#include "core/three_phase_commit/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::three_phase_commit {
namespace {

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "c3-slow-coordinator",
             .about = "no wrong line, but \"every other RM would have received and acknowledged\" "
                      "need not be so: a node that only stood still is taken for dead",
             .source = "Paxos in Plain English: \"they may just be slow\"",
             .faults = "1 pause",
             .property = "atomicity",
             .cluster = "2 participants",
             .kind = MutantKind::outside_fault_model},
    .set_up =
        [](Configuration& configuration) {
          configuration.pause_interval = {{1}, {60}};
          configuration.pause_duration = {{100}, {400}};
        },
});

}  // namespace
}  // namespace synod::three_phase_commit
