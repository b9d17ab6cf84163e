#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

bool accept_same_value(const Durable& acceptor, Ballot ballot, Value value) {
  const bool is_same = acceptor.vote.is_none() || acceptor.vote.value == value;
  return is_same && rules::may_accept(acceptor, ballot, value);
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-accept-same-value-only",
             .about = "accepts only if \"Value is same as any of the previously accepted "
                      "proposals\": a split vote stays split",
             .source = "Paxos in Plain English, accept phase",
             .faults = "1 crash, or none",
             .property = "progress",
             .cluster = "3 nodes, 2 ballots"},
    .plant = [](Config& config) { config.rules.may_accept = &accept_same_value; },
});

}  // namespace
}  // namespace synod::paxos
