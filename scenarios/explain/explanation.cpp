#include "scenarios/explain/explanation.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <numeric>

#include "scenarios/chronicle/rule_texts.h"
#include "scenarios/explain/evidence.h"
#include "scenarios/explain/given.h"
#include "scenarios/explain/kept_rules.h"
#include "scenarios/explain/setting.h"
#include "scenarios/explain/story.h"
#include "scenarios/run/runner.h"
#include "scenarios/words/repeats.h"
#include "scenarios/words/words.h"
#include "scenarios/words/wrapped.h"

namespace synod {
namespace {

std::string headline(const Chronicle& chronicle) {
  if (!chronicle.finding && chronicle.verdict != Verdict::holds) {
    return fmt::format("Nothing can be concluded: {}.", chronicle.inconclusive);
  }
  if (!chronicle.finding) {
    const std::size_t skipped = chronicle.skipped.size();
    return skipped == 0
               ? "Nothing is broken."
               : fmt::format("Nothing is broken, but {} of the trace's steps no longer {}.",
                             skipped, skipped == 1 ? "applies" : "apply");
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

/// "send promise (…) to n3; write vote none". Timers only where nothing else differs.
std::string phrases_text(const std::vector<std::string>& phrases) {
  std::vector<std::string> told;
  std::copy_if(phrases.begin(), phrases.end(), std::back_inserter(told),
               [](const std::string& one) { return one.find("the timer") == std::string::npos; });
  return joined(told.empty() ? phrases : told, "; ");
}

/// "may_accept" of "paxos.may_accept".
std::string rule_alone(const std::string& rule) {
  const bool is_setting = rule.find(' ') != std::string::npos;
  return is_setting ? rule : rule.substr(rule.find('.') + 1);
}

/// Where several things are planted: which of them it took.
std::string put_right_text(const Chronicle& chronicle) {
  std::vector<std::string> planted;
  std::vector<std::string> holding;
  for (const Chronicle::PutRight& tried : chronicle.put_right) {
    planted.push_back(rule_alone(tried.rule));
    if (tried.holds) {
      holding.push_back(planted.back());
    }
  }
  const std::string begin = fmt::format("Of what is planted ({}), ", joined(planted, "; "));
  return holding.empty() ? begin +
                               "no one thing is to blame: with any of it alone put right, these "
                               "steps still violate something."
         : holding.size() == 1
             ? begin + fmt::format(
                           "{} is to blame: with it alone put right, these steps violate "
                           "nothing.",
                           holding.front())
             : begin + fmt::format(
                           "{} are to blame together: with {} of them alone put right, "
                           "these steps violate nothing.",
                           listed(holding), holding.size() == 2 ? "either" : "any");
}

/// What it went on to do, and what the correct protocol does; empty where that says no more than
/// the answers do. `right` is who does as one should: "Paxos".
std::string outcome_text(const Chronicle::FirstDifference& difference, std::string_view right,
                         std::string_view node) {
  const std::string did = phrases_text(difference.did);
  const std::string due = phrases_text(difference.due);
  const bool is_memory = (did + due).starts_with("remember ");
  return is_memory && difference.answer ? ""
         : did.empty() ? fmt::format("So {} did not {}, as {} would.", node, due, right)
         : due.empty() ? fmt::format("So {} went on to {}; {} would not.", node, did, right)
                       : fmt::format("So {} went on to {}; {} would {}.", node, did, right, due);
}

std::vector<Explanation::Sentence> difference_told(const Chronicle& chronicle, StepIndex index) {
  const Chronicle::Step& step = chronicle.steps[index];
  const Chronicle::FirstDifference& difference = *step.difference;
  const std::string_view protocol = spoken_name(chronicle.protocol);
  const std::string settings = listed(difference.settings);
  const bool has_culprit = culprit_of(chronicle.put_right) != nullptr;
  if (!difference.answer && !settings.empty()) {
    // Which timer was set first to another duration says less than what that duration is.
    const std::string rules =
        has_culprit ? std::string()
                    : fmt::format(": every rule returns what it returns in {}", protocol);
    return {{fmt::format("No one step{}. But from {} on, {}.", rules, step.at.ticks, settings),
             {index}}};
  }
  std::vector<Explanation::Sentence> sentences = {
      {fmt::format("At {}, {}.", step.at.ticks, input_text(chronicle, index)), {index}}};
  if (const auto& answer = difference.answer) {
    sentences.push_back({fmt::format("{}: {}", answer->rule, uncapitalized(answer->question)), {}});
    sentences.push_back({fmt::format("It returned {}{}; in {} it returns {}.", answer->did,
                                     settings.empty() ? "" : fmt::format(" ({})", settings),
                                     spoken_name(answer->protocol), answer->due),
                         {}});
  }
  // What the correct protocol would do was not asked where all is as wrong as it was but one rule.
  const std::string_view right = has_culprit ? "with that put right it" : protocol;
  if (std::string outcome = outcome_text(difference, right, step.actor); !outcome.empty()) {
    sentences.push_back({std::move(outcome), {}});
  }
  return sentences;
}

/// The world is at fault; how, stands at the end of the finding. Only with planted bugs is a node
/// compared with the correct protocol's.
std::string no_wrong_step_text(const Chronicle& chronicle) {
  constexpr std::string_view mark = "outside the fault model: ";
  const std::string& finding = chronicle.finding->text;
  const std::size_t place = finding.find(mark);
  const std::string_view none =
      chronicle.mutants.empty()
          ? "Nobody looked for one: no bug is planted that a node could be compared without, and "
            "no "
            "other build was named to compare it with (--against). But it came about in a world "
            "that {} does not claim to bear{}."
          : "There is none: every node kept the rules of {}, in a world that it does not claim to "
            "bear{}.";
  return fmt::format(fmt::runtime(none), spoken_name(chronicle.protocol),
                     place == std::string::npos ? "" : ": " + finding.substr(place + mark.size()));
}

/// The first of the node at which the violation came about; where that one did only what is right,
/// the first of any, which led it astray.
std::optional<StepIndex> wrong_step(const Chronicle& chronicle,
                                    const std::vector<StepIndex>& steps) {
  const std::string violator =
      chronicle.finding->step ? chronicle.steps[*chronicle.finding->step].actor : std::string();
  std::optional<StepIndex> first;
  std::optional<StepIndex> first_of_violator;
  for (const StepIndex index : steps) {
    if (chronicle.steps[index].difference->has_any()) {
      first = first.value_or(index);
      if (chronicle.steps[index].actor == violator) {
        first_of_violator = first_of_violator.value_or(index);
      }
    }
  }
  return first_of_violator ? first_of_violator : first;
}

/// A long story tells what comes again and again once, and then only its beginning and its end.
void shorten(std::vector<Explanation::Sentence>& story) {
  constexpr std::size_t lines_max = 30;
  const std::size_t columns = line_width() - 6;
  std::vector<Repeatable> row;
  row.reserve(story.size());
  ShortKeys shapes;
  ShortKeys kinds;
  for (const Explanation::Sentence& sentence : story) {
    row.push_back({shapes(repeat_shape(sentence.text)), kinds(repeat_kind(sentence.text)), false});
  }
  const auto height = [&](const Passage& passage) {
    return passage.how == Passage::How::in_full ? story[passage.first].text.size() / columns + 1
                                                : 1;
  };
  std::vector<Explanation::Sentence> told;
  for (const Passage& passage : passages_of(row, lines_max, height)) {
    if (passage.how == Passage::How::in_full) {
      told.push_back(std::move(story[passage.first]));
    } else if (passage.how == Passage::How::as_repeats) {
      told.push_back(
          {fmt::format("({} {} times more.)",
                       passage.period == 1 ? "Such a sentence comes"
                                           : fmt::format("{} such sentences come", passage.period),
                       passage.count / passage.period),
           {}});
    } else {
      told.push_back({fmt::format("({} more such sentences are left out.)", passage.count), {}});
    }
  }
  story = std::move(told);
}

}  // namespace

std::string in_a_row(const std::vector<Explanation::Sentence>& sentences) {
  std::string text;
  for (const Explanation::Sentence& sentence : sentences) {
    text += (text.empty() ? "" : " ") + sentence.text;
  }
  return text;
}

Explanation explain(const Chronicle& chronicle, std::optional<StepIndex> bound_from) {
  Explanation explanation;
  explanation.headline = headline(chronicle);
  explanation.setting = setting_text(chronicle);
  explanation.steps = all_steps(chronicle);
  if (chronicle.finding) {
    Evidence evidence = evidence_of(chronicle);
    if (chronicle.finding->step) {
      evidence.steps.push_back(*chronicle.finding->step);
      explanation.steps = causal_past(chronicle, evidence.steps);
    }
    explanation.contradiction = std::move(evidence.sentences);
    if (bound_from && bound_from != chronicle.finding->step) {
      explanation.contradiction.push_back(
          {fmt::format("It was nearly bound to come from this step on: {}.",
                       chronicle.steps[*bound_from].text),
           {*bound_from}});
    }
    explanation.rule = std::move(evidence.rule);
    if (const auto wrong = wrong_step(chronicle, explanation.steps)) {
      const Chronicle::Step& step = chronicle.steps[*wrong];
      explanation.wrong_step = difference_told(chronicle, *wrong);
      if (!chronicle.put_right.empty()) {
        explanation.wrong_step.push_back({put_right_text(chronicle), {}});
      }
      explanation.blamed = step.difference->blamed(step.input);
      if (const auto& answer = step.difference->answer) {
        explanation.rule = kept_rule(answer->protocol, answer->rule).value_or(*explanation.rule);
      }
    } else if (chronicle.finding->is_outside_fault_model && chronicle.loop == 0) {
      explanation.wrong_step = {{no_wrong_step_text(chronicle), {}}};
    }
  }
  explanation.story = tell_story(Told(chronicle, explanation.steps));
  shorten(explanation.story);
  return explanation;
}

}  // namespace synod
