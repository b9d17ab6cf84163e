#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

Value repeat_own(Value proposed, Value own) { return own.is_none() ? proposed : own; }

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-value-change",
             .about =
                 "\"repeating the accept phase\", with what its client asks for by now instead "
                 "of what was proposed",
             .source = "H. Brundage, Neat Algorithms: Paxos; Cjen1/consensus-tlaplus#2",
             .faults = "1 lost message, or a slow one",
             .property = "one_value_per_ballot",
             .cluster = "3 nodes, 1 ballot"},
    .plant = [](Config& config) { config.rules.value_to_repeat = &repeat_own; },
});

}  // namespace
}  // namespace synod::paxos
