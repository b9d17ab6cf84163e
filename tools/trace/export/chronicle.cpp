#include <nlohmann/json.hpp>

#include "scenarios/words/safe_text.h"
#include "tools/trace/export/formats.h"

namespace synod {

std::string chronicle_text(const Chronicle& chronicle) {
  return format_json(to_json(chronicle), -1) + "\n";
}

}  // namespace synod
