#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "scenarios/explain/explanation.h"

namespace synod {
namespace {

constexpr std::size_t width = 100;

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

/// Broken between words; the first line begins with `begin`, the others under it.
std::string wrapped(std::string_view begin, std::string_view text) {
  std::string lines(begin);
  const std::string indent(begin.size(), ' ');
  std::size_t column = begin.size();
  while (!text.empty()) {
    const std::size_t end = text.find(' ');
    const std::string_view word = text.substr(0, end);
    const bool is_first = column == begin.size();
    if (!is_first && column + 1 + word.size() > width) {
      lines += "\n" + indent;
      column = indent.size();
    } else if (!is_first) {
      lines += ' ';
      ++column;
    }
    lines += word;
    column += word.size();
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  }
  return lines + "\n";
}

std::string log_lines(const Explanation& explanation, const Chronicle& chronicle) {
  std::string text;
  for (const Chronicle::StepIndex index : explanation.steps) {
    const Chronicle::Step& step = chronicle.steps[index];
    text += fmt::format("{:>7}  {}\n", step.at.ticks, step.text);
    for (const std::string& consequence : step.consequences) {
      text += fmt::format("{:>7}    {}\n", "", consequence);
    }
    if (!step.news.empty()) {
      text += fmt::format("{:>7}  * {}\n", "", step.news);
    }
    if (chronicle.finding->step == index) {
      text += fmt::format("{:>7}  * {} is violated\n", "", chronicle.finding->property);
    }
  }
  return text;
}

/// What was judged at the end follows from everything, which the log of a replay tells better.
bool has_causal_past(const Chronicle& chronicle) {
  return chronicle.finding && chronicle.finding->step;
}

/// What would begin markup in Markdown does not.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (std::string_view("\\`*_{}[]<>#|~&").find(c) != std::string_view::npos) {
      result += '\\';
    }
    result += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  }
  return result;
}

std::string plain_rule(const Explanation::Rule& rule) {
  return "\nThe rule\n" + wrapped("      ", rule.text) + wrapped("      ", rule.source) +
         (rule.code.empty() ? ""
                            : wrapped("      ", fmt::format("{} in {}", rule.code, rule.file)));
}

std::string markdown_rule(const Explanation::Rule& rule) {
  return fmt::format(
      "\n### The rule\n\n{}\n\n{}{}\n", escaped(rule.text), escaped(rule.source),
      rule.code.empty() ? "" : fmt::format("; {} in {}", escaped(rule.code), escaped(rule.file)));
}

}  // namespace

// The rule comes after the step that broke it, if there is one; else after what proves that one
// was.
std::string plain_text(const Explanation& explanation, const Chronicle& chronicle) {
  std::string text = wrapped("", explanation.headline) + "\n" + wrapped("", explanation.setting);
  const std::string rule = explanation.rule ? plain_rule(*explanation.rule) : std::string();
  const bool has_wrong_step = !explanation.wrong_step.empty();
  text += has_wrong_step ? "\nThe wrong step\n" : "";
  for (const Explanation::Sentence& sentence : explanation.wrong_step) {
    text += wrapped("      ", sentence.text);
  }
  text += has_wrong_step ? rule : "";
  text += explanation.story.empty() ? "" : "\nWhat happened, and when [in ticks]\n";
  for (std::size_t i = 0; i < explanation.story.size(); ++i) {
    text += wrapped(fmt::format("{:>4}. ", i + 1), timed(explanation.story[i], chronicle));
  }
  text += explanation.contradiction.empty() ? "" : "\nWhat contradicts what\n";
  for (const Explanation::Sentence& sentence : explanation.contradiction) {
    text += wrapped("      ", timed(sentence, chronicle));
  }
  text += has_wrong_step ? "" : rule;
  if (!has_causal_past(chronicle)) {
    return text;
  }
  text += fmt::format("\nThe steps that led to it ({} of {}), each at its time\n",
                      explanation.steps.size(), chronicle.steps.size());
  return text + log_lines(explanation, chronicle);
}

std::string markdown_text(const Explanation& explanation, const Chronicle& chronicle) {
  std::string text =
      fmt::format("**{}**\n\n{}\n", escaped(explanation.headline), escaped(explanation.setting));
  const std::string rule = explanation.rule ? markdown_rule(*explanation.rule) : std::string();
  const bool has_wrong_step = !explanation.wrong_step.empty();
  text += has_wrong_step ? "\n### The wrong step\n\n" : "";
  for (const Explanation::Sentence& sentence : explanation.wrong_step) {
    text += fmt::format("{}\n", escaped(sentence.text));
  }
  text += has_wrong_step ? rule : "";
  text += explanation.story.empty() ? "" : "\n### What happened, and when [in ticks]\n\n";
  for (std::size_t i = 0; i < explanation.story.size(); ++i) {
    text += fmt::format("{}. {}\n", i + 1, escaped(timed(explanation.story[i], chronicle)));
  }
  text += explanation.contradiction.empty() ? "" : "\n### What contradicts what\n\n";
  for (const Explanation::Sentence& sentence : explanation.contradiction) {
    text += fmt::format("{}\n", escaped(timed(sentence, chronicle)));
  }
  text += has_wrong_step ? "" : rule;
  if (!has_causal_past(chronicle)) {
    return text;
  }
  text += fmt::format("\n<details><summary>The steps that led to it ({} of {})</summary>\n\n",
                      explanation.steps.size(), chronicle.steps.size());
  // Four backticks: a line of the log never holds so many in a row.
  return text + "````\n" + log_lines(explanation, chronicle) + "````\n\n</details>\n";
}

}  // namespace synod
