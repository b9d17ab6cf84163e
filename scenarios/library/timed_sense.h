// Whether the timed faults of a hand-written file can come about: a heal of what nobody cut, or a
// crash of a node that is down already, would be a fault that nobody sees.
#pragma once

#include "scenarios/format/trace.h"

namespace synod {

/// Throws InputError at the first that cannot. `list` is what the faults of the trace were read
/// from.
void expect_possible_timed_faults(const Located& list, const Trace& trace);

}  // namespace synod
