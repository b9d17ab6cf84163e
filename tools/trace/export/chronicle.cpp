#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "scenarios/chronicle/chronicle_text.h"
#include "scenarios/words/safe_text.h"
#include "tools/trace/export/formats.h"

namespace synod {

std::string chronicle_text(const Chronicle& chronicle) {
  std::string text;
  write_json(
      chronicle, [](const nlohmann::ordered_json& json) { return format_json(json, -1); },
      [&](std::string_view piece) { text += piece; });
  return text + "\n";
}

}  // namespace synod
