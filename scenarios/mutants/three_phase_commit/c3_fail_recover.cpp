#include "core/three_phase_commit/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::three_phase_commit {
namespace {

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "c3-fail-recover",
             .about = "no wrong line: a crashed node comes back and goes on from its disk",
             .source = "Paxos in Plain English: \"3PC is fail-stop resilient, but not fail-recover "
                       "resilient\"",
             .faults = "1 crash and restart",
             .property = "atomicity",
             .cluster = "2 participants",
             .kind = MutantKind::outside_fault_model},
    .set_up =
        [](Configuration& configuration) {
          configuration.crash_interval = {{1}, {60}};
          configuration.crash_duration = {{20}, {200}};
          configuration.crash_forever = {};
          configuration.ending = Ending::healed;
        },
});

}  // namespace
}  // namespace synod::three_phase_commit
