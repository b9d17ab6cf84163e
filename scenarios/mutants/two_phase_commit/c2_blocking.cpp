#include "core/two_phase_commit/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::two_phase_commit {
namespace {

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "c2-blocking",
             .about = "no wrong line: who crashes stays down, and others may wait for it for ever",
             .source = "Paxos in Plain English: \"blocked waiting for the next phase\"; BHG 7.4",
             .faults = "1 crash for good",
             .property = "termination",
             .cluster = "2 participants",
             .kind = MutantKind::outside_fault_model},
    .set_up =
        [](Configuration& configuration) {
          configuration.crash_interval = {{1}, {100}};
          configuration.crash_forever = {1, 1};
          configuration.crashed_max = 1;
          configuration.ending = Ending::survivors;
        },
});

}  // namespace
}  // namespace synod::two_phase_commit
