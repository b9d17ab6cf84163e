#include "core/paxos/node.h"
#include "scenarios/mutants/mutant.h"

namespace synod::paxos {
namespace {

bool promise_again(const Durable& acceptor, Ballot ballot) { return ballot >= acceptor.promised; }

const RegisteredMutant<Protocol> mutant({
    .text = {.slug = "ct-prepare-equal",
             .about =
                 "\"If x < y, reply 'reject' … If x > y, reply 'agree'\", and for x = y agrees "
                 "again: with unique ballots it is a copy",
             .source = "Paxos in Plain English, prepare phase; Tencent/phxpaxos#34",
             .faults = "any",
             .property = "none",
             .cluster = "3 nodes, 2 ballots",
             .kind = MutantKind::control},
    .plant = [](Config& config) { config.rules.may_promise = &promise_again; },
});

}  // namespace
}  // namespace synod::paxos
