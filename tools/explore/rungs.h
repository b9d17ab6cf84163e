// The rungs of a protocol's ladder (scenarios/explore/ladder.h), for verbs that search them all.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scenarios/explore/ladder.h"

namespace synod {

/// From the smallest on: the protocol's own, or the usual one. `breaks` is a property.
std::vector<Rung> ladder_of(std::string_view protocol, std::string_view breaks);

/// As they are typed behind `synod explore --mutant SLUG`, a mutant of this protocol.
std::string arguments_of(const Rung& rung, std::string_view protocol);

}  // namespace synod
