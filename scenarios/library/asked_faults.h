// Faults that a file asks for and that cannot come, because another field, or the protocol, makes
// them impossible. A run without them would hold for no reason, so the file is refused, and both
// are named.
//
// That is the whole list of what `validate` accepts and a file is refused for:
//
//   any fault                       with operations 0: the run is over before it begins
//   hold_interval, cut_interval,    with node_count 1: there is no other node
//     duplicate, slow_kinds
//   cut_shapes with "ring"          with node_count 3 or less: everybody is a neighbour
//   crash_interval, crash_at_write  with crashed_max 0: no node may be down
//   crash_mid_effects,              with no crash_interval and no crash_at_write: no node crashes
//     crash_keeps_writes, crash_forever
//   cut_forever, pause_shuffles     with no cut_interval, no pause_interval
//   skew_interval                   with true rates and no jump: a clock that stays right
//   tail, slow_links, slow_kinds    with a tail_delay that is within delay: like any other message
//   slow_write                      with a slow_disk that is within disk: like any other write
//   fail_write                      of a protocol whose nodes are not told of their writes
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
