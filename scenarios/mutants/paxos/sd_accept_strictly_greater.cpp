#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

bool accept_above_promise(const Durable& acceptor, Ballot ballot, Value /*value*/) {
  return ballot > acceptor.promised;
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-accept-strictly-greater",
             .about = "accepts only a ballot above its promise: not even the one that it has "
                      "promised",
             .source = "classic: > for >=",
             .faults = "none",
             .property = "progress",
             .cluster = "any"},
    .plant = [](Config& config) { config.rules.may_accept = &accept_above_promise; },
});

}  // namespace
}  // namespace synod::paxos
