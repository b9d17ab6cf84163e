#include "scenarios/explain/evidence.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "scenarios/chronicle/rule_texts.h"
#include "scenarios/explain/kept_rules.h"
#include "scenarios/explain/telling.h"
#include "scenarios/words/words.h"

namespace synod {
namespace {

using StepIndex = Chronicle::StepIndex;

/// Names and values stay small.
std::string sentence_of(const std::string& finding) {
  std::string text = with_spoken_sets(finding) + ".";
  for (const std::string_view begin : {"the ", "in ", "a ", "blocked"}) {
    text.front() =
        text.starts_with(begin) ? static_cast<char>(begin.front() - 'a' + 'A') : text.front();
  }
  return text;
}

/// Whole words, and no part of a ballot: "n1" is not in "n12" nor in "2.n1".
bool is_named(std::string_view text, std::string_view name) {
  const auto is_part = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
  };
  for (std::size_t at = text.find(name); at != std::string_view::npos;
       at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    const bool begins = at == 0 || (!is_part(text[at - 1]) && text[at - 1] != '.');
    if (begins && (end == text.size() || !is_part(text[end]))) {
      return true;
    }
  }
  return false;
}

/// What each node and client that the finding names has come to last: it learned something, had
/// its answer, wrote, crashed.
void add_last_of_those_named(const Chronicle& chronicle, Evidence& evidence) {
  const StepIndex until = chronicle.finding->step.value_or(chronicle.steps.size());
  const auto add_last_of = [&](const std::string& name) {
    for (StepIndex i = std::min(until + 1, chronicle.steps.size()); i-- > 0;) {
      const Chronicle::Step& step = chronicle.steps[i];
      if (step.actor == name && !step.consequences.empty()) {
        evidence.steps.push_back(i);
        return;
      }
    }
  };
  for (const auto* const names : {&chronicle.nodes, &chronicle.clients}) {
    for (const std::string& name : *names) {
      if (is_named(chronicle.finding->text, name)) {
        add_last_of(name);
      }
    }
  }
}

}  // namespace

Evidence evidence_of(const Chronicle& chronicle) {
  const Chronicle::Finding& finding = *chronicle.finding;
  Evidence evidence;
  evidence.rule = rule_behind(chronicle.protocol, finding.property);
  evidence.sentences.push_back({sentence_of(finding.text), {}});
  if (finding.step) {
    evidence.sentences.back().steps.push_back(*finding.step);
  }
  const ProtocolWords* words = words_of(chronicle.protocol);
  if (words != nullptr && words->telling != nullptr && words->telling->evidence != nullptr) {
    words->telling->evidence(chronicle, evidence);
  } else {
    add_last_of_those_named(chronicle, evidence);
  }
  return evidence;
}

}  // namespace synod
