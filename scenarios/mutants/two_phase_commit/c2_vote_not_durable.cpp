#include "core/two_phase_commit/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::two_phase_commit {
namespace {

Durable store_without_vote(const Durable& state) {
  Durable stored = state;
  stored.has_voted_yes = false;
  return stored;
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "c2-vote-not-durable",
             .about = "votes yes without having written it: after a restart it aborts when asked",
             .source = "horizontal-scaling-convex#101 and #158, Infinispan#18143",
             .faults = "1 crash of a participant, a decision lost or late",
             .property = "atomicity",
             .cluster = "1 coordinator, 2 participants"},
    .plant = [](Config& config) { config.rules.to_store = &store_without_vote; },
});

}  // namespace
}  // namespace synod::two_phase_commit
