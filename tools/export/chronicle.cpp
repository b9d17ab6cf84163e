#include "tools/export/formats.h"

#include <nlohmann/json.hpp>

namespace synod {

std::string chronicle_text(const Chronicle& chronicle) { return to_json(chronicle).dump() + "\n"; }

}  // namespace synod
