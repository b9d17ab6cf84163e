// The words of Paxos for its runs; those for its ballots are Paxos Commit's, too.
#pragma once

#include <string>
#include <string_view>

#include "scenarios/chronicle/chronicle.h"
#include "scenarios/explain/evidence.h"
#include "scenarios/explain/paxos/ballots.h"
#include "scenarios/explain/story.h"

namespace synod {

std::string setting_of_paxos(const Chronicle& chronicle);
Sentences tell_paxos(const Told& told);
void add_paxos_evidence(const Chronicle& chronicle, Evidence& evidence);

/// "Ballots are ordered by number, then by proposer: …", by names that there are in the run, with a
/// value that is voted for.
std::string notation_text(const Chronicle& chronicle, std::string_view value);
/// "; a quorum is any 2 of them."
std::string majority_text(const Ballots& ballots);
/// "c1 asked n1 to get red chosen"
std::string request_text(const Chronicle::Message& request);
/// In each instance, where there are several.
Sentences tell_ballots(const Told& told, const Ballots& ballots);

}  // namespace synod
