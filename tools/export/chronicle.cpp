#include "tools/export/formats.h"

namespace synod {

std::string chronicle_text(const Chronicle& chronicle) { return to_json(chronicle).dump() + "\n"; }

}  // namespace synod
