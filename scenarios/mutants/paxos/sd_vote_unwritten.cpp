#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

Durable write_promise_only(const Durable& state) { return {state.promised, {}, state.round_tried}; }

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-vote-unwritten",
             .about = "answers an Accept with only its promise on disk, not the vote",
             .source = "dragonboat#201; Lamport, Paxos Made Simple, 2.5, stable storage",
             .faults = "1 crash",
             .property = "durable_before_visible",
             .cluster = "3 nodes, 2 ballots"},
    .plant = [](Config& config) { config.rules.to_store = &write_promise_only; },
});

}  // namespace
}  // namespace synod::paxos
