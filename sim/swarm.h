// Swarm testing: the seed draws the configuration too, so that each run has its own mix of few
// faults, some at high rates, most not at all (Groce et al., "Swarm testing", ISSTA 2012). Many
// faults at once mostly keep anything from happening.
#pragma once

#include "sim/configuration.h"
#include "sim/luck.h"

namespace synod {

Configuration draw_configuration(const Luck& luck);

/// The same for every run: each kind of fault has one middling rate, and none depends on another.
/// A plain way to look for bugs, which drawn configurations are measured against.
Configuration uniform_configuration();

}  // namespace synod
