#include "tools/campaign/cause.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

namespace synod {

Cause cause_of(const Chronicle& chronicle, const Explanation& explanation) {
  Cause cause{chronicle.finding->property, explanation.blamed, {}};
  if (!cause.blamed.empty()) {
    return cause;
  }
  std::set<std::string> sorts;
  for (const Chronicle::StepIndex index : explanation.steps) {
    const Chronicle::Step& step = chronicle.steps[index];
    sorts.insert(step.input.empty() ? std::string(step.kind)
                                    : fmt::format("{} {}", step.kind, step.input));
  }
  cause.shape = fmt::format("{}", fmt::join(sorts, ", "));
  return cause;
}

}  // namespace synod
