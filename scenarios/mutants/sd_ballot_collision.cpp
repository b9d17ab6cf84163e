#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

Ballot next_round_of_nobody(const Durable& node, Ballot highest_heard, NodeId self) {
  return {rules::next_ballot(node, highest_heard, self).round, {}};
}

bool promise_again(const Durable& acceptor, Ballot ballot) { return ballot >= acceptor.promised; }

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "sd-ballot-collision",
             .about = "ballots are bare rounds, without the proposer's name, and one that was "
                      "promised is promised again",
             .source = "luohaha/MyPaxos starts every proposer at ballot 1; CASSANDRA-9649",
             .faults = "none",
             .property = "one_value_per_ballot",
             .cluster = "3 nodes, 2 ballots"},
    .plant =
        [](Config& config) {
          config.rules.next_ballot = &next_round_of_nobody;
          config.rules.may_promise = &promise_again;
        },
});

}  // namespace
}  // namespace synod::paxos
