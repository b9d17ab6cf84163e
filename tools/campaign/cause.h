// Why runs went wrong, as far as a shrunk trace tells: findings of one cause are one finding.
#pragma once

#include <string>

#include "scenarios/chronicle/chronicle.h"
#include "scenarios/explain/explanation.h"

namespace synod {

struct Cause {
  std::string property;
  std::string blamed;  ///< Explanation::blamed
  /// Where nothing is to blame, the sorts of things that happen in the trace: not how often, in
  /// which order or to whom.
  std::string shape;
  bool operator==(const Cause&) const = default;
};

/// The chronicle has a finding.
Cause cause_of(const Chronicle& chronicle, const Explanation& explanation);

}  // namespace synod
