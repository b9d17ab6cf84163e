// What another build of the program made of the same steps, told beside what this one did.
#pragma once

#include <optional>
#include <string>

#include "scenarios/chronicle/chronicle.h"
#include "scenarios/chronicle/unlike.h"
#include "scenarios/explain/explanation.h"
#include "scenarios/format/verdict.h"

namespace synod {

struct OtherBuild {
  std::string name;  ///< "synod 3f2a6c1 (g++ 12.2.0)"
  std::optional<UnlikeStep> unlike;
  /// Of its run: these steps as far as they apply there, and then on, fair and free of new faults.
  Verdict verdict = Verdict::holds;
  std::string finding;  ///< with `violated`, "agreement"; may be empty
};

/// The first step that is unlike is the wrong one where the other build holds and this one does
/// not; else no more than a difference. Where nothing is unlike, that is said.
void tell_against(const OtherBuild& other, const Chronicle& chronicle, Explanation& explanation);

}  // namespace synod
