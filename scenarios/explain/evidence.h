// What contradicts what: the finding of a property, with what proves it and what explains it.
#pragma once

#include <string>
#include <vector>

#include "scenarios/chronicle/chronicle.h"
#include "scenarios/explain/explanation.h"

namespace synod {

struct Evidence {
  std::vector<Explanation::Sentence> sentences;
  Explanation::Rule rule;
  /// Steps beside the violating one that prove it: votes, decisions.
  std::vector<Chronicle::StepIndex> steps;
};

/// The chronicle has a finding.
Evidence evidence_of(const Chronicle& chronicle);

}  // namespace synod
