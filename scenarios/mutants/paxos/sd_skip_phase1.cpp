#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

bool never_asks(const QuorumSystem& /*quorums*/, NodeSet /*promised_by*/) { return true; }

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-skip-phase1",
             .about = "a proposer \"which didn't do this step of sending a first message\": it "
                      "sends Accept without Prepare",
             .source =
                 "H. Brundage, Neat Algorithms: Paxos; luohaha/MyPaxos, Proposer.beforPrepare",
             .faults = "none",
             .property = "agreement",
             .cluster = "3 nodes, 2 ballots"},
    .plant = [](Config& config) { config.rules.is_phase1_quorum = &never_asks; },
});

}  // namespace
}  // namespace synod::paxos
