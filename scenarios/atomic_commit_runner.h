// Two-phase commit, three-phase commit and Paxos Commit as the runner takes them.
#pragma once

#include "scenarios/runner.h"

namespace synod {

ProtocolEntry two_phase_commit_entry();
ProtocolEntry three_phase_commit_entry();
ProtocolEntry paxos_commit_entry();

}  // namespace synod
