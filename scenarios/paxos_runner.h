// Paxos as the runner takes it.
#pragma once

#include <memory>
#include <span>

#include "scenarios/runner.h"

namespace synod {

std::unique_ptr<Runner> make_paxos_runner(const RunChoices& choices);
std::span<const NamedText> paxos_probe_texts();
std::span<const PropertyText> paxos_property_texts();

}  // namespace synod
