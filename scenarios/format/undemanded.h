// Why no progress was demanded of a run, where none was: its verdict is about safety alone, and
// says so.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "sim/world/configuration.h"

namespace synod {

enum class Undemanded : std::uint8_t {
  is_demanded,       ///< it was
  stays_broken,      ///< the run ends in a world that is broken
  too_few_up,        ///< those who are up at the end cannot decide, or nobody is up
  too_little_time,   ///< `progress` is less than what the rest of the configuration makes necessary
  out_of_steps,      ///< the run was cut short
  nobody_connected,  ///< cuts stay, and of nobody the protocol promises that it decides all the
                     ///< same
};

/// The name that machines read; the first one is a run of which it was demanded.
inline constexpr std::array<std::string_view, 6> undemanded_names = {
    "demanded",        "stays_broken", "too_few_up",
    "too_little_time", "out_of_steps", "nobody_connected"};

/// How many runs each holds of.
using UndemandedCounts = std::array<std::uint64_t, undemanded_names.size()>;

/// A clause, for runs of any configuration.
std::string_view to_text(Undemanded undemanded);
/// The same of one run, with its numbers.
std::string to_text(Undemanded undemanded, const Configuration& configuration);

}  // namespace synod
