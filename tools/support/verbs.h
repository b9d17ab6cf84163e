// The verbs of the command line, each in the file of its name. A verb says what can be typed behind
// it, prints to standard output, and returns the exit status.
#pragma once

#include "tools/support/arguments.h"

namespace synod {

extern const Verb fuzz_verb;
extern const Verb run_verb;
extern const Verb replay_verb;
extern const Verb shrink_verb;
extern const Verb whatif_verb;
extern const Verb view_verb;
extern const Verb explain_verb;
extern const Verb export_verb;
extern const Verb list_verb;
extern const Verb compare_verb;
extern const Verb hunt_verb;
extern const Verb shortest_verb;
extern const Verb texts_verb;
extern const Verb explore_verb;
extern const Verb keep_verb;
extern const Verb regress_verb;
extern const Verb refresh_verb;
extern const Verb bench_verb;
extern const Verb check_verb;

}  // namespace synod
