#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

Durable keep_first_value(Durable acceptor, Ballot ballot, Value value) {
  const Value kept = acceptor.vote.is_none() ? value : acceptor.vote.value;
  return rules::after_accept(acceptor, ballot, kept);
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-ack-keeps-first",
             .about = "says that it accepted a second value, and keeps its first",
             .source = "classic",
             .faults = "none",
             .property = "agreement",
             .cluster = "3 nodes, 2 ballots"},
    .plant = [](Config& config) { config.rules.after_accept = &keep_first_value; },
});

}  // namespace
}  // namespace synod::paxos
