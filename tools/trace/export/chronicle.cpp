#include <nlohmann/json.hpp>

#include "scenarios/chronicle/chronicle_text.h"
#include "scenarios/words/safe_text.h"
#include "tools/trace/export/formats.h"

namespace synod {

void write_chronicle(const Chronicle& chronicle, const WritePiece& write) {
  write_json(
      chronicle, [](const nlohmann::ordered_json& json) { return format_json(json, -1); }, write);
  write("\n");
}

}  // namespace synod
