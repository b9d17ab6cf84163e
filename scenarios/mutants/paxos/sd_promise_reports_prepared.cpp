#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

Durable keep_prepared(Durable acceptor, Ballot ballot, Value value) {
  acceptor.promised = ballot;
  if (!value.is_none()) {  // a read's Prepare has none
    acceptor.vote = {ballot, value};
  }
  return acceptor;
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-promise-reports-prepared",
             .about = "\"reply 'agree' along with P2(y, v2)\", the proposal agreed to last: a "
                      "promise reports a Prepare's value, not a vote",
             .source = "Paxos in Plain English, prepare phase",
             .faults = "none",
             .property = "agreement",
             .cluster = "3 nodes, 3 ballots"},
    .plant = [](Config& config) { config.rules.after_promise = &keep_prepared; },
});

}  // namespace
}  // namespace synod::paxos
