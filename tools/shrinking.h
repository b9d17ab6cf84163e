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

/// What those who chose this run make of its trace: shrunk; or, where it cannot be because it goes
/// on for ever by its timing alone, found anew in a small cluster (tools/livelock.h), if that is
/// possible.
ShrinkReport shrink_or_find_anew(const RunChoices& choices, const Trace& trace,
                                 std::uint64_t effort, const OnShrink& on_progress);
ShrinkReport shrink_while_shown(const RunChoices& choices, const Trace& trace,
                                std::uint64_t effort);

/// "58, shrunk to 21"; how many there are where it was found anew; why not, where it stayed as it
/// was.
std::string shrunk_text(const ShrinkReport& report);

/// Its steps as `replay --log` tells them, a line each or some; none where they are too many to be
/// read. Where the run goes on after them, only the beginning of that.
std::vector<std::string> story_of(Runner& runner, const Trace& trace);

}  // namespace synod
