#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

Durable promise_and_forget(Durable acceptor, Ballot /*ballot*/, Value /*value*/) {
  return acceptor;
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-promise-unkept",
             .about = "promises, and does not take note of it",
             .source = "classic: the answer is sent and the variable not set",
             .faults = "none",
             .property = "agreement",
             .cluster = "3 nodes, 2 ballots"},
    .plant = [](Config& config) { config.rules.after_promise = &promise_and_forget; },
});

}  // namespace
}  // namespace synod::paxos
