#include "tools/support/replayable.h"

#include <fmt/format.h>

#include <utility>

#include "scenarios/words/input_error.h"
#include "tools/support/program_name.h"

namespace synod {
namespace {

/// What the file names may not exist here, so a complaint says which file it was.
std::unique_ptr<Runner> runner_for(const std::string& file, const Trace& trace) {
  try {
    return make_runner(choices_of(trace));
  } catch (const InputError& error) {
    throw InputError(fmt::format("{}: {}", file, error.what()));
  }
}

}  // namespace

Replayable read_replayable(const std::string& file, bool is_correct) {
  Trace trace = read_trace(file);
  if (!trace.has_steps) {
    throw InputError(fmt::format(
        "{}: has no steps to replay: run it with seeds, as in \"{} fuzz --scenario {}\"", file,
        program_name(), file));
  }
  std::vector<std::string> left_out;
  if (is_correct) {
    left_out = std::exchange(trace.mutants, {});
  }
  auto runner = runner_for(file, trace);
  return {std::move(trace), std::move(runner), std::move(left_out)};
}

}  // namespace synod
