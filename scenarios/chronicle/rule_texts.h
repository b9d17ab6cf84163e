// What a protocol says of itself in words: what each of its rules decides, what a correct one
// keeps, and where that stands in the papers. A protocol without words, or with some of them, is
// told all the same: by its names, its messages and its properties.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/chronicle/chronicle.h"
#include "scenarios/words/field_texts.h"

namespace synod {

struct Telling;

struct RuleText {
  std::string_view name;  ///< as its table of rules has it
  /// What it is asked. {0} stands for what the function is given first, {0.vote}
  /// for a field of that; {0?so|not so} for the one or the other, by a yes or no.
  std::string_view question;
  std::string_view kept;    ///< what a correct protocol keeps, in a sentence
  std::string_view source;  ///< "PMS 2.2, phase 1(b)": a paper, by one of `papers`, and a section
  // With an initializer, rules without a quotation need not say so.
  // NOLINTNEXTLINE(readability-redundant-member-init)
  std::string_view quote{};  ///< its words
};

/// Which rule decides about which input: the type of a message, the name of a timer, or "restart".
struct RuleOfInput {
  std::string_view input;
  std::string_view rule;
  // With an initializer, a protocol's own rules need not say so.
  // NOLINTNEXTLINE(readability-redundant-member-init)
  std::string_view whose{};  ///< the protocol, where it is another's: that of an instance, for one
};

/// "PMS ", and "Lamport, Paxos Made Simple, " that it stands for.
struct Paper {
  std::string_view begin;
  std::string_view spelled_out;
};

/// Whatever is empty or null is done without.
// NOLINTBEGIN(readability-redundant-member-init): with initializers, words may be left out.
struct ProtocolWords {
  std::string_view protocol;
  std::string_view spoken_name{};  ///< "two-phase commit"
  std::string_view rules_file{};   ///< where its rules are, "core/paxos/rules.h"
  std::span<const Paper> papers{};
  std::span<const RuleText> rules{};
  std::span<const RuleOfInput> rules_of_inputs{};
  /// Where nodes vote and so many votes for one value in one ballot choose it: how many. A vote is
  /// "red@1.n1", in a field of the disk.
  std::uint32_t (*votes_to_choose)(const Configuration& configuration) = nullptr;
  const Telling* telling = nullptr;  ///< scenarios/explain/telling.h
};
// NOLINTEND(readability-redundant-member-init)

/// Defined at namespace scope in the protocol's own file, it makes its words known.
class RegisteredWords {
 public:
  explicit RegisteredWords(const ProtocolWords& words);
};

/// Null for a protocol that has none.
const ProtocolWords* words_of(std::string_view protocol);
/// Null for a rule that is not in words.
const RuleText* rule_text(std::string_view protocol, std::string_view name);
/// The protocol's name within a sentence: at worst the one that it goes by everywhere.
std::string_view spoken_name(std::string_view protocol);
/// "Lamport, Paxos Made Simple, 2.2, phase 1(b)" for "PMS 2.2, phase 1(b)".
std::string spelled_out(std::string_view protocol, std::string_view source);

/// Which rule decides about which input, for those who read a run step by step. `input` is as in
/// Chronicle::Step. Empty where no rule decides anything (an inquiry, a repeated word), and for a
/// protocol without words for it.
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
std::optional<Chronicle::FirstDifference::Answer> first_other_answer(
    const std::vector<HeardRule>& did, const std::vector<HeardRule>& due);

}  // namespace synod
