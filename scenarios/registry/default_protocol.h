// The protocol that is meant where nobody names one.
#pragma once

#include <string>

namespace synod {

/// The first of `protocols()` (scenarios/run/runner.h); empty in a program that has none.
std::string default_protocol();

}  // namespace synod
