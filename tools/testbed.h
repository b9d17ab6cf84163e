// All that a program with a protocol of its own needs: what a protocol is made of, how it is set
// up, and how it and the bugs planted in it make themselves known. For guests, synod/testbed.h.
#pragma once

#include "core/content_text.h"
#include "core/effects.h"
#include "core/ids.h"
#include "core/value.h"
#include "properties/any/linearizable.h"
#include "properties/finding.h"
#include "properties/progress.h"
#include "scenarios/library.h"
#include "scenarios/mutants/mutant.h"
#include "scenarios/planted.h"
#include "scenarios/protocol_runner.h"
#include "scenarios/registered_protocol.h"
#include "scenarios/runner.h"
#include "scenarios/step_names.h"
#include "scenarios/testbed_of.h"
#include "scenarios/usual_clients.h"
#include "sim/configuration.h"
#include "sim/protocol.h"
#include "tools/program.h"
