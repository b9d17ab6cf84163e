// A trace that can be replayed, and the runner that replays it.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "scenarios/format/trace.h"
#include "scenarios/run/runner.h"

namespace synod {

struct Replayable {
  Trace trace;
  std::unique_ptr<Runner> runner;
  std::vector<std::string> left_out;  ///< planted bugs that the file names
};

/// With `is_correct`, without the planted bugs that the trace names. Throws InputError, naming the
/// file: for one that cannot be read, has no steps, or names what does not exist here.
Replayable read_replayable(const std::string& file, bool is_correct = false);

}  // namespace synod
