// What the chronicle of an atomic-commit run says of votes and decisions.
#pragma once

#include <string>
#include <vector>

#include "scenarios/chronicle/chronicle.h"
#include "scenarios/explain/story.h"

namespace synod {

/// A node's first step with this decision: on its disk, said, or learned.
struct NodeDecision {
  std::string node;
  std::string decision;  ///< "commit" or "abort"
  StepIndex step = 0;
  StepIndex given_in = 0;  ///< the step whose input made it decide
};
std::vector<NodeDecision> decisions_of(const Chronicle& chronicle);

struct VotesCast {
  std::vector<std::string> yes;
  std::vector<std::string> no;
  std::vector<StepIndex> steps;
  /// Who had one on its disk by then that had not left.
  std::vector<std::string> unsent_yes;
  std::vector<std::string> unsent_no;
};
/// Spoken, or written, up to this step.
VotesCast votes_of(const Chronicle& chronicle, StepIndex until);

}  // namespace synod
