// The rules of each protocol in words: what each decides, what a correct one keeps, and where that
// stands in the papers. The functions themselves are in core/<protocol>/rules.h.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/chronicle.h"
#include "scenarios/field_texts.h"

namespace synod {

struct RuleText {
  std::string_view protocol;
  std::string_view name;
  /// What it is asked. {0} stands for what the function is given first, {0.vote}
  /// for a field of that; {0?so|not so} for the one or the other, by a yes or no.
  std::string_view question;
  std::string_view kept;    ///< what a correct protocol keeps, in a sentence
  std::string_view source;  ///< "PMS 2.2, phase 1(b)": a paper, by one of `papers`, and a section
  // With an initializer, rules without a quotation need not say so.
  // NOLINTNEXTLINE(readability-redundant-member-init)
  std::string_view quote{};  ///< its words
};

std::span<const RuleText> rule_texts();
/// There is one of that name.
const RuleText& rule_text(std::string_view protocol, std::string_view name);

/// "Lamport, Paxos Made Simple, 2.2, phase 1(b)" for "PMS 2.2, phase 1(b)".
std::string spelled_out(std::string_view source);

/// Which rule decides about which input, for those who read a run step by step. `input` is as in
/// Chronicle::Step. Empty where no rule decides anything (an inquiry, a repeated word), and for a
/// protocol that is not here.
Chronicle::Rule rule_for(std::string_view protocol, std::string_view input);

/// A rule that was asked, and its answer.
struct HeardRule {
  std::string_view protocol;  ///< whose rules these are: Paxos Commit asks those of Paxos, too
  std::string_view name;
  std::vector<FieldTexts> given;  ///< by place; of a single text, one field without a name
  FieldTexts answer;
};

/// The first answer of the one that is not the other's, to the same question. None when they part
/// without: then it was no rule.
std::optional<Chronicle::Departure::Answer> first_other_answer(const std::vector<HeardRule>& did,
                                                               const std::vector<HeardRule>& due);

}  // namespace synod
