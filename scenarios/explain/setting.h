// Before a story: who takes part in the run, and what counts in it.
#pragma once

#include <string>

#include "scenarios/chronicle/chronicle.h"

namespace synod {

/// In the protocol's words (Telling::setting); without them, "3 nodes and 2 clients.".
std::string setting_text(const Chronicle& chronicle);

}  // namespace synod
