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
             .about = "\"If x > y, reply 'agree'\", and for x = y too, though ballots are bare "
                      "rounds, without the proposer's name",
             .source = "Paxos in Plain English, prepare phase; luohaha/MyPaxos, CASSANDRA-9649",
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
