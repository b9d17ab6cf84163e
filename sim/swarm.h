// Swarm testing: the seed draws the configuration too, so that each run has its own mix of few
// faults, some at high rates, most not at all (Groce et al., "Swarm testing", ISSTA 2012). Many
// faults at once mostly keep anything from happening.
#pragma once

#include "sim/configuration.h"
#include "sim/luck.h"

namespace synod {

Configuration draw_configuration(const Luck& luck);

}  // namespace synod
