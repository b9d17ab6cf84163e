#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

bool accept_what_was_promised(const Durable& acceptor, Ballot ballot, Value /*value*/) {
  return ballot == acceptor.promised;
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "ct-accept-only-equal",
             .about =
                 "accepts only if \"Seq number is the highest proposal number the Acceptor has "
                 "agreed to\": not a higher one whose Prepare it missed",
             .source = "Paxos in Plain English, accept phase; luohaha/MyPaxos#19",
             .faults = "any",
             .property = "none",
             .cluster = "3 nodes, 3 ballots",
             .kind = MutantKind::control},
    .plant = [](Config& config) { config.rules.may_accept = &accept_what_was_promised; },
    .set_up =
        [](Configuration& configuration) {
          // Majorities are what the text is about. Where a promise or two are a quorum and all must
          // accept, Accepts overtake Prepares, and refusals keep it from deciding in time.
          reset_options_that_follow_nodes(configuration);
        },
});

}  // namespace
}  // namespace synod::paxos
