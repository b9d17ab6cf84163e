#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

Durable recover_nothing(const Durable& /*stored*/) { return {}; }

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-amnesia",
             .about = "a node restarts with an empty disk, and votes on as if it were the same",
             .source = "palantir/atlasdb#1508; cockroachdb/cockroach#756; a disk lost or replaced",
             .faults = "1 crash that loses the disk",
             .property = "agreement",
             .cluster = "3 nodes, 2 ballots",
             .kind = MutantKind::outside_fault_model},
    .plant = [](Config& config) { config.rules.recovered = &recover_nothing; },
});

}  // namespace
}  // namespace synod::paxos
