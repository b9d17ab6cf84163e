#include "scenarios/explain/against.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "scenarios/explain/given.h"
#include "scenarios/words/words.h"

namespace synod {
namespace {

std::string verdict_text(const OtherBuild& other, bool is_violated_here) {
  switch (other.verdict) {
    case Verdict::holds:
      return "The other build, going on from there, holds.";
    case Verdict::violated:
      return fmt::format("The other build, going on from there, violates {}{}.",
                         other.finding.empty() ? "something" : other.finding,
                         is_violated_here ? ", too" : "; this one does not");
    case Verdict::inconclusive:
      return "The other build, going on from there, comes to nothing that could be judged.";
  }
  return {};
}

std::string did_text(const std::vector<std::string>& phrases, bool is_alone) {
  return phrases.empty() ? (is_alone ? "did nothing" : "did no more")
                         : "went on to " + joined(phrases, "; ");
}

std::vector<Explanation::Sentence> told(const OtherBuild& other, const Chronicle& chronicle) {
  const UnlikeStep& unlike = *other.unlike;
  const Chronicle::Step& step = chronicle.steps[unlike.step];
  std::vector<Explanation::Sentence> sentences = {
      {fmt::format("At {}, {}.", step.at.ticks,
                   step.input.empty() ? step.text : input_text(chronicle, unlike.step)),
       {unlike.step}}};
  if (!unlike.is_taken) {
    sentences.push_back(
        {fmt::format("In the other build ({}) that does not happen: it does not apply there.",
                     other.name),
         {}});
    return sentences;
  }
  const std::string disk = state_before(chronicle, unlike.step, step.actor, "disk");
  const std::string memory = state_before(chronicle, unlike.step, step.actor, "memory");
  sentences.push_back(
      {fmt::format("Before it, {}'s disk held {}{}.", step.actor, disk.empty() ? "nothing" : disk,
                   memory.empty() ? "" : ", and its memory " + memory),
       {}});
  sentences.push_back(
      {fmt::format("In this build {} {}.", step.actor, did_text(unlike.here, unlike.there.empty())),
       {}});
  sentences.push_back({fmt::format("In the other build ({}) it {}.", other.name,
                                   did_text(unlike.there, unlike.here.empty())),
                       {}});
  if (unlike.memory_since) {
    sentences.push_back({fmt::format("Its memory was another from {} on: {}.",
                                     chronicle.steps[*unlike.memory_since].at.ticks, unlike.memory),
                         {}});
  }
  return sentences;
}

}  // namespace

void tell_against(const OtherBuild& other, const Chronicle& chronicle, Explanation& explanation) {
  if (!other.unlike) {
    explanation.difference = {{fmt::format("There is none: in all {} steps that apply the nodes of "
                                           "the other build ({}) said, wrote "
                                           "and learned the same.",
                                           chronicle.steps.size(), other.name),
                               {}}};
    return;
  }
  std::vector<Explanation::Sentence> sentences = told(other, chronicle);
  const bool is_violated_here = chronicle.verdict == Verdict::violated;
  sentences.push_back({verdict_text(other, is_violated_here), {}});
  const bool is_wrong = is_violated_here && other.verdict == Verdict::holds;
  (is_wrong ? explanation.wrong_step : explanation.difference) = std::move(sentences);
}

}  // namespace synod
