// Before a story: who takes part in the run, and what counts in it.
#pragma once

#include <string>

#include "scenarios/chronicle.h"
#include "scenarios/explain/ballots.h"

namespace synod {

/// "3 nodes; any 2 of them are a quorum. …": what a reader need not know the protocol by heart for.
std::string setting_text(const Chronicle& chronicle, const Ballots& ballots);

}  // namespace synod
