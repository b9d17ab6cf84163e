#include "scenarios/explain/explanation.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <numeric>

#include "scenarios/explain/evidence.h"
#include "scenarios/explain/given.h"
#include "scenarios/explain/story.h"
#include "scenarios/explain/words.h"
#include "scenarios/runner.h"

namespace synod {
namespace {

std::string headline(const Chronicle& chronicle) {
  if (!chronicle.finding) {
    return chronicle.verdict == Verdict::holds
               ? "Nothing is broken."
               : fmt::format("Nothing can be concluded: {}.", chronicle.inconclusive);
  }
  const std::string& property = chronicle.finding->property;
  for (const PropertyText& text : protocol_named(chronicle.protocol).properties) {
    if (text.name == property) {
      return fmt::format("{} is violated: {}.", property, text.about);
    }
  }
  return fmt::format("{} is violated.", property);
}

std::vector<StepIndex> all_steps(const Chronicle& chronicle) {
  std::vector<StepIndex> steps(chronicle.steps.size());
  std::iota(steps.begin(), steps.end(), 0U);
  return steps;
}

std::string_view spoken_name(std::string_view protocol) {
  return protocol == "paxos"                ? "Paxos"
         : protocol == "two_phase_commit"   ? "two-phase commit"
         : protocol == "three_phase_commit" ? "three-phase commit"
         : protocol == "paxos_commit"       ? "Paxos Commit"
                                            : protocol;
}

/// "send promise (…) to n3; write vote none". Timers only where nothing else differs.
std::string phrases_text(const std::vector<std::string>& phrases) {
  std::vector<std::string> told;
  std::copy_if(phrases.begin(), phrases.end(), std::back_inserter(told),
               [](const std::string& one) { return one.find("the timer") == std::string::npos; });
  return joined(told.empty() ? phrases : told, "; ");
}

std::string departure_text(const Chronicle& chronicle, StepIndex index) {
  const Chronicle::Step& step = chronicle.steps[index];
  const std::string when =
      fmt::format("At {}, given {}, {}", step.at.ticks, given_text(chronicle, index), step.actor);
  const std::string correct = fmt::format("Correct {}", spoken_name(chronicle.protocol));
  const std::string did = phrases_text(step.departure.did);
  const std::string due = phrases_text(step.departure.due);
  return did.empty()   ? fmt::format("{} left something out. {} would {}.", when, correct, due)
         : due.empty() ? fmt::format("{} chose to {}. {} would not.", when, did, correct)
                       : fmt::format("{} chose to {}. {} would {}.", when, did, correct, due);
}

/// The first of the node at which the violation came about; where that one did only what is right,
/// the first of any, which led it astray.
std::optional<Explanation::Sentence> wrong_step(const Chronicle& chronicle,
                                                const std::vector<StepIndex>& steps) {
  const std::string violator =
      chronicle.finding->step ? chronicle.steps[*chronicle.finding->step].actor : std::string();
  std::optional<StepIndex> first;
  std::optional<StepIndex> first_of_violator;
  for (const StepIndex index : steps) {
    if (chronicle.steps[index].departure.has_any()) {
      first = first.value_or(index);
      if (chronicle.steps[index].actor == violator) {
        first_of_violator = first_of_violator.value_or(index);
      }
    }
  }
  const std::optional<StepIndex> wrong = first_of_violator ? first_of_violator : first;
  return wrong ? std::optional<Explanation::Sentence>({departure_text(chronicle, *wrong), {*wrong}})
               : std::nullopt;
}

/// A long story is told by its beginning and its end.
void shorten(std::vector<Explanation::Sentence>& story) {
  constexpr std::size_t kept_first = 4;
  constexpr std::size_t kept_last = 11;
  if (story.size() <= kept_first + kept_last + 1) {
    return;
  }
  const std::size_t left_out = story.size() - kept_first - kept_last;
  const auto first = story.begin() + static_cast<std::ptrdiff_t>(kept_first);
  story.erase(first, first + static_cast<std::ptrdiff_t>(left_out));
  story.insert(story.begin() + static_cast<std::ptrdiff_t>(kept_first),
               {fmt::format("({} more such sentences are left out.)", left_out), {}});
}

}  // namespace

Explanation explain(const Chronicle& chronicle) {
  const Ballots ballots(chronicle);
  Explanation explanation;
  explanation.headline = headline(chronicle);
  explanation.steps = all_steps(chronicle);
  if (chronicle.finding) {
    Evidence evidence = evidence_of(chronicle, ballots);
    if (chronicle.finding->step) {
      evidence.steps.push_back(*chronicle.finding->step);
      explanation.steps = causal_past(chronicle, evidence.steps);
    }
    explanation.contradiction = std::move(evidence.sentences);
    explanation.rule = std::move(evidence.rule);
    explanation.wrong_step = wrong_step(chronicle, explanation.steps);
  }
  explanation.story = tell_story(Told(chronicle, explanation.steps), ballots);
  shorten(explanation.story);
  return explanation;
}

}  // namespace synod
