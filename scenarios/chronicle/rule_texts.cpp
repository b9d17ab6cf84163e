#include "scenarios/chronicle/rule_texts.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "scenarios/words/words.h"

namespace synod {
namespace {

/// A function's static, because words register before any other object need exist.
std::vector<ProtocolWords>& registry() {
  static std::vector<ProtocolWords> words;
  return words;
}

// ---- Questions and answers ----------------------------------------------------------------------

bool says_nothing(std::string_view text) {
  return text.empty() || text == "none" || text == "no" || text == "0" || text == "initial" ||
         text == "{}";
}

/// "promised 2.n1, vote red@1.n1"; of what there is for each node, "red@1.n1 from n1 and n2".
std::string fields_text(const FieldTexts& fields) {
  if (fields.size() == 1 && fields.front().first.empty()) {
    return spoken(fields.front().second);
  }
  std::vector<std::string> parts;
  std::map<std::string, std::vector<std::string>> nodes_with;
  for (const auto& [name, text] : fields) {
    if (says_nothing(text)) {
      continue;
    }
    if (name.ends_with(']') && name.find('[') == name.rfind('[')) {
      const std::size_t begin = name.find('[') + 1;
      nodes_with[text].push_back(name.substr(begin, name.size() - 1 - begin));
    } else if (name != "from") {  // those whose states follow
      parts.push_back(fmt::format("{} {}", name, spoken(text)));
    }
  }
  for (const auto& [text, nodes] : nodes_with) {
    parts.push_back(fmt::format("{} from {}", text, listed(nodes)));
  }
  return parts.empty() ? "nothing" : joined(parts, ", ");
}

/// What the mark stands for: "0"; "0.vote"; "3?over|not over", one or the other.
std::string filled_in(std::string_view mark, const std::vector<FieldTexts>& given) {
  const auto place = static_cast<std::size_t>(mark.front() - '0');
  const FieldTexts& fields = given.at(place);
  if (mark.size() == 1) {
    return fields_text(fields);
  }
  if (mark[1] == '?') {
    const std::size_t bar = mark.find('|');
    return std::string(fields_text(fields) == "yes" ? mark.substr(2, bar - 2)
                                                    : mark.substr(bar + 1));
  }
  const auto field = std::find_if(fields.begin(), fields.end(),
                                  [&](const auto& one) { return one.first == mark.substr(2); });
  return field == fields.end() ? "nothing" : spoken(field->second);
}

/// For a rule without words.
std::string plain_question(const HeardRule& heard) {
  std::vector<std::string> given;
  for (const FieldTexts& fields : heard.given) {
    if (!fields.empty()) {
      given.push_back(fields_text(fields));
    }
  }
  return given.empty() ? "What does it return?"
                       : fmt::format("What does it return, given {}?", joined(given, "; "));
}

std::string question_text(const HeardRule& heard) {
  const RuleText* words = rule_text(heard.protocol, heard.name);
  if (words == nullptr) {
    return plain_question(heard);
  }
  std::string text;
  std::string_view rest = words->question;
  for (std::size_t begin = rest.find('{'); begin != std::string_view::npos;
       begin = rest.find('{')) {
    const std::size_t end = rest.find('}');
    text += rest.substr(0, begin);
    text += filled_in(rest.substr(begin + 1, end - begin - 1), heard.given);
    rest.remove_prefix(end + 1);
  }
  return text + std::string(rest);
}

/// What the one says and the other does not.
std::string answer_text(const FieldTexts& answer, const FieldTexts& other) {
  if (answer.size() == 1) {
    return fields_text(answer);
  }
  std::vector<std::string> parts;
  for_each_change(other, answer,
                  [&](const std::string& name, const std::string&, const std::string& text) {
                    parts.push_back(fmt::format("{} {}", name, text.empty() ? "none" : text));
                  });
  return joined(parts, ", ");
}

}  // namespace

RegisteredWords::RegisteredWords(const ProtocolWords& words) { registry().push_back(words); }

const ProtocolWords* words_of(std::string_view protocol) {
  const std::vector<ProtocolWords>& all = registry();
  const auto words = std::find_if(
      all.begin(), all.end(), [&](const ProtocolWords& one) { return one.protocol == protocol; });
  return words == all.end() ? nullptr : &*words;
}

const RuleText* rule_text(std::string_view protocol, std::string_view name) {
  const ProtocolWords* words = words_of(protocol);
  if (words == nullptr) {
    return nullptr;
  }
  const auto rule = std::find_if(words->rules.begin(), words->rules.end(),
                                 [&](const RuleText& one) { return one.name == name; });
  return rule == words->rules.end() ? nullptr : &*rule;
}

std::string_view spoken_name(std::string_view protocol) {
  const ProtocolWords* words = words_of(protocol);
  return words == nullptr || words->spoken_name.empty() ? protocol : words->spoken_name;
}

std::string spelled_out(std::string_view protocol, std::string_view source) {
  if (const ProtocolWords* words = words_of(protocol)) {
    for (const auto& [begin, paper] : words->papers) {
      if (source.starts_with(begin)) {
        return std::string(paper) + std::string(source.substr(begin.size()));
      }
    }
  }
  return std::string(source);
}

Chronicle::Rule rule_for(std::string_view protocol, std::string_view input) {
  if (const ProtocolWords* words = words_of(protocol)) {
    for (const RuleOfInput& one : words->rules_of_inputs) {
      const RuleText* rule = one.input != input
                                 ? nullptr
                                 : rule_text(one.whose.empty() ? protocol : one.whose, one.rule);
      if (rule != nullptr) {
        return {rule->name, rule->source};
      }
    }
  }
  return {};
}

std::optional<Chronicle::FirstDifference::Answer> first_other_answer(
    const std::vector<HeardRule>& did, const std::vector<HeardRule>& due) {
  for (std::size_t i = 0; i < std::min(did.size(), due.size()); ++i) {
    const std::string question = question_text(did[i]);
    if (did[i].name != due[i].name || question != question_text(due[i])) {
      return std::nullopt;
    }
    if (did[i].answer != due[i].answer) {
      return Chronicle::FirstDifference::Answer{did[i].protocol, did[i].name, question,
                                                answer_text(did[i].answer, due[i].answer),
                                                answer_text(due[i].answer, did[i].answer)};
    }
  }
  return std::nullopt;
}

}  // namespace synod
