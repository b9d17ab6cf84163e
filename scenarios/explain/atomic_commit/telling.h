// The words of the atomic-commit protocols for their runs: votes, decisions; of Paxos Commit, the
// ballots of its instances as well.
#pragma once

#include <string>

#include "scenarios/chronicle/chronicle.h"
#include "scenarios/explain/evidence.h"
#include "scenarios/explain/story.h"

namespace synod {

std::string setting_of_commit(const Chronicle& chronicle);
std::string setting_of_paxos_commit(const Chronicle& chronicle);
Sentences tell_commit(const Told& told);
Sentences tell_paxos_commit(const Told& told);
void add_commit_evidence(const Chronicle& chronicle, Evidence& evidence);

/// Votes and decisions.
Sentences tell_votes(const Told& told);

}  // namespace synod
