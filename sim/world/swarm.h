// Swarm testing: the seed draws the configuration too, so that each run has its own mix of faults
// (Groce et al., "Swarm testing", ISSTA 2012). Three of eight runs draw each kind by itself, some
// at high rates and for long, and have orders that a whole run keeps: links and kinds of message
// that are slow throughout, links held back and let go. A few such rules reach what independent
// delays of single messages hardly do (compare Burckhardt et al., "A randomized scheduler with
// probabilistic guarantees of finding bugs", ASPLOS 2010). The others are storms: small clusters
// and nearly every kind of fault, at lower rates and soon over, for the bugs that need several at
// once. Where operations have a share of reads, one of 16 runs is a rush instead: many clients ask
// at once, mostly reads, and nothing goes wrong but that some messages are late, not too late for
// who waits. What takes many requests meets too few where faults stand in their way.
//
// Rates were chosen by measuring: the number of runs until a bug is found has a minimum between too
// few faults and so many that nothing gets done.
#pragma once

#include <functional>

#include "sim/luck.h"
#include "sim/world/configuration.h"

namespace synod {

/// Is the run of this seed a rush, where there are any? For what a protocol's own options are then.
bool is_rush(const Luck& luck);

/// Sets what is not to be drawn.
using FixFields = std::function<void(Configuration&)>;

/// With the options of a protocol, drawn last. `fix` is asked after each part, so that what is
/// drawn from what it has fixed fits it: in a world of long delays clients are patient, and faults
/// last long.
Configuration draw_configuration(const Luck& luck, const DeclaredOptions* options = nullptr,
                                 const FixFields& fix = {});

/// The same for every run, but for options that the protocol draws all the same: each kind of fault
/// has one middling rate, and none depends on another. A plain way to look for bugs, which drawn
/// configurations are measured against.
Configuration uniform_configuration(const DeclaredOptions* options = nullptr,
                                    const Luck& luck = Luck(0), const FixFields& fix = {});

}  // namespace synod
