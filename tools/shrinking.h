// Shrinking as the verbs do it: while a line shows how far it is, and until Ctrl-C.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "scenarios/runner.h"
#include "scenarios/shrink_report.h"
#include "scenarios/trace.h"

namespace synod {

/// In steps, some millions of which are taken in a second: for who waits for one trace, and for a
/// campaign that may have many.
inline constexpr std::uint64_t effort_when_asked = 8'000'000;
inline constexpr std::uint64_t effort_in_passing = 1'000'000;

ShrinkReport shrink_while_shown(Runner& runner, const Trace& trace, std::uint64_t effort);

/// "58, shrunk to 21"; why not, where it stayed as it was.
std::string shrunk_text(const ShrinkReport& report);

/// Its steps as `replay --log` tells them, a line each or some; none where they are too many to be
/// read. Where the run goes on after them, only the beginning of that.
std::vector<std::string> story_of(Runner& runner, const Trace& trace);

}  // namespace synod
