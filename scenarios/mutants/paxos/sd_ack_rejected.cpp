#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

bool always_answer(const Durable& /*acceptor*/, Ballot /*ballot*/, Value /*value*/) { return true; }

Durable accept_if_allowed(Durable acceptor, Ballot ballot, Value value) {
  const bool may_accept = rules::may_accept(acceptor, ballot, value);
  return may_accept ? rules::after_accept(acceptor, ballot, value) : acceptor;
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-ack-rejected",
             .about = "says that it accepted what it refused",
             .source = "classic; oxia-db/oxia#1239 is the form in a log",
             .faults = "none",
             .property = "decided_implies_chosen",
             .cluster = "3 nodes, 2 ballots"},
    .plant =
        [](Config& config) {
          config.rules.may_accept = &always_answer;
          config.rules.after_accept = &accept_if_allowed;
        },
});

}  // namespace
}  // namespace synod::paxos
