// All that a program with a protocol of its own needs: what a protocol is made of, how it is set
// up, and how it and the bugs planted in it make themselves known. For guests, synod/testbed.h.
#pragma once

#include "core/effects.h"
#include "core/ids.h"
#include "core/value.h"
#include "properties/finding.h"
#include "properties/progress.h"
#include "scenarios/library.h"
#include "scenarios/mutants/mutant.h"
#include "scenarios/planted.h"
#include "scenarios/protocol_runner.h"
#include "scenarios/runner.h"
#include "scenarios/step_names.h"
#include "sim/configuration.h"
#include "sim/protocol.h"
#include "tools/program.h"
