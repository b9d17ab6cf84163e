#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "scenarios/explain/explanation.h"
#include "scenarios/words/brief_log.h"
#include "scenarios/words/safe_text.h"
#include "scenarios/words/wrapped.h"

namespace synod {
namespace {

/// "12", "12 to 30": when the steps of a sentence were.
std::string times(const Explanation::Sentence& sentence, const Chronicle& chronicle) {
  if (sentence.steps.empty()) {
    return {};
  }
  const auto [first, last] = std::minmax_element(sentence.steps.begin(), sentence.steps.end());
  const std::uint64_t from = chronicle.steps[*first].at.ticks;
  const std::uint64_t to = chronicle.steps[*last].at.ticks;
  return from == to ? fmt::format("[{}]", from) : fmt::format("[{} to {}]", from, to);
}

std::string timed(const Explanation::Sentence& sentence, const Chronicle& chronicle) {
  const std::string when = times(sentence, chronicle);
  return when.empty() ? sentence.text : sentence.text + " " + when;
}

/// `above`: so many lines of the story are told by then. What is too long to be told in full has
/// what is left of those that a story may have, but enough to be of use.
std::string log_lines(const Explanation& explanation, const Chronicle& chronicle,
                      StepsTold steps_told, std::size_t above) {
  std::vector<std::string> log;
  for (const Chronicle::StepIndex index : explanation.steps) {
    const Chronicle::Step& step = chronicle.steps[index];
    log.push_back(fmt::format("{:>7}  {}", step.at.ticks, step.text));
    for (const auto* lines : {&*step.logged, &step.consequences}) {
      for (const std::string& line : *lines) {
        log.push_back(fmt::format("{:>7}    {}", "", line));
      }
    }
    if (!step.news->empty()) {
      log.push_back(fmt::format("{:>7}  * {}", "", *step.news));
    }
    if (chronicle.finding->step == index) {
      log.push_back(fmt::format("{:>7}  * {} is violated", "", chronicle.finding->property));
    }
  }
  std::string text;
  constexpr std::size_t lines_min = 20;
  const std::size_t lines_left =
      std::max(lines_min, story_lines_max - std::min(above, story_lines_max));
  const bool is_told_in_full = steps_told == StepsTold::all || log.size() <= story_lines_max;
  for (const std::string& line : is_told_in_full ? log : told_briefly(log, 0, lines_left)) {
    text += line + "\n";
  }
  return text;
}

/// What was judged at the end follows from everything, which the log of a replay tells better.
bool has_causal_past(const Chronicle& chronicle) {
  return chronicle.finding && chronicle.finding->step;
}

struct Section {
  std::string_view title;
  std::vector<std::string> lines;
  bool is_numbered = false;
};

/// In the order of a text. The rule comes after the step that broke it, if there is one; else after
/// what proves that one was broken.
std::vector<Section> sections(const Explanation& explanation, const Chronicle& chronicle) {
  const auto all_of = [&](const std::vector<Explanation::Sentence>& sentences, bool are_timed) {
    std::vector<std::string> lines;
    lines.reserve(sentences.size());
    for (const Explanation::Sentence& sentence : sentences) {
      lines.push_back(are_timed ? timed(sentence, chronicle) : sentence.text);
    }
    return lines;
  };
  Section rule{"The rule", {}, false};
  if (explanation.rule) {
    rule.lines = {explanation.rule->text, explanation.rule->source};
    if (!explanation.rule->code.empty()) {
      rule.lines.push_back(fmt::format("{} in {}", explanation.rule->code, explanation.rule->file));
    }
  }
  std::vector<Section> all = {
      {"The wrong step", all_of(explanation.wrong_step, false), false},
      {"The first difference from the other build", all_of(explanation.difference, false), false},
      {"What happened, and when [in ticks]", all_of(explanation.story, true), true},
      {"What contradicts what", all_of(explanation.contradiction, true), false}};
  all.insert(explanation.wrong_step.empty() ? all.end() : all.begin() + 1, std::move(rule));
  std::erase_if(all, [](const Section& section) { return section.lines.empty(); });
  return all;
}

}  // namespace

std::string plain_text(const Explanation& explanation, const Chronicle& chronicle,
                       StepsTold steps_told) {
  std::string text = wrapped("", explanation.headline) + "\n" + wrapped("", explanation.setting);
  for (const Section& section : sections(explanation, chronicle)) {
    text += fmt::format("\n{}\n", section.title);
    for (std::size_t i = 0; i < section.lines.size(); ++i) {
      text +=
          wrapped(section.is_numbered ? fmt::format("{:>4}. ", i + 1) : "      ", section.lines[i]);
    }
  }
  if (!has_causal_past(chronicle)) {
    return text;
  }
  text += fmt::format("\nThe steps that led to it ({} of {}), each at its time\n",
                      explanation.steps.size(), chronicle.steps.size());
  return text + log_lines(explanation, chronicle, steps_told, lines_of(text).size());
}

std::string markdown_text(const Explanation& explanation, const Chronicle& chronicle,
                          StepsTold steps_told) {
  std::string text = fmt::format("**{}**\n\n{}\n", escaped_for_markdown(explanation.headline),
                                 escaped_for_markdown(explanation.setting));
  for (const Section& section : sections(explanation, chronicle)) {
    text += fmt::format("\n### {}\n\n", section.title);
    for (std::size_t i = 0; i < section.lines.size(); ++i) {
      // A backslash breaks the line within a paragraph.
      const bool is_broken = !section.is_numbered && i + 1 < section.lines.size();
      text += fmt::format("{}{}{}\n", section.is_numbered ? fmt::format("{}. ", i + 1) : "",
                          escaped_for_markdown(section.lines[i]), is_broken ? "\\" : "");
    }
  }
  if (!has_causal_past(chronicle)) {
    return text;
  }
  text += fmt::format("\n<details><summary>The steps that led to it ({} of {})</summary>\n\n",
                      explanation.steps.size(), chronicle.steps.size());
  // Four backticks: a line of the log never holds so many in a row.
  return text + "````\n" + log_lines(explanation, chronicle, steps_told, lines_of(text).size()) +
         "````\n\n</details>\n";
}

}  // namespace synod
