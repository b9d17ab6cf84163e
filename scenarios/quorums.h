// The quorums of a configuration: which sizes there are for it, and what is to be said of them.
#pragma once

#include <string>
#include <vector>

#include "sim/configuration.h"

namespace synod {

/// As everybody expects who reads of a run.
bool has_majorities(const Configuration& configuration);
Configuration with_majorities(const Configuration& configuration);
bool do_quorums_meet(const Configuration& configuration);

/// The same nodes with any quorums that meet and are no larger than that takes; none for quorums
/// that can miss each other.
std::vector<Configuration> with_other_quorums(const Configuration& configuration);

/// A sentence about quorums that are not majorities; empty where they are.
std::string quorums_text(const Configuration& configuration);

}  // namespace synod
