#include "core/paxos_commit/context.h"

namespace synod::paxos_commit {

Durable to_store(const Config& config, const Durable& state) {
  Durable stored = config.rules.to_store(state);
  for (const NodeId participant : config.transaction.participants) {
    paxos::Durable& instance = stored.instances[participant.index];
    instance = config.paxos_rules.to_store(instance);
  }
  return stored;
}

Durable recovered(const Config& config, const Durable& stored) {
  Durable state = config.rules.recovered(stored);
  for (const NodeId participant : config.transaction.participants) {
    paxos::Durable& instance = state.instances[participant.index];
    instance = config.paxos_rules.recovered(instance);
  }
  return state;
}

}  // namespace synod::paxos_commit
