// Where the shortest counterexamples of planted bugs are looked for: a ladder of small clusters,
// each searched within a few bounds. A protocol that knows better than `usual_ladder` where its
// bugs show brings its own (ProtocolEntry::ladder).
#pragma once

#include <cstdint>
#include <vector>

#include "scenarios/explore/bounds.h"
#include "sim/world/configuration.h"

namespace synod {

/// One cluster and what may happen in it.
struct Rung {
  Configuration configuration;
  ExploreBounds bounds;
};

/// Of so many, and of the usual kind otherwise.
Configuration cluster_of(std::uint32_t nodes, std::uint32_t clients);

/// For any protocol: more nodes, then more clients, then a crash, a time-out, a doubled message,
/// each where it makes a counterexample and not all at once, because every one multiplies the
/// states.
std::vector<Rung> usual_ladder();

}  // namespace synod
