// Paxos as the runner takes it.
#pragma once

#include "scenarios/runner.h"

namespace synod {

ProtocolEntry paxos_entry();

}  // namespace synod
