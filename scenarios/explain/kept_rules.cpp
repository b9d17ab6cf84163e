#include "scenarios/explain/kept_rules.h"

#include <fmt/format.h>

#include <string>

#include "scenarios/chronicle/rule_texts.h"
#include "scenarios/explain/telling.h"
#include "scenarios/run/runner.h"
#include "scenarios/words/words.h"

namespace synod {
namespace {

/// What the property itself says, where nobody said which rule keeps it.
Explanation::Rule rule_of(const PropertyText& property) {
  return {capitalized(property.about) + ".", std::string(property.source), {}, {}};
}

}  // namespace

Explanation::Rule in_words(std::string_view protocol, std::string_view text,
                           std::string_view source, std::string_view code) {
  const ProtocolWords* words = words_of(protocol);
  return {std::string(text), spelled_out(protocol, source), std::string(code),
          std::string(words == nullptr ? std::string_view() : words->rules_file)};
}

std::optional<Explanation::Rule> kept_rule(std::string_view protocol, std::string_view name) {
  const RuleText* text = rule_text(protocol, name);
  if (text == nullptr) {
    return std::nullopt;
  }
  Explanation::Rule rule = in_words(protocol, text->kept, text->source, name);
  if (!text->quote.empty()) {
    rule.source += fmt::format(": \"{}\"", text->quote);
  }
  return rule;
}

Explanation::Rule rule_behind(std::string_view protocol, std::string_view property) {
  const ProtocolWords* words = words_of(protocol);
  if (words != nullptr && words->telling != nullptr) {
    for (const KeptRule& rule : words->telling->kept_rules) {
      if (rule.property == property) {
        return rule.text.empty() ? kept_rule(protocol, rule.code).value_or(Explanation::Rule{})
                                 : in_words(protocol, rule.text, rule.source, rule.code);
      }
    }
  }
  if (property != assertion_text.name) {
    for (const PropertyText& text : protocol_named(protocol).properties) {
      if (text.name == property) {
        return rule_of(text);
      }
    }
  }
  return {
      "What a node takes for granted, and asserts, is true whatever happens; where it is not, "
      "nobody knows what the node does next.",
      std::string(assertion_text.source),
      {},
      {}};
}

}  // namespace synod
