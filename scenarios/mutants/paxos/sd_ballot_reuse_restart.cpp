#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

Ballot next_of_what_was_heard(const Durable& /*node*/, Ballot highest_heard, NodeId self) {
  return {highest_heard.round + 1, self};
}

bool promise_again(const Durable& acceptor, Ballot ballot) { return ballot >= acceptor.promised; }

const RegisteredMutant<Protocol> mutant({
    .text =
        {.slug = "sd-ballot-reuse-restart",
         .about =
             "\"derivatives of precise system time\", of a clock that steps back: after a restart "
             "a proposer uses its ballots again with another value, and they are promised again",
         .source = "H. Brundage, Neat Algorithms: Paxos; Tencent/phxpaxos#145",
         .faults = "1 crash of a proposer",
         .property = "ballots_rise",
         .cluster = "3 nodes, 1 ballot used twice"},
    .plant =
        [](Config& config) {
          config.rules.next_ballot = &next_of_what_was_heard;
          config.rules.may_promise = &promise_again;
        },
});

}  // namespace
}  // namespace synod::paxos
