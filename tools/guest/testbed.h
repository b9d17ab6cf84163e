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
#include "scenarios/format/step_names.h"
#include "scenarios/library/library.h"
#include "scenarios/mutants/mutant.h"
#include "scenarios/play/planted.h"
#include "scenarios/play/usual_clients.h"
#include "scenarios/run/protocol_runner.h"
#include "scenarios/run/registered_protocol.h"
#include "scenarios/run/runner.h"
#include "scenarios/run/testbed_of.h"
#include "sim/protocol.h"
#include "sim/world/configuration.h"
#include "tools/program.h"
