// Shrinking as the verbs do it: while a line shows how far it is, and until it is stopped.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/format/trace.h"
#include "scenarios/run/runner.h"
#include "scenarios/shrink/shrink_report.h"
#include "tools/long_work/progress_line.h"
#include "tools/long_work/stop.h"
#include "tools/shrink/livelock.h"

namespace synod {

/// In steps, some millions of which are taken in a second: for who waits for one trace, and for a
/// campaign that may have many.
inline constexpr std::uint64_t effort_when_asked = 8'000'000;
inline constexpr std::uint64_t effort_in_passing = 1'000'000;

/// What those who chose this run make of its trace: shrunk; or, where it cannot be because it goes
/// on for ever by its timing alone, found anew in a small cluster (tools/shrink/livelock.h), if
/// that is possible.
ShrinkReport shrink_or_find_anew(const RunChoices& choices, const Trace& trace,
                                 std::uint64_t effort, const OnShrink& on_progress,
                                 const OnLivelockSearch& on_search = {});
/// Where it is stopped before anything is gone, that is why it is the original.
ShrinkReport shrink_while_shown(const RunChoices& choices, const Trace& trace, std::uint64_t effort,
                                const Stop& stop, ProgressLine& line);

/// Of a trace of so many steps, when it was stopped before it could be tried.
ShrinkReport not_shrunk(std::uint64_t steps, std::string_view why);

/// "58, shrunk to 21"; how many there are where it was found anew; why not, where it stayed as it
/// was. `stop` is what it was shrunk until.
std::string shrunk_text(const ShrinkReport& report, const Stop& stop);

/// Its steps as `replay --log` tells them, and what came after them: repeats once, with their
/// number.
std::vector<std::string> story_of(Runner& runner, const Trace& trace);

}  // namespace synod
