// A run that comes to no end by its timing alone, as where rivals outbid each other, cannot be
// shrunk: it is as long as it is given time. But it can be found anew where all is small and still.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "scenarios/format/trace.h"
#include "scenarios/run/runner.h"

namespace synod {

/// No accident at all, every message as fast as the next, two clients that ask once, and time
/// enough for twenty round trips.
Trace still_scenario(const std::string& protocol, std::uint32_t node_count);

/// Told before each run. Returns false to look no further.
using OnLivelockSearch = std::function<bool(std::uint64_t runs, std::uint64_t runs_max)>;

/// The first such run, in two nodes or else in three, that breaks this property, while the correct
/// protocol does not with the same seed, and bears the same steps (`judge` in
/// tools/kept/regression.h). Nothing if there is none, or where a scenario was chosen: the user's
/// cluster is not for us to exchange.
std::optional<Trace> find_livelock(const RunChoices& choices, const std::string& property,
                                   const OnLivelockSearch& on_progress);

}  // namespace synod
