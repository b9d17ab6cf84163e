#include <nlohmann/json.hpp>

#include "scenarios/explain/explanation.h"
#include "scenarios/words/safe_text.h"

namespace synod {

nlohmann::ordered_json to_json(const Explanation& explanation) {
  using nlohmann::ordered_json;
  const auto write = [](const Explanation::Sentence& sentence) {
    ordered_json json = {{"text", sentence.text}};
    if (!sentence.steps.empty()) {
      json["steps"] = sentence.steps;
    }
    return json;
  };
  ordered_json json = {{"headline", explanation.headline}, {"setting", explanation.setting}};
  const auto write_all = [&](const std::vector<Explanation::Sentence>& sentences) {
    auto all = ordered_json::array();
    for (const Explanation::Sentence& sentence : sentences) {
      all.push_back(write(sentence));
    }
    return all;
  };
  if (!explanation.wrong_step.empty()) {
    json["wrong_step"] = write_all(explanation.wrong_step);
  }
  if (!explanation.difference.empty()) {
    json["difference"] = write_all(explanation.difference);
  }
  json["story"] = write_all(explanation.story);
  json["contradiction"] = write_all(explanation.contradiction);
  if (explanation.rule) {
    json["rule"] = {{"text", explanation.rule->text}, {"source", explanation.rule->source}};
    if (!explanation.rule->code.empty()) {
      json["rule"]["code"] = explanation.rule->code;
      json["rule"]["file"] = explanation.rule->file;
    }
  }
  json["steps"] = explanation.steps;
  return json;
}

std::string json_text(const Explanation& explanation) {
  return format_json(to_json(explanation)) + "\n";
}

}  // namespace synod
