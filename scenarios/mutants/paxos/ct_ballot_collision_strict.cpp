#include <array>
#include <string_view>

#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

constexpr std::array<std::string_view, 1> gives_up = {
    "one_value_per_ballot",  // its proposers share their ballots; majorities let one of them
                             // propose
};

Ballot next_round_of_nobody(const Durable& node, Ballot highest_heard, NodeId self) {
  return {rules::next_ballot(node, highest_heard, self).round, {}};
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "ct-ballot-collision-strict",
             .about = "ballots are bare rounds, without the proposer's name, but each acceptor "
                      "promises one only once",
             .source = "luohaha/MyPaxos; quorums of one ballot still meet",
             .faults = "any",
             .property = "none",
             .cluster = "3 nodes, 2 ballots",
             .kind = MutantKind::control,
             .gives_up = gives_up},
    .plant = [](Config& config) { config.rules.next_ballot = &next_round_of_nobody; },
    .set_up =
        [](Configuration& configuration) {
          // Majorities are what it is about, and what its safety rests on.
          reset_options_that_follow_nodes(configuration);
        },
});

}  // namespace
}  // namespace synod::paxos
