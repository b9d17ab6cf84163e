#include <nlohmann/json.hpp>

#include "scenarios/explain/explanation.h"

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
  ordered_json json = {{"headline", explanation.headline}};
  json["story"] = ordered_json::array();
  for (const Explanation::Sentence& sentence : explanation.story) {
    json["story"].push_back(write(sentence));
  }
  json["contradiction"] = ordered_json::array();
  for (const Explanation::Sentence& sentence : explanation.contradiction) {
    json["contradiction"].push_back(write(sentence));
  }
  if (explanation.wrong_step) {
    json["wrong_step"] = write(*explanation.wrong_step);
  }
  if (explanation.rule) {
    json["rule"] = {{"text", explanation.rule->text}, {"source", explanation.rule->source}};
    if (!explanation.rule->code.empty()) {
      json["rule"]["code"] = explanation.rule->code;
    }
  }
  json["steps"] = explanation.steps;
  return json;
}

std::string json_text(const Explanation& explanation) {
  return to_json(explanation).dump(2) + "\n";
}

}  // namespace synod
