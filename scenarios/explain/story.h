// What happened, in sentences. Each narrator tells those of the given steps that its protocol has
// words for; what they tell comes in the order of events.
#pragma once

#include <map>
#include <optional>
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
  /// While the step was taken.
  [[nodiscard]] bool was_down(const std::string& node, StepIndex step) const;

 private:
  const Chronicle& chronicle_;
  std::vector<bool> is_told_;
  std::map<std::string, std::vector<StepIndex>> crashes_and_restarts_;  ///< in turn
};

/// A sentence, and where it belongs among the others: at its first step.
using Sentences = std::vector<Explanation::Sentence>;

/// Ballots: Paxos, and Paxos Commit in each instance.
Sentences tell_ballots(const Told& told, const Ballots& ballots);
/// Votes and decisions: the atomic-commit protocols.
Sentences tell_commit(const Told& told);
Sentences tell_restarts(const Told& told);
/// What else any protocol has: crashes, cuts, doubled messages, what nodes learn and clients are
/// told; and requests that opened no ballot.
Sentences tell_events(const Told& told, const Ballots& ballots);
/// What became of messages that did not arrive: "the prepare to n2 was lost; n3 was down". Adds
/// nothing when there are none.
void add_lost(const Told& told, std::string_view what, const std::vector<Lost>& lost,
              std::vector<std::string>& clauses);
/// "c1 asked n1 to get red chosen"
std::string request_text(const Chronicle::Message& request);

/// All that fit the protocol, in order.
Sentences tell_story(const Told& told, const Ballots& ballots);

}  // namespace synod
