// A planted bug found, shrunk and made a trace to keep: what `synod refresh` does for each.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/format/trace.h"
#include "tools/long_work/progress_line.h"
#include "tools/long_work/stop.h"

namespace synod {

struct KeptSearch {
  std::string protocol;
  std::vector<std::string> mutants;
  std::string property;  ///< that is to break; empty: whichever does
  std::uint64_t first_seed = 1;
  std::uint64_t budget = 100000;  ///< runs
  std::uint64_t effort = 0;       ///< of shrinking: see Runner::shrink
};

/// The first run that breaks it, shrunk or found anew (tools/shrink/shrinking.h), if the correct
/// protocol bears the same steps. Whichever steps are left violate what the run did. Nothing where
/// the budget or `stop` comes first.
std::optional<Trace> find_to_keep(const KeptSearch& search, const Stop& stop, ProgressLine& line);

}  // namespace synod
