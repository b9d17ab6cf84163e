#include <array>
#include <string_view>

#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

constexpr std::array<std::string_view, 1> gives_up = {
    "ballots_rise",  // its ballots start over with each restart
};

Ballot next_of_what_was_heard(const Durable& /*node*/, Ballot highest_heard, NodeId self) {
  return {highest_heard.round + 1, self};
}

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "ct-volatile-round",
             .about =
                 "a restarted proposer begins its ballots anew, but each acceptor promises one "
                 "only once, and no message is doubled",
             .source = "Tencent/phxpaxos#145, the strict form",
             .faults = "any but duplicates",
             .property = "none",
             .cluster = "3 nodes, 2 ballots",
             .kind = MutantKind::control,
             .gives_up = gives_up},
    .plant = [](Config& config) { config.rules.next_ballot = &next_of_what_was_heard; },
    .set_up =
        [](Configuration& configuration) {
          // Majorities are what it is about, and what its safety rests on.
          reset_options_that_follow_nodes(configuration);
          // A promise that is doubled could count for two lives of its proposer.
          configuration.duplicate = {};
        },
});

}  // namespace
}  // namespace synod::paxos
