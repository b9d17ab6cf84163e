// Faults that a file asks for and that cannot come, because another field, or the protocol, makes
// them impossible. A run without them would hold for no reason, so the file is refused, and both
// are named.
//
// What `validate` accepts and a file is refused for stands in the files of the faults, under
// `refuse` (sim/faults/fault.h). Besides:
//
//   any fault                       with operations 0: the run is over before it begins
//   cut_shapes with "ring"          with node_count 3 or less: everybody is a neighbour
//   …_interval                      above chaos: the first would come when all is over
//
// Only what the file says counts: a swarm may draw the other field so that it goes.
#pragma once

#include <string>
#include <vector>

#include "scenarios/format/trace.h"

namespace synod {

/// Throws InputError at the field that asks. `fields` is the configuration of the trace, which is
/// valid.
void expect_possible_faults(const Located& fields, const Trace& trace);

/// What is to be said of a hand-written file before it is run: fields that have no effect though
/// they ask for no fault of their own (how long crashes last where none comes), and faults that the
/// configuration asks for and the steps show none of. One line each, without end of line.
std::vector<std::string> warnings_about(const Trace& trace);

/// The faults that a hand-written file asks for and that did not happen. One line; empty where all
/// did.
std::string faults_not_shown(const Trace& trace, const FaultCounts& counts);

}  // namespace synod
