#include "scenarios/explain/evidence.h"

#include "scenarios/explain/kept_rules.h"
#include "scenarios/explain/telling.h"
#include "scenarios/rule_texts.h"
#include "scenarios/words.h"

namespace synod {
namespace {

/// Names and values stay small.
std::string sentence_of(const std::string& finding) {
  std::string text = with_spoken_sets(finding) + ".";
  for (const std::string_view begin : {"the ", "in ", "a ", "blocked"}) {
    text.front() =
        text.starts_with(begin) ? static_cast<char>(begin.front() - 'a' + 'A') : text.front();
  }
  return text;
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
  }
  return evidence;
}

}  // namespace synod
