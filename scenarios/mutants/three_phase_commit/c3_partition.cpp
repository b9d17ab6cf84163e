#include "core/three_phase_commit/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::three_phase_commit {
namespace {

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "c3-partition",
             .about = "no wrong line: a cut results in \"each partition electing a recovery "
                      "node\", and each takes the other side for dead",
             .source = "Paxos in Plain English: \"in the event of a network partition\"; Skeen",
             .faults = "1 cut",
             .property = "atomicity",
             .cluster = "2 participants",
             .kind = MutantKind::outside_fault_model},
    .set_up =
        [](Configuration& configuration) {
          configuration.cut_interval = {{1}, {60}};
          configuration.cut_duration = {{50}, {400}};
          configuration.cut_shapes.bits = 0x1f;
        },
});

}  // namespace
}  // namespace synod::three_phase_commit
