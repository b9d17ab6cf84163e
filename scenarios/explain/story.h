// What happened, in sentences. Each narrator tells those of the given steps that its protocol has
// words for; what they tell comes in the order of events.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/chronicle/chronicle.h"
#include "scenarios/explain/explanation.h"

namespace synod {

using StepIndex = Chronicle::StepIndex;

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
void add_sentences(Sentences& sentences, Sentences&& more);

/// What protocols differ in, of what they all have.
struct EventWords {
  /// That something is learned in this step; where it is empty, always.
  std::function<bool(const Chronicle::Step& step)> tells_learning;
  bool tells_answers = true;
  /// One sentence for all that learn, or are told, the same: at the first.
  bool tells_alike_together = true;
  /// What else there is to tell of a step, a whole sentence; empty: nothing.
  std::function<std::string(const Chronicle::Step& step, StepIndex index)> more;
};
/// Crashes, cuts, doubled messages, what nodes learn and clients are told.
Sentences tell_events(const Told& told, const EventWords& words);

/// Of a protocol without a story of its own: what each node was given, what it sent, what came to
/// be on its disk, and the events.
Sentences tell_plainly(const Told& told);

/// What became of a message and the copies of it that the network made.
struct Fate {
  std::optional<StepIndex> arrived_in;  ///< the first of them to arrive
  std::optional<StepIndex> lost_in;     ///< none arrived, and this step dropped the last
};
/// Of each message by its index; of a copy, that of the original.
std::vector<Fate> fates_of(const Chronicle& chronicle);

/// A message that did not arrive.
struct Lost {
  std::string to;
  StepIndex step = 0;  ///< when it was dropped
};
/// What became of messages that did not arrive: "the prepare to n2 was lost; n3 was down". Adds
/// nothing when there are none.
void add_lost(const Told& told, std::string_view what, const std::vector<Lost>& lost,
              std::vector<std::string>& clauses);

/// "" when the message has no such field.
std::string field_of(const Chronicle::Message& message, std::string_view name);

/// In the order of events: nodes that came back, and what the protocol has words for; for one that
/// has none, `tell_plainly`.
Sentences tell_story(const Told& told);

}  // namespace synod
