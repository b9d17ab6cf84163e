#include "core/two_phase_commit/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::two_phase_commit {
namespace {

Durable store_without_commit(const Durable& state) {
  Durable stored = state;
  if (state.is_begun) {  // as it is at the coordinator alone
    stored.decision = Decision::none;
  }
  return stored;
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "c2-decision-not-logged",
             .about = "tells the commit without having written it: a restart presumes abort",
             .source = "horizontal-scaling-convex#101 and #158, Infinispan#18143",
             .faults = "1 crash of the coordinator",
             .property = "atomicity",
             .cluster = "1 coordinator, 1 participant"},
    .plant = [](Config& config) { config.rules.to_store = &store_without_commit; },
});

}  // namespace
}  // namespace synod::two_phase_commit
