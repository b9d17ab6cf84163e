#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

Vote report_without_ballot(const Durable& acceptor) {
  return acceptor.vote.is_none() ? Vote{} : Vote{{1, {}}, acceptor.vote.value};
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-accepted-without-ballot",
             .about = "reports the value that it accepted without the ballot, so that all reports "
                      "look equally old",
             .source = "swiftpaxos and epaxos, recordInstanceMetadata",
             .faults = "none",
             .property = "agreement",
             .cluster = "3 nodes, 3 ballots"},
    .plant = [](Config& config) { config.rules.vote_to_report = &report_without_ballot; },
});

}  // namespace
}  // namespace synod::paxos
