#include "tools/shrink/kept_failure.h"

#include <utility>

#include "tools/shrink/shrinking.h"
#include "tools/support/build_identity.h"

namespace synod {

KeptFailure::KeptFailure(Runner& runner, RunChoices choices, Trace found, bool has_observations)
    : runner_(runner),
      choices_(std::move(choices)),
      found_(std::move(found)),
      has_observations_(has_observations),
      shrunk_(not_shrunk(found_.steps.size(), "nobody has tried")) {
  shrunk_.trace = found_;
}

void KeptFailure::shrink(std::uint64_t effort, const Stop& stop, ProgressLine& line) {
  shrunk_ = shrink_while_shown(choices_, found_, effort, stop, line);
}

void KeptFailure::shrink(std::uint64_t effort) {
  shrunk_ = shrink_or_find_anew(
      choices_, found_, effort, [](const ShrinkProgress& /*progress*/) { return true; },
      [](std::uint64_t /*runs*/, std::uint64_t /*runs_max*/) { return true; });
}

std::vector<std::string> KeptFailure::story() const { return story_of(runner_, shrunk_.trace); }

bool KeptFailure::try_write(const std::string& path, WrittenFiles& files) const {
  return files.try_write(path, text());
}

bool KeptFailure::try_write_found(const std::string& path, WrittenFiles& files) const {
  return files.try_write(path, text_of(found_));
}

std::string KeptFailure::text_of(Trace trace) const {
  trace.build = build_identity();
  if (has_observations_) {
    runner_.observe(trace);
  }
  return format_trace(trace);
}

}  // namespace synod
