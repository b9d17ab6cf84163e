// A run in plain English, from the trace alone: which step did what the protocol forbids; what
// happened, in a few sentences; what contradicts what, with the evidence; the rule that a correct
// protocol keeps, with its source.
//
// Every sentence names the steps that it tells, by their index in the chronicle.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/chronicle/chronicle.h"

namespace synod {

struct Explanation {
  struct Sentence {
    std::string text;
    std::vector<Chronicle::StepIndex> steps;  ///< rising; may be empty
  };
  /// What a correct protocol keeps.
  struct Rule {
    std::string text;
    std::string source;  ///< paper and section
    std::string code;    ///< the names of its functions; may be empty
    std::string file;    ///< with `code`: where they are, "core/paxos/rules.h"
  };

  std::string headline;  ///< "agreement is violated: no two values are ever chosen"
  std::string setting;   ///< who takes part, how many are a quorum, which ballot is above which
  /// With planted bugs: the first step at which a correct node, in the same state, would have
  /// answered the same input otherwise; one of the violating node, if it has one. What it was
  /// given, what it asked its rules, what they answered, what came of it; the first sentence has
  /// the step. Where only a duration or the world is at fault, one sentence that says so. Else
  /// empty.
  std::vector<Sentence> wrong_step;
  /// Against another build (against.h): the first step that it takes otherwise, where that is not
  /// the wrong one; else empty.
  std::vector<Sentence> difference;
  std::string blamed;           ///< what it is counted by (Chronicle::FirstDifference); not in JSON
  std::vector<Sentence> story;  ///< in the order of events
  std::vector<Sentence> contradiction;  ///< empty when nothing is broken
  /// With a contradiction: the one that the wrong step broke; without such a step, the one that the
  /// violation shows most directly to be broken.
  std::optional<Rule> rule;
  /// Those that the violation causally follows from, and the evidence; all, where it was judged at
  /// the end or there is none.
  std::vector<Chronicle::StepIndex> steps;
};

/// From the step `bound_from` on, the violation was nearly bound to come
/// (scenarios/what_if/what_if.h); none where nobody has looked for that.
Explanation explain(const Chronicle& chronicle,
                    std::optional<Chronicle::StepIndex> bound_from = std::nullopt);

/// One after the other.
std::string in_a_row(const std::vector<Explanation::Sentence>& sentences);

/// Which of the steps that led to it are told.
enum class StepsTold {
  briefly,  ///< repeats once, with their number (scenarios/words/brief_log.h)
  all
};
/// For a terminal: lines of at most 100 columns, but for the steps.
std::string plain_text(const Explanation& explanation, const Chronicle& chronicle,
                       StepsTold steps_told = StepsTold::briefly);
/// For an issue or a pull request.
std::string markdown_text(const Explanation& explanation, const Chronicle& chronicle,
                          StepsTold steps_told = StepsTold::briefly);
/// The same names and nesting as the struct. What is not there is left away: a sentence's steps,
/// `wrong_step`, `rule`, its `code` and `file`.
nlohmann::ordered_json to_json(const Explanation& explanation);
/// That, over several lines.
std::string json_text(const Explanation& explanation);

}  // namespace synod
