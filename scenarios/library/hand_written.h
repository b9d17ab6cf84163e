// What is asked of a file that somebody wrote by hand, besides that it can be read: that it says
// nothing without a meaning. A misspelt timer would be a step that does not apply, a crash that
// cannot come a fault that nobody sees, and either a scenario that holds for no reason.
//
// A trace that the program recorded or kept names its `build`, or the names that its protocol had
// (`known`). The protocol may have been edited since, and what was drawn may hold a fault that it
// makes impossible: both are taken as they are.
#pragma once

#include "scenarios/format/trace.h"

namespace synod {

/// Throws InputError, located in the file, where a hand-written step names a message, a field or a
/// timer that the protocol of the trace does not have, or where the configuration asks for a fault
/// that cannot come (scenarios/library/asked_faults.h, timed_sense.h). `root` is what the trace was
/// read from.
void expect_sense(const Located& root, const Trace& trace);

}  // namespace synod
