// What happened, in sentences. Each narrator tells those of the given steps that its protocol has
// words for; what they tell comes in the order of events.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scenarios/chronicle.h"
#include "scenarios/explain/ballots.h"
#include "scenarios/explain/explanation.h"

namespace synod {

/// The steps that are to be told.
class Told {
 public:
  Told(const Chronicle& chronicle, const std::vector<StepIndex>& steps);
  [[nodiscard]] bool contains(std::optional<StepIndex> step) const {
    return step && is_told_[*step];
  }
  [[nodiscard]] const Chronicle& chronicle() const { return chronicle_; }

 private:
  const Chronicle& chronicle_;
  std::vector<bool> is_told_;
};

/// A sentence, and where it belongs among the others: at its first step.
using Sentences = std::vector<Explanation::Sentence>;

/// Ballots: Paxos, and Paxos Commit in each instance.
Sentences tell_ballots(const Told& told, const Ballots& ballots);
/// Votes and decisions: the atomic-commit protocols.
Sentences tell_commit(const Told& told);
/// What any protocol has: crashes, cuts, what nodes learn and clients are told.
Sentences tell_events(const Told& told);

/// All that fit the protocol, in order.
Sentences tell_story(const Told& told, const Ballots& ballots);

}  // namespace synod
