#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

bool any_reply(Ballot /*current*/, Ballot /*replied*/) { return true; }

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-stale-promise",
             .about = "counts promises of its earlier ballots for the one that it runs",
             .source = "luohaha/MyPaxos#18: the set of answers is never cleared",
             .faults = "none",
             .property = "agreement",
             .cluster = "3 nodes, 2 ballots"},
    .plant = [](Config& config) { config.rules.is_reply_to = &any_reply; },
});

}  // namespace
}  // namespace synod::paxos
